"""Which rows may be the same human as this one? SQL that reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbing.postgres import Transaction


def candidates(tx: Transaction, person_id: str) -> list[tuple[Any, ...]]:
    """(person id, name, birth date) of the rows this one may be: same folded name and birth date, or the number it gave."""
    return tx.rows(
        "SELECT p.person_id, p.name, p.birth_date FROM persons me JOIN persons p ON p.person_id <> me.person_id"
        " AND ((p.folded_name = me.folded_name AND p.birth_date = me.birth_date) OR (p.iin IN ("
        "SELECT unnest(ARRAY[v.fields#>>'{victim,iin}', v.fields#>>'{respondent,iin}']) FROM reports r"
        " JOIN report_versions v USING (report_id) WHERE me.person_id IN (r.victim_id, r.respondent_id))"
        " AND p.person_id NOT IN (SELECT unnest(ARRAY[victim_id, respondent_id]) FROM reports"
        " WHERE me.person_id IN (victim_id, respondent_id) AND respondent_id IS NOT NULL)))"
        " WHERE me.person_id = %s ORDER BY p.person_id",
        (person_id,),
    )
