"""Do the versions of each rule follow one another day by day, and was none edited that is in force?"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from itertools import pairwise
from typing import Any, Protocol

from plumbing.rules import Rule

LOCK = "in_force.lock.toml"


class UnusableRule(ValueError):
    """A rule pack that must not be used; the text names file, line, rule and reason."""


class Place(Protocol):
    """Where a rule is written."""

    @property
    def entry(self) -> Mapping[str, Any]: ...

    def refused(self, field: str, reason: str) -> UnusableRule: ...


Rules = Sequence[tuple[Rule, Place]]


def check_order(rules: Rules) -> None:
    """No day twice, no day left out, and one way of dating from a rule's first version to its last."""
    versions: dict[str, list[tuple[Rule, Place]]] = defaultdict(list)
    for rule, where in rules:
        versions[rule.id].append((rule, where))
    for chain in versions.values():
        chain.sort(key=lambda pair: pair[0].in_force_from)
        for (before, _), (after, where) in pairwise(chain):
            _check_pair(before, after, where)


def _check_pair(before: Rule, after: Rule, where: Place) -> None:
    if before.in_force(after.in_force_from):
        raise where.refused("in_force_from", f"the rule is in force twice on {after.in_force_from}")
    if before.in_force_until != after.in_force_from:
        raise where.refused("in_force_from", f"nothing is in force from {before.in_force_until} to {after.in_force_from}")
    if before.dated_by != after.dated_by:
        raise where.refused("dated_by", "its version before is dated otherwise: a case between the two would fall out")


def check_locked(rules: Rules, lock: Mapping[str, Any]) -> None:
    """What was in force on the lock's day reads as it did; its end is the one thing that may be written in."""
    if lock.keys() != {"as_of", "digests"}:
        raise UnusableRule(f"{LOCK}: it holds as_of and digests, and nothing else: run make lock")
    left = dict(lock["digests"])
    for rule, where in rules:
        name, digest = f"{rule.id}@{rule.in_force_from}", digest_of(where.entry)
        known = left.pop(name, None)
        if known is None and rule.in_force_from <= lock["as_of"]:
            raise where.refused("id", f'it is in force and not locked: add "{name}" = "{digest}" to {LOCK} (make lock does)')
        if known not in (None, digest):
            raise where.refused("id", "it is in force and was edited: let it end by in_force_until and add the next version")
    if left:
        raise UnusableRule(f"{LOCK}: {min(left)} was in force and is gone: let it end by in_force_until instead")


def digest_of(entry: Mapping[str, Any]) -> str:
    """What a rule says, without the day it ends."""
    told = {name: value for name, value in entry.items() if name != "in_force_until"}
    return sha256(json.dumps(told, sort_keys=True, default=_day).encode()).hexdigest()[:16]


def _day(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no place in a rule")
