"""For what must somebody at a clinic be rung? A bed is newly held; a proposal rings as the narcologist's task. Pure."""

from __future__ import annotations

from typing import Any

from plumbing.alerts.raising import Ring, RingStopped
from services.health_narcology.facts import ReferralKept

AWAITED = ("held", "confirmed", "waiting")


def rings(event: Any) -> Ring | RingStopped | None:
    """A bed newly held rings; once he is there, or is brought no longer, nothing does."""
    if not isinstance(event, ReferralKept):
        return None
    referral = event.referral
    if referral.state == "held" and event.keys is not None:
        return Ring(referral.need_id, referral.facility_code, referral.until)
    return None if referral.state in AWAITED else RingStopped(referral.need_id)
