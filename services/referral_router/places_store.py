"""Where does a need or a report stand? For the door, before anything is shown."""

from __future__ import annotations

from collections.abc import Sequence

from plumbing.authorising import Object, Place
from plumbing.postgres import Transaction

_REPORTS = """
SELECT report_id, coalesce(n.region, r.content->>'region', '') FROM reports r LEFT JOIN needs n USING (report_id)
WHERE report_id = ANY(%s)"""


def places(tx: Transaction, kind: str, ids: Sequence[str]) -> dict[str, Object]:
    """A report stands where its needs do."""
    question = _REPORTS if kind == "report" else "SELECT need_id, region FROM needs WHERE need_id = ANY(%s)"
    found: dict[str, tuple[Place, ...]] = {}
    for one, region in tx.rows(question, (list(ids),)):
        found[one] = (*found.get(one, ()), Place(region))
    return {one: Object(kind, where) for one, where in found.items()}
