"""What does the monitor hear? Counts, of which none holds a person, an id of a life, or a time finer than an hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ReportCounted:
    event = "police_intake.ReportCounted"
    region: str
    district: str
    recorded_hour: datetime
    source: str
    outcome: str


@dataclass(frozen=True)
class RecordsCounted:
    event = "police_intake.RecordsCounted"
    region: str
    records: int
    hour: datetime


@dataclass(frozen=True)
class MeasureCounted:
    event = "police_intake.MeasureCounted"
    region: str
    kind: str
    from_state: str
    to_state: str
    hour: datetime


@dataclass(frozen=True)
class AssessmentCounted:
    event = "referral_router.AssessmentCounted"
    region: str
    recorded_hour: datetime
    outcome: str


@dataclass(frozen=True)
class NeedCounted:
    event = "referral_router.NeedCounted"
    region: str
    kind: str
    from_state: str
    to_state: str
    code: str
    hours_waited: int
    hour: datetime


@dataclass(frozen=True)
class LifeCounted:
    region: str
    kind: str
    from_state: str
    to_state: str
    place: str
    free_change: int
    hour: datetime


@dataclass(frozen=True)
class SocialLifeCounted(LifeCounted):
    """A stay, a notice or an entry has moved on."""

    event = "social_registry.LifeCounted"


@dataclass(frozen=True)
class HealthLifeCounted(LifeCounted):
    """A stay in detox, a proposal or a case has moved on."""

    event = "health_narcology.LifeCounted"


@dataclass(frozen=True)
class PlacesCounted:
    region: str
    place: str
    places: int
    hour: datetime


@dataclass(frozen=True)
class SocialPlacesCounted(PlacesCounted):
    """A centre started to work with us."""

    event = "social_registry.PlacesCounted"


@dataclass(frozen=True)
class HealthPlacesCounted(PlacesCounted):
    """A detox centre started to work with us."""

    event = "health_narcology.PlacesCounted"


@dataclass(frozen=True)
class RaiseSurge:
    """Command of the watch: in this hour so many reports were recorded in this territory; `before`, in weeks past."""

    territory: str
    region: str
    hour: datetime
    reports: int
    before: tuple[int, ...]


@dataclass(frozen=True)
class KeepWatch:
    """Command of the watch: it lives, and has counted this partition up to this number."""

    partition: int
    number: int
