"""What does the social registry say to be counted? Frozen; no person and no id."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class LifeCounted:
    """Somebody's life here has moved on; whose, this does not say."""

    event = "social_registry.LifeCounted"
    region: str
    kind: str
    from_state: str
    to_state: str
    place: str
    free_change: int
    hour: datetime


@dataclass(frozen=True)
class PlacesCounted:
    event = "social_registry.PlacesCounted"
    region: str
    place: str
    places: int
    hour: datetime
