"""What does the router hear and say? Frozen, only the fields used here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

OUTCOMES = ("helped", "declined", "outside", "not_reached")


@dataclass(frozen=True)
class ReportContent:
    """What the router knows of a report: no name, number, address or narrative."""

    report_id: str
    version: int
    victim_ref: str
    respondent_ref: str | None
    household_ref: str
    region: str
    recorded_at: datetime
    occurred_at: datetime | None
    relation: str
    intoxication: str
    children: int | None
    victim_age: str
    victim_sex: str
    respondent_age: str
    consent: str
    mirrored: bool
    complaint: bool | None = None
    violence: tuple[str, ...] = ()
    injury: str = "unknown"
    injury_basis: str = "unknown"


@dataclass(frozen=True)
class ReportRegistered(ReportContent):
    """A report is new."""

    event = "police_intake.ReportRegistered"


@dataclass(frozen=True)
class ReportCorrected(ReportContent):
    """A report says otherwise than before."""

    event = "police_intake.ReportCorrected"


@dataclass(frozen=True)
class ReportCancelled:
    event = "police_intake.ReportCancelled"
    report_id: str
    version: int
    reason: str


@dataclass(frozen=True)
class Answer:
    """What an owner of places said about one attempt at a need."""

    need_id: str
    attempt: int


@dataclass(frozen=True)
class Held(Answer):
    public_key: bytes


@dataclass(frozen=True)
class Refused(Answer):
    code: str


@dataclass(frozen=True)
class Ended(Answer):
    outcome: str


@dataclass(frozen=True)
class Decided(Answer):
    public_key: bytes | None


@dataclass(frozen=True)
class PlaceHeld(Held):
    """A crisis centre holds places."""

    event = "social_registry.PlaceHeld"


@dataclass(frozen=True)
class BedHeld(Held):
    """A detox centre holds a bed."""

    event = "health_narcology.BedHeld"


@dataclass(frozen=True)
class SocialRefused(Refused):
    """A centre or akimat refuses."""

    event = "social_registry.ReferralRefused"


@dataclass(frozen=True)
class HealthRefused(Refused):
    """A detox centre or clinic refuses."""

    event = "health_narcology.ReferralRefused"


@dataclass(frozen=True)
class SocialAcknowledged(Answer):
    """A centre or akimat has let go."""

    event = "social_registry.WithdrawalAcknowledged"


@dataclass(frozen=True)
class HealthAcknowledged(Answer):
    """A detox centre or clinic has let go."""

    event = "health_narcology.WithdrawalAcknowledged"


@dataclass(frozen=True)
class GuestArrived(Answer):
    """She is there."""

    event = "social_registry.GuestArrived"


@dataclass(frozen=True)
class PatientAdmitted(Answer):
    """He is admitted."""

    event = "health_narcology.PatientAdmitted"


@dataclass(frozen=True)
class SocialHoldEnded(Ended):
    """A hold or stay in a centre is over."""

    event = "social_registry.HoldEnded"


@dataclass(frozen=True)
class HealthHoldEnded(Ended):
    """A hold or stay in detox is over."""

    event = "health_narcology.HoldEnded"


@dataclass(frozen=True)
class NoticeDecided(Decided):
    """The akimat has decided on a notice."""

    event = "social_registry.NoticeDecided"


@dataclass(frozen=True)
class ExaminationDecided(Decided):
    """A narcologist has decided on a proposal."""

    event = "health_narcology.ExaminationDecided"


@dataclass(frozen=True)
class CentreCapacity:
    event = "social_registry.CapacityPublished"
    facility_code: str
    region: str
    kind: str
    night_free: int
    admits_men: bool
    is_open: bool
    sequence: int


@dataclass(frozen=True)
class ClinicCapacity:
    event = "health_narcology.CapacityPublished"
    facility_code: str
    region: str
    kind: str
    beds_free: int
    is_open: bool
    sequence: int


@dataclass(frozen=True)
class SettleNeed:
    """Command: the person whose task it is says how a need ended (helped, declined, outside)."""

    need_id: str
    outcome: str
    by: str
