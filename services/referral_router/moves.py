"""How does a need change, and what of it may police see? Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from services.referral_router.facts import Need

# The states of facts.py, and how police read them.
VISIBLE = {
    "asked": "asked", "withdrawing": "asked", "held": "answered", "with_person": "with_person",
    "arrived": "arrived", "left": "arrived", "settled": "closed", "withdrawn": "withdrawn",
    **{stage: stage for stage in ("before_court", "awaiting_bed", "in_treatment", "missing")},
}


def is_guest(need: Need) -> bool:
    """She has come to a centre: from then on nothing of her stay is told."""
    return need.kind == "shelter" and need.state in ("arrived", "left")


def is_seen(need: Need, state: str) -> bool:
    """Would police see this move? Once a guest has arrived, how long she stays is not theirs to read."""
    return VISIBLE[state] != VISIBLE.get(need.state) and not is_guest(need)


def replaced(need: Need, **changes: Any) -> Need:
    """The need after a change. Its sequence counts what police see: a gap in it would tell how many had refused."""
    after = object.__new__(type(need))  # five times as fast as dataclasses.replace, and this is done for every need
    seen = "state" in changes and is_seen(need, changes["state"])
    vars(after).update(vars(need), sequence=need.sequence + seen, **changes)
    return after
