"""Which rules were in force on a day, what do they cite, and what did they find?"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import combinations
from pathlib import Path
from typing import Any

CERTAINTIES = ("text read", "published source", "unsourced", "proposal")


class UnusableRule(ValueError):
    """A rule pack that must not be used; the text names file, rule and reason."""


@dataclass(frozen=True)
class Citation:
    """Where a rule comes from, and how sure that is; nothing is invented to fill a gap of the law."""

    act: str
    article: str
    certainty: str

    def __str__(self) -> str:
        return f"{self.act}{', ' + self.article if self.article else ''}"


@dataclass(frozen=True)
class Rule:
    """One dated rule: a question, its parameters, and what it opens if the answer is yes."""

    id: str
    question: str
    opens: str
    citation: Citation
    dated_by: str
    in_force_from: date
    in_force_until: date | None
    parameters: Mapping[str, Any]

    def in_force(self, day: date) -> bool:
        """The first day counts, the `until` day no longer does."""
        return self.in_force_from <= day and (self.in_force_until is None or day < self.in_force_until)


@dataclass(frozen=True)
class Finding:
    """What a rule found in a case: met or not, and what it looked at."""

    rule_id: str
    met: bool
    seen: str
    citation: str
    certainty: str


@dataclass(frozen=True)
class RulePack:
    rules: tuple[Rule, ...]
    questions: Mapping[str, Callable[..., tuple[bool, str]]]
    digest: str
    found: dict[tuple[int, bool, str], Finding] = field(default_factory=dict, repr=False, compare=False)  # few differ

    def ask(self, days: Mapping[str, date], *known: Any, opens: str = "") -> list[tuple[Rule, Finding]]:
        """Ask every rule in force on the day that dates it (those that open one thing, if that is named);
        `days` maps `occurred` and `recorded` to days."""
        asked = [rule for rule in self.rules if rule.opens == opens] if opens else self.rules
        return [(rule, self._find(rule, known)) for rule in asked if rule.in_force(days[rule.dated_by])]

    def _find(self, rule: Rule, known: Sequence[Any]) -> Finding:
        met, seen = self.questions[rule.question](rule.parameters, *known)
        place = (id(rule), met, seen)
        if place not in self.found:
            self.found[place] = Finding(rule.id, met, seen, str(rule.citation), rule.citation.certainty)
        return self.found[place]


def load_rules(folder: Path, questions: Mapping[str, Callable[..., tuple[bool, str]]]) -> RulePack:
    """All rules of a folder; raises UnusableRule for anything a lawyer would stumble over."""
    rules: list[Rule] = []
    digest = sha256()
    for path in sorted(folder.glob("*.toml")):
        digest.update(path.read_bytes())
        for entry in tomllib.loads(path.read_text("utf-8")).get("rule", []):
            rules.append(_rule(path.name, entry))
    _check(rules, questions)
    return RulePack(tuple(rules), questions, digest.hexdigest()[:16])


def _rule(file: str, entry: dict[str, Any]) -> Rule:
    name = entry.get("id", "?")
    try:
        cited = entry.pop("citation")
        return Rule(
            entry.pop("id"), entry.pop("question"), entry.pop("opens"),
            Citation(cited["act"], cited.get("article", ""), cited["certainty"]), entry.pop("dated_by"),
            entry.pop("in_force_from"), entry.pop("in_force_until", None), entry,
        )
    except KeyError as missing:
        raise UnusableRule(f"{file}: rule {name} has no {missing}") from None


def _check(rules: Sequence[Rule], questions: Mapping[str, Any]) -> None:
    for rule in rules:
        if rule.question not in questions:
            raise UnusableRule(f"rule {rule.id} asks {rule.question}, which nobody can answer")
        if rule.citation.certainty not in CERTAINTIES:
            raise UnusableRule(f"rule {rule.id}: certainty is one of {', '.join(CERTAINTIES)}")
        if rule.dated_by not in ("occurred", "recorded"):
            raise UnusableRule(f"rule {rule.id}: dated_by is occurred or recorded")
        for name, day in (("in_force_from", rule.in_force_from), ("in_force_until", rule.in_force_until)):
            if day is not None and type(day) is not date:
                raise UnusableRule(f"rule {rule.id}: {name} is a day, written without quotes and without an hour")
        if rule.in_force_until is not None and rule.in_force_until <= rule.in_force_from:
            raise UnusableRule(f"rule {rule.id} ends before it begins")
    for unused in sorted(set(questions) - {rule.question for rule in rules}):
        raise UnusableRule(f"no rule asks {unused}: an unused question is a forgotten rule")
    _check_overlaps(rules)


def _check_overlaps(rules: Sequence[Rule]) -> None:
    for rule, other in combinations(rules, 2):
        day = max(rule.in_force_from, other.in_force_from)
        if rule.id == other.id and rule.in_force(day) and other.in_force(day):
            raise UnusableRule(f"rule {rule.id} is in force twice on {day}")
