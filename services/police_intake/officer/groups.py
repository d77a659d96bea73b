"""Which rows are one human, and what did she say herself? SQL that reads, for the two store.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from services.police_intake.facts import Person
from services.police_intake.officer.acts import VictimAnswered
from services.police_intake.report import Consent, SafeContact, SafeContactKind

if TYPE_CHECKING:
    from plumbing.postgres import Transaction
    from plumbing.service import Facts

PERSON = "person_id, folded_name, name, birth_date, iin, victim_ref, respondent_ref, same_as"


def with_groups(tx: Transaction, found: Sequence[Person], facts: Facts) -> list[Person]:
    """These rows and all that a named person said to be the same, with who is under whom."""
    known = {person.person_id: person for person in found}
    new = list(known.values())
    while new:
        rows = tx.rows(
            f"SELECT {PERSON} FROM persons WHERE same_as = ANY(%s) OR person_id = ANY(%s) ORDER BY person_id",
            ([one.person_id for one in new], [one.same_as for one in new if one.same_as]),
        )
        new = [person for row in rows if (person := Person(*row)).person_id not in known]
        known.update({person.person_id: person for person in new})
    for person in sorted(known.values(), key=lambda one: one.person_id):
        facts["person", person.person_id] = person
        if person.same_as:
            key = ("members", person.same_as)
            facts[key] = (*facts.get(key, ()), person.person_id)
    return sorted(known.values(), key=lambda one: one.person_id)


def answers(tx: Transaction, ids: Sequence[str]) -> Facts:
    """What she herself said, by report."""
    rows = tx.rows(
        "SELECT report_id, asked_apart, consent, contact_kind, contact_detail, by FROM victim_answers"
        " WHERE report_id = ANY(%s)",
        (list(ids),),
    )
    kept = [VictimAnswered(a, b, Consent(c), SafeContact(SafeContactKind(d), e), f) for a, b, c, d, e, f in rows]
    return {one.fact: one for one in kept}
