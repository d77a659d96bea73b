"""Which region may a page tell of a need, where the region would nearly be her address?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plumbing.regions import COUNTRY, REGIONS, TOLD_APART

if TYPE_CHECKING:
    from services.referral_router.facts import Need

NEARLY_AN_ADDRESS = tuple(one for one in REGIONS if one not in TOLD_APART)
# The states of facts.py in which nobody has a place yet: whoever looks for one must know where.
SOUGHT = ("asked", "withdrawing", "with_person")
# The same in SQL, of a need n; `hidden` are the regions that are not told apart, `sought` the states above.
SHOWN = (
    "CASE WHEN n.kind = 'shelter' AND n.region = ANY(%(hidden)s) AND n.state <> ALL(%(sought)s)"
    f" THEN '{COUNTRY}' ELSE n.region END"
)


def hidden(own: str) -> dict[str, list[str]]:
    """Whoever sees one region alone knows which it is."""
    return {"hidden": [] if own else list(NEARLY_AN_ADDRESS), "sought": list(SOUGHT)}


def shown(need: Need, own: str) -> str:
    """The region, or the country once she may be in one of the few houses there."""
    told_apart = bool(own) or need.kind != "shelter" or need.region not in NEARLY_AN_ADDRESS or need.state in SOUGHT
    return need.region if told_apart else COUNTRY
