"""What does health hear and say? Frozen, only the fields used here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class HealthReferralIssued:
    event = "referral_router.HealthReferralIssued"
    need_id: str
    attempt: int
    facility_code: str
    kind: str
    intoxication: str
    basis: str
    answer_due: datetime
    held_until: datetime


@dataclass(frozen=True)
class HealthReferralWithdrawn:
    event = "referral_router.HealthReferralWithdrawn"
    need_id: str
    attempt: int


@dataclass(frozen=True)
class HealthHoldConfirmed:
    event = "referral_router.HealthHoldConfirmed"
    need_id: str
    attempt: int


@dataclass(frozen=True)
class RespondentCardSealed:
    event = "police_intake.RespondentCardSealed"
    need_id: str
    sealed: bytes


@dataclass(frozen=True)
class RespondentCardErased:
    event = "police_intake.RespondentCardErased"
    need_id: str


@dataclass(frozen=True)
class OpenFacility:
    """Command: a detox centre or narcology organisation from the directory starts to work with us."""

    code: str
    region: str
    kind: str
    beds: int
    beds_before: int = 0


@dataclass(frozen=True)
class StaffAct:
    """Command: what a person at the centre or clinic did with a referral (see transitions.toml).

    channel: page (they did it here), or telephone (they said so, and somebody wrote it down)
    """

    need_id: str
    act: str
    by: str
    code: str = ""
    channel: str = "page"


@dataclass(frozen=True)
class CaseAct:
    """Command: what a person did in a treatment case (see transitions_of_cases.toml); months: the term the court has set."""

    need_id: str
    act: str
    by: str
    code: str = ""
    months: int = 0
    channel: str = "page"


@dataclass(frozen=True)
class LeaveBed:
    """Command: a patient from before this service began has left a treatment facility."""

    facility_code: str
    by: str


@dataclass(frozen=True)
class BedHeld:
    event = "health_narcology.BedHeld"
    need_id: str
    attempt: int
    public_key: bytes
    held_until: datetime


@dataclass(frozen=True)
class ReferralRefused:
    event = "health_narcology.ReferralRefused"
    need_id: str
    attempt: int
    code: str


@dataclass(frozen=True)
class WithdrawalAcknowledged:
    event = "health_narcology.WithdrawalAcknowledged"
    need_id: str
    attempt: int
    was_held: bool


@dataclass(frozen=True)
class PatientAdmitted:
    event = "health_narcology.PatientAdmitted"
    need_id: str
    attempt: int


@dataclass(frozen=True)
class HoldEnded:
    """The outcome is the state the referral ended in; why somebody was refused at the door stays here."""

    event = "health_narcology.HoldEnded"

    need_id: str
    attempt: int
    outcome: str


@dataclass(frozen=True)
class ExaminationDecided:
    event = "health_narcology.ExaminationDecided"
    need_id: str
    attempt: int
    public_key: bytes | None


@dataclass(frozen=True)
class TreatmentStageReached:
    """How far a case is, and nothing medical: neither finding nor place nor reason."""

    event = "health_narcology.TreatmentStageReached"
    need_id: str
    attempt: int
    stage: str


@dataclass(frozen=True)
class CardErasureAcknowledged:
    """Nothing here opens the card of who was erased; said alike whether anything ever did."""

    event = "health_narcology.CardErasureAcknowledged"
    need_id: str


@dataclass(frozen=True)
class CapacityPublished:
    event = "health_narcology.CapacityPublished"
    facility_code: str
    region: str
    kind: str
    beds_free: int
    is_open: bool
    sequence: int


@dataclass(frozen=True)
class LifeCounted:
    """Somebody's life here has moved on; whose, this does not say."""

    event = "health_narcology.LifeCounted"
    region: str
    kind: str
    from_state: str
    to_state: str
    place: str
    free_change: int
    hour: datetime


@dataclass(frozen=True)
class PlacesCounted:
    event = "health_narcology.PlacesCounted"
    region: str
    place: str
    places: int
    hour: datetime
