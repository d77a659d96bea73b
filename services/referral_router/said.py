"""What does the router say? One dataclass an event; each belongs to one side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ShelterReferralIssued:
    event = "referral_router.ShelterReferralIssued"
    need_id: str
    attempt: int
    facility_code: str
    region: str
    place: str
    adults: int
    children: int
    guest_age: str
    guest_sex: str
    basis: str
    answer_due: datetime
    held_until: datetime


@dataclass(frozen=True)
class HealthReferralIssued:
    event = "referral_router.HealthReferralIssued"
    need_id: str
    attempt: int
    facility_code: str
    region: str
    kind: str
    subject_ref: str
    intoxication: str
    basis: str
    answer_due: datetime
    held_until: datetime


@dataclass(frozen=True)
class ChildNoticeIssued:
    event = "referral_router.ChildNoticeIssued"
    need_id: str
    attempt: int
    household_ref: str
    facility_code: str
    region: str
    children: int
    basis: str
    answer_due: datetime


@dataclass(frozen=True)
class Withdrawal:
    need_id: str
    attempt: int
    reason: str


@dataclass(frozen=True)
class ShelterReferralWithdrawn(Withdrawal):
    """A centre is asked no longer."""

    event = "referral_router.ShelterReferralWithdrawn"


@dataclass(frozen=True)
class HealthReferralWithdrawn(Withdrawal):
    """A clinic is asked no longer."""

    event = "referral_router.HealthReferralWithdrawn"


@dataclass(frozen=True)
class ChildNoticeWithdrawn(Withdrawal):
    """A notice is taken back."""

    event = "referral_router.ChildNoticeWithdrawn"


@dataclass(frozen=True)
class ShelterHoldConfirmed:
    event = "referral_router.ShelterHoldConfirmed"
    need_id: str
    attempt: int


@dataclass(frozen=True)
class HealthHoldConfirmed:
    event = "referral_router.HealthHoldConfirmed"
    need_id: str
    attempt: int


@dataclass(frozen=True)
class NeedStateChanged:
    event = "referral_router.NeedStateChanged"
    report_id: str
    need_id: str
    kind: str
    state: str
    queue: str
    sequence: int


@dataclass(frozen=True)
class CardRequested:
    event = "referral_router.CardRequested"
    report_id: str
    need_id: str
    kind: str
    public_key: bytes


@dataclass(frozen=True)
class ConsentWithdrawalPassedOn:
    """So many holders were told that she agrees no longer."""

    event = "referral_router.ConsentWithdrawalPassedOn"
    report_id: str
    version: int
    holders: int


@dataclass(frozen=True)
class ConsentWithdrawalAcknowledged:
    """One of them has destroyed the key of her card."""

    event = "referral_router.ConsentWithdrawalAcknowledged"
    report_id: str
    version: int
    need_id: str


@dataclass(frozen=True)
class CardErasureAcknowledged:
    """This agency has destroyed the key of an erased person's card, or had none."""

    event = "referral_router.CardErasureAcknowledged"
    report_id: str
    need_id: str
    service: str


@dataclass(frozen=True)
class CardWithdrawn:
    event = "referral_router.CardWithdrawn"
    need_id: str
    attempt: int


@dataclass(frozen=True)
class AssessmentCounted:
    event = "referral_router.AssessmentCounted"
    region: str
    recorded_hour: datetime
    outcome: str


@dataclass(frozen=True)
class NeedCounted:
    """A need of somebody has moved on, or an attempt at it came to nothing; whose, this does not say."""

    event = "referral_router.NeedCounted"
    region: str
    kind: str
    from_state: str
    to_state: str
    code: str
    hours_waited: int
    hour: datetime
