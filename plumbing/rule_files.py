"""How do dated TOML files become a rule pack? Whatever a lawyer would stumble over is refused with file, line and reason."""

from __future__ import annotations

import inspect
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from plumbing.citations import Act, Unparsable, acts_of, citation_of
from plumbing.rule_order import LOCK, UnusableRule, check_locked, check_order
from plumbing.rules import Question, Rule, RulePack, reformed

ACTS = "acts.toml"
NOT_RULES = (ACTS, LOCK)
DATED_BY = ("occurred", "recorded")
NEEDED = ("id", "citation", "question", "opens", "dated_by", "in_force_from")


@dataclass(frozen=True)
class Written:
    """One `[[rule]]` as it stands in its file, and where."""

    file: str
    text: str
    number: int
    entry: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.entry.get("id", "?"))

    @cached_property
    def first_line(self) -> int:
        lines = self.text.splitlines()
        return [place for place, line in enumerate(lines, 1) if line.strip().startswith("[[rule]]")][self.number]

    def line_of(self, field: str) -> int:
        """The line of a field, or of the rule's head where it is not written."""
        for place, line in enumerate(self.text.splitlines()[self.first_line :], self.first_line + 1):
            if line.lstrip().startswith("[["):
                break
            if re.match(rf"\s*{field}\s*=", line):
                return place
        return self.first_line

    def refused(self, field: str, reason: str) -> UnusableRule:
        return UnusableRule(f"{self.file}:{self.line_of(field)}: rule {self.name}: {reason}")


def load_rules(folder: Path, questions: Mapping[str, Question]) -> RulePack:
    """All rules of a folder, what is proposed in folders below it, and their acts; raises UnusableRule."""
    texts = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted(folder.glob("**/*.toml"))}
    pack = pack_of(texts, questions)
    if pack.rules and LOCK not in texts:
        raise UnusableRule(f"{LOCK} is missing, so a rule in force could be edited unseen: run make lock")
    asked = {rule.question for rule in (*pack.rules, *pack.proposals)}
    for name in sorted(set(questions) - asked):
        raise UnusableRule(f"{_written_at(questions[name])}: no rule asks {name}: an unused question is a forgotten rule")
    return pack


def _written_at(question: Question) -> str:
    """Where somebody wrote the question: a file and a line of code, as the rules' own files are named."""
    code = inspect.unwrap(question).__code__
    return f"{Path(code.co_filename).name}:{code.co_firstlineno}"


def pack_of(texts: Mapping[str, str], questions: Mapping[str, Question]) -> RulePack:
    """A pack from the texts of its files, those of today or those of the day it was kept."""
    acts = _acts(texts)
    written = list(_written(texts))
    rules = [(_rule(one, acts, questions), one) for one in written]
    now, proposed = ([pair for pair in rules if ("/" in pair[1].file) is wanted] for wanted in (False, True))
    check_order(now)
    if LOCK in texts:
        check_locked(now, _parsed(LOCK, texts[LOCK]))
    known = {rule.id for rule, _ in now}
    for rule, where in proposed:
        if rule.replaces not in known:
            raise where.refused("replaces", f"a proposal names the rule it replaces, and {rule.replaces!r} is none")
    for rule, where in now:
        if rule.replaces:
            raise where.refused("replaces", "only a proposal replaces a rule; law in force follows on the one that ended")
    kept = {name: text for name, text in texts.items() if name != LOCK}
    return RulePack(tuple(rule for rule, _ in now), questions, kept, tuple(rule for rule, _ in proposed))


def unpacked(kept: str, questions: Mapping[str, Question]) -> RulePack:
    """The pack that was kept (RulePack.written): what it was made of then, asked by the questions of today."""
    told = json.loads(kept)
    pack = pack_of(told["texts"], questions)
    if not told["applied"]:
        return pack
    names = [name.partition("@") for name in told["applied"]]
    since = names[0][2]
    return reformed(pack, [name for name, _, _ in names], date.fromisoformat(since) if since else None)


def _acts(texts: Mapping[str, str]) -> dict[str, Act]:
    try:
        return acts_of(_parsed(ACTS, texts.get(ACTS, "")))
    except (Unparsable, re.error) as error:
        raise UnusableRule(f"{ACTS}: {error}") from None


def _written(texts: Mapping[str, str]) -> Iterator[Written]:
    for name in sorted(texts):
        if name not in NOT_RULES:
            for number, entry in enumerate(_parsed(name, texts[name]).get("rule", [])):
                yield Written(name, texts[name], number, entry)


def _parsed(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason, _, where = str(error).partition(" (at ")
        line = re.search(r"line (\d+)", where)
        impossible = "impossible date" if "date" in reason else reason
        raise UnusableRule(f"{name}:{line[1] if line else len(text.splitlines())}: {impossible}") from None


def _rule(where: Written, acts: Mapping[str, Act], questions: Iterable[str]) -> Rule:
    told = dict(where.entry)
    for name in NEEDED:
        if name not in told:
            raise where.refused(name, f"{name} is missing")
    try:
        citation = citation_of(told.pop("citation"), acts)
    except Unparsable as error:
        raise where.refused("citation", str(error)) from None
    _check_fields(where, questions)
    return Rule(
        told.pop("id"), told.pop("question"), told.pop("opens"), citation, told.pop("dated_by"),
        told.pop("in_force_from"), told.pop("in_force_until", None), replaces=told.pop("replaces", ""), parameters=told,
    )


def _check_fields(where: Written, questions: Iterable[str]) -> None:
    told = where.entry
    if told["question"] not in questions:
        raise where.refused("question", f"it asks {told['question']}, which nobody can answer")
    if told["dated_by"] not in DATED_BY:
        raise where.refused("dated_by", "dated_by is occurred or recorded")
    for name in ("in_force_from", "in_force_until"):
        if name in told and type(told[name]) is not date:
            raise where.refused(name, f"{name} is a day, written without quotes and without an hour")
    if "in_force_until" in told and told["in_force_until"] <= told["in_force_from"]:
        raise where.refused("in_force_until", "it ends before it begins")
