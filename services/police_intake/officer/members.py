"""Which rows stand under which, after a named person said that they are one human? Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbing.service import Facts, Key
    from services.police_intake.facts import Person


def with_members(facts: Mapping[Key, Any], person: Person) -> Facts:
    """Whom a named person said to be the same: each row knows its members."""
    before = facts.get(("person", person.person_id))
    changed: Facts = {}
    for parent in {before.same_as if before else None, person.same_as} - {None}:
        others = [one for one in facts.get(("members", str(parent)), ()) if one != person.person_id]
        joined = [*others, person.person_id] if parent == person.same_as else others
        changed["members", str(parent)] = tuple(sorted(joined))
    return changed
