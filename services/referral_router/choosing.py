"""Which facility is the next best for a need? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbing.rules import Rule
    from plumbing.service import Key
    from services.referral_router.facts import Facility, Need

Known = Mapping["Key", Any]
ASKED_KIND = {"shelter": "crisis_centre", "detox": "detox", "examination": "narcology", "child_notice": "akimat"}


def best_of(need: Need, rule: Rule, tried: Sequence[str], facts: Known) -> Facility | None:
    """Own region first, then the one with most free places; what cannot fit is not asked."""
    kind = ASKED_KIND[need.kind]
    found = fitting(need, [need.region], tried, facts)
    if not found and rule.parameters.get("beyond_region", False):
        found = fitting(need, facts.get(("roomy", kind), ()), tried, facts)
    return min(found, key=lambda one: (-one.free, one.code)) if found else None


def fitting(need: Need, regions: Sequence[str], tried: Sequence[str], facts: Known) -> list[Facility]:
    kind = ASKED_KIND[need.kind]
    known = [one for region in regions for one in facts.get(("facilities", f"{kind}/{region}"), ())]
    return [one for one in known if one.code not in tried and fits(need, one)]


def fits(need: Need, facility: Facility) -> bool:
    if not facility.is_open or (need.guest_sex == "male" and need.kind == "shelter" and not facility.admits_men):
        return False
    return facility.kind in ("narcology", "akimat") or facility.free >= persons(need)


def persons(need: Need) -> int:
    return need.adults + need.children if need.kind == "shelter" else 1
