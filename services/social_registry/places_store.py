"""At which centre or akimat does a referral or an entry stand, and what is it? For the door, before anything is shown."""

from __future__ import annotations

from collections.abc import Sequence

from plumbing.authorising import Object, Place
from plumbing.postgres import Transaction

KINDS = {"shelter": "guest", "notice": "notice"}
_REFERRALS = """
SELECT DISTINCT ON (need_id) need_id, r.kind, f.region, r.facility_code FROM referrals r
JOIN facilities f ON f.code = r.facility_code WHERE need_id = ANY(%s) ORDER BY need_id, attempt DESC"""


def places(tx: Transaction, kind: str, ids: Sequence[str]) -> dict[str, Object]:
    """A referral stands where it was asked last; who was asked before has no more to do with it."""
    if kind == "entry":
        rows = tx.rows(
            "SELECT entry_id, 'entry', region, facility_code FROM register_entries WHERE entry_id = ANY(%s)", (list(ids),)
        )
    else:
        rows = tx.rows(_REFERRALS, (list(ids),))
    return {one: Object(KINDS.get(what, what), (Place(region, facility=code),)) for one, what, region, code in rows}
