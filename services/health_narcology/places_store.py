"""At which facility does a referral, a case or a bed stand, and what is it? For the door, before anything is shown."""

from __future__ import annotations

from collections.abc import Sequence

from plumbing.authorising import Object, Place
from plumbing.postgres import Transaction

_QUESTIONS = {
    "referral": "SELECT DISTINCT ON (need_id) need_id, r.kind, f.region, f.code FROM referrals r"
                " JOIN facilities f ON f.code = r.facility_code WHERE need_id = ANY(%s) ORDER BY need_id, attempt DESC",
    "case": "SELECT need_id, 'case', f.region, f.code FROM cases c"
            " JOIN facilities f ON f.code IN (c.clinic_code, c.facility_code) WHERE need_id = ANY(%s)",
    "bed": "SELECT code, 'bed', region, code FROM facilities WHERE code = ANY(%s)",
}


def places(tx: Transaction, kind: str, ids: Sequence[str]) -> dict[str, Object]:
    """A case stands at its clinic, and where its bed is."""
    found: dict[str, Object] = {}
    for one, what, region, code in tx.rows(_QUESTIONS[kind], (list(ids),)):
        before = found[one].places or () if one in found else ()
        found[one] = Object(what, (*before, Place(region, facility=code)))
    return found
