"""Which rules were in force on a day, what do they cite, and what did they find? Pure."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from plumbing.citations import Citation

DAYS_KEPT = 4096  # of so many pairs of days it is remembered which rules were in force


class Answer(NamedTuple):
    """What a question answers: yes, no or unknown (None); `name=value` words it looked at; what would have changed it."""

    met: bool | None
    seen: str = ""
    change: str = ""


class Finding(NamedTuple):
    """What a rule of the pack (by its place there) found in a case; put into words only when somebody reads it."""

    rule: int
    met: bool | None
    seen: str
    change: str


@dataclass(frozen=True)
class Rule:
    """One dated rule: a question, its parameters, and what it opens if the answer is yes (or `nothing`)."""

    id: str
    question: str
    opens: str
    citation: Citation
    dated_by: str
    in_force_from: date
    in_force_until: date | None
    parameters: Mapping[str, Any]
    replaces: str = ""

    def in_force(self, day: date) -> bool:
        """The first day counts, the `until` day no longer does."""
        return self.in_force_from <= day and (self.in_force_until is None or day < self.in_force_until)


Question = Callable[..., Answer]
Asked = Sequence[tuple[int, Rule, Question]]


@dataclass(frozen=True)
class RulePack:
    """Rules in force, what is proposed beside them, and the texts they were read from: these make its hash."""

    rules: tuple[Rule, ...]
    questions: Mapping[str, Question]
    texts: Mapping[str, str]
    proposals: tuple[Rule, ...] = ()
    applied: tuple[str, ...] = ()
    _known: dict[tuple[date, date, str], Asked] = field(default_factory=dict, compare=False, repr=False)
    digest: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", sha256(self.written().encode()).hexdigest()[:16])

    def written(self) -> str:
        """Everything this pack is made of; proposals only where they are applied."""
        texts = {name: text for name, text in self.texts.items() if self.applied or "/" not in name}
        return json.dumps({"texts": texts, "applied": self.applied}, sort_keys=True, ensure_ascii=False)

    def ask(self, days: Mapping[str, date], *known: Any, opens: str = "", kind: str = "") -> list[tuple[Rule, Finding]]:
        """Ask every rule in force on the day that dates it (only those that open this, or whose parameters name no other
        kind, if that is named); `days` maps `occurred` and `recorded` to days."""
        return [
            (rule, Finding(place, *question(rule.parameters, *known)))
            for place, rule, question in self._in_force(days, kind)
            if not opens or rule.opens == opens
        ]

    def version(self, rule_id: str, day: date) -> Rule:
        """The version of a rule that is in force on a day; after its end the last one, before its begin the first."""
        versions = sorted((rule for rule in self.rules if rule.id == rule_id), key=lambda rule: rule.in_force_from)
        return next((rule for rule in reversed(versions) if rule.in_force_from <= day), versions[0])

    def _in_force(self, days: Mapping[str, date], kind: str) -> Asked:
        key = (days["occurred"], days["recorded"], kind)
        asked = self._known.get(key)
        if asked is None:
            if len(self._known) >= DAYS_KEPT:
                self._known.clear()
            dated = [(place, rule) for place, rule in enumerate(self.rules) if rule.in_force(days[rule.dated_by])]
            pairs = [(place, rule) for place, rule in dated if not kind or rule.parameters.get("kind", kind) == kind]
            asked = self._known[key] = [(place, rule, self.questions[rule.question]) for place, rule in pairs]
        return asked


def reformed(pack: RulePack, proposals: Iterable[str] = (), since: date | None = None) -> RulePack:
    """What if these proposals (all, if none is named) had become law, on their own days or on one for all? Pure."""
    if pack.applied:
        raise LookupError("proposals are applied already: begin with the law in force")
    wanted = set(proposals) or {rule.id for rule in pack.proposals}
    if unknown := wanted - {rule.id for rule in pack.proposals}:
        raise LookupError(f"nobody has proposed {', '.join(sorted(unknown))}")
    rules = list(pack.rules)
    for proposal in (rule for rule in pack.proposals if rule.id in wanted):
        first = since or proposal.in_force_from
        rules = [one for rule in rules for one in _until(rule, proposal.replaces, first)]
        rules.append(replace(proposal, in_force_from=first))
    applied = tuple(sorted(f"{name}@{since}" if since else name for name in wanted))
    return RulePack(tuple(rules), pack.questions, pack.texts, pack.proposals, applied)


def _until(rule: Rule, replaced: str, day: date) -> list[Rule]:
    """A rule that is replaced ends that day; a later version of it never begins."""
    if rule.id != replaced:
        return [rule]
    if rule.in_force_from >= day:
        return []
    return [replace(rule, in_force_until=day)] if rule.in_force(day) else [rule]
