"""Whom and what do sealed rows speak of: people, those said to be the same, reports, what she said herself?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from services.police_intake import sealed
from services.police_intake.facts import KnownReport, Person
from services.police_intake.officer.acts import VictimAnswered
from services.police_intake.report import Consent, SafeContact, SafeContactKind

if TYPE_CHECKING:
    from plumbing.postgres import Transaction
    from plumbing.service import Facts


def people(tx: Transaction, where: str, arguments: Sequence[Any]) -> list[Person]:
    """The rows that meet a condition, by id."""
    return [Person(*row) for row in sealed.people(tx, where, arguments)]


def reports(tx: Transaction, where: str, arguments: dict[str, Any]) -> list[KnownReport]:
    return [KnownReport(*row) for row in sealed.reports(tx, where, arguments)]


def with_groups(tx: Transaction, found: Sequence[Person], facts: Facts) -> list[Person]:
    """These rows and all that a named person said to be the same, with who is under whom."""
    known = {person.person_id: person for person in found}
    new = list(known.values())
    while new:
        ids = [one.person_id for one in new], [one.same_as for one in new if one.same_as]
        rows = people(tx, "same_as = ANY(%s) OR person_id = ANY(%s)", ids)
        new = [person for person in rows if person.person_id not in known]
        known.update({person.person_id: person for person in new})
    for person in sorted(known.values(), key=lambda one: one.person_id):
        facts["person", person.person_id] = person
        if person.same_as:
            key = ("members", person.same_as)
            facts[key] = (*facts.get(key, ()), person.person_id)
    return sorted(known.values(), key=lambda one: one.person_id)


def answers(tx: Transaction, ids: Sequence[str]) -> Facts:
    """What she herself said, by report."""
    kept = [
        VictimAnswered(report_id, apart, Consent(consent), SafeContact(SafeContactKind(kind), detail), by)
        for report_id, apart, consent, by, (kind, detail) in sealed.contacts(tx, ids)
    ]
    return {one.fact: one for one in kept}
