"""Which facility is the next best for a need? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from services.referral_router.urgency import starts_away

if TYPE_CHECKING:
    from plumbing.rules import Rule
    from plumbing.service import Key
    from services.referral_router.facts import Facility, Need

Known = Mapping["Key", Any]
ASKED_KIND = {"shelter": "crisis_centre", "detox": "detox", "examination": "narcology", "child_notice": "akimat"}


def best_of(need: Need, rule: Rule, tried: Sequence[str], facts: Known) -> Facility | None:
    """Own region first, at high risk and her wish the others; there the one with most free places, if it can fit."""
    away = rule.parameters.get("beyond_region", False)
    if away and starts_away(need, facts) and (found := _elsewhere(need, tried, facts)):
        return _roomiest(found)
    found = fitting(need, [need.region], tried, facts)
    if not found and away:
        found = _elsewhere(need, tried, facts)
    return _roomiest(found) if found else None


def _elsewhere(need: Need, tried: Sequence[str], facts: Known) -> list[Facility]:
    roomy = facts.get(("roomy", ASKED_KIND[need.kind]), ())
    return fitting(need, [one for one in roomy if one != need.region], tried, facts)


def _roomiest(found: Sequence[Facility]) -> Facility:
    return min(found, key=lambda one: (-one.free, one.code))


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
