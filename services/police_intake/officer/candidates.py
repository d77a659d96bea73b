"""Which rows may be the same human as this one? SQL that reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plumbing.postgres import Transaction


def candidates(tx: Transaction, person_id: str) -> list[str]:
    """The rows this one may be: same folded name and birth date, or the number it gave."""
    rows = tx.rows(
        "SELECT p.person_id FROM persons me JOIN persons p ON p.person_id <> me.person_id"
        " AND (p.name_index = me.name_index OR (p.iin_index IN ("
        "SELECT unnest(v.iin_indexes) FROM reports r"
        " JOIN report_versions v USING (report_id) WHERE me.person_id IN (r.victim_id, r.respondent_id))"
        " AND p.person_id NOT IN (SELECT unnest(ARRAY[victim_id, respondent_id]) FROM reports"
        " WHERE me.person_id IN (victim_id, respondent_id) AND respondent_id IS NOT NULL)))"
        " WHERE me.person_id = %s ORDER BY p.person_id",
        (person_id,),
    )
    return [found for (found,) in rows]
