"""What does health hear and say? Frozen, only the fields used here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from plumbing.codec import message


@message("referral_router.HealthReferralIssued")
@dataclass(frozen=True)
class HealthReferralIssued:
    need_id: str
    attempt: int
    facility_code: str
    kind: str
    intoxication: str
    basis: str
    answer_due: datetime
    held_until: datetime


@message("referral_router.HealthReferralWithdrawn")
@dataclass(frozen=True)
class HealthReferralWithdrawn:
    need_id: str
    attempt: int


@message("referral_router.HealthHoldConfirmed")
@dataclass(frozen=True)
class HealthHoldConfirmed:
    need_id: str
    attempt: int


@message("police_intake.RespondentCardSealed")
@dataclass(frozen=True)
class RespondentCardSealed:
    need_id: str
    sealed: bytes


@dataclass(frozen=True)
class OpenFacility:
    """Command: a detox centre or narcology organisation from the directory starts to work with us."""

    code: str
    region: str
    kind: str
    beds: int


@dataclass(frozen=True)
class StaffAct:
    """Command: what a person at the centre or clinic did with a referral (see transitions.toml)."""

    need_id: str
    act: str
    by: str
    code: str = ""


@message("health_narcology.BedHeld")
@dataclass(frozen=True)
class BedHeld:
    need_id: str
    attempt: int
    public_key: bytes
    held_until: datetime


@message("health_narcology.ReferralRefused")
@dataclass(frozen=True)
class ReferralRefused:
    need_id: str
    attempt: int
    code: str


@message("health_narcology.WithdrawalAcknowledged")
@dataclass(frozen=True)
class WithdrawalAcknowledged:
    need_id: str
    attempt: int
    was_held: bool


@message("health_narcology.PatientAdmitted")
@dataclass(frozen=True)
class PatientAdmitted:
    need_id: str
    attempt: int


@message("health_narcology.HoldEnded")
@dataclass(frozen=True)
class HoldEnded:
    """The outcome is the state the referral ended in; why somebody was refused at the door stays here."""

    need_id: str
    attempt: int
    outcome: str


@message("health_narcology.ExaminationDecided")
@dataclass(frozen=True)
class ExaminationDecided:
    need_id: str
    attempt: int
    public_key: bytes | None


@message("health_narcology.CapacityPublished")
@dataclass(frozen=True)
class CapacityPublished:
    facility_code: str
    region: str
    kind: str
    beds_free: int
    is_open: bool
    sequence: int
