"""For what must somebody at a centre be rung? A new guest is expected; a notice rings as the akimat's task. Pure."""

from __future__ import annotations

from typing import Any

from plumbing.alerts.raising import Ring, RingStopped
from services.social_registry.facts import ReferralKept

AWAITED = ("held", "confirmed", "waiting")


def rings(event: Any) -> Ring | RingStopped | None:
    """A place newly held rings; once she is there, or comes no longer, nothing does."""
    if not isinstance(event, ReferralKept):
        return None
    referral = event.referral
    if referral.state == "held" and event.keys is not None:
        return Ring(referral.need_id, referral.facility_code, referral.until)
    return None if referral.state in AWAITED else RingStopped(referral.need_id)
