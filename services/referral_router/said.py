"""What does the router say? One dataclass an event; each belongs to one side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from plumbing.codec import message


@message("referral_router.ShelterReferralIssued")
@dataclass(frozen=True)
class ShelterReferralIssued:
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


@message("referral_router.HealthReferralIssued")
@dataclass(frozen=True)
class HealthReferralIssued:
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


@message("referral_router.ChildNoticeIssued")
@dataclass(frozen=True)
class ChildNoticeIssued:
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


@message("referral_router.ShelterReferralWithdrawn")
@dataclass(frozen=True)
class ShelterReferralWithdrawn(Withdrawal):
    """A centre is asked no longer."""


@message("referral_router.HealthReferralWithdrawn")
@dataclass(frozen=True)
class HealthReferralWithdrawn(Withdrawal):
    """A clinic is asked no longer."""


@message("referral_router.ChildNoticeWithdrawn")
@dataclass(frozen=True)
class ChildNoticeWithdrawn(Withdrawal):
    """A notice is taken back."""


@message("referral_router.ShelterHoldConfirmed")
@dataclass(frozen=True)
class ShelterHoldConfirmed:
    need_id: str
    attempt: int


@message("referral_router.HealthHoldConfirmed")
@dataclass(frozen=True)
class HealthHoldConfirmed:
    need_id: str
    attempt: int


@message("referral_router.NeedStateChanged")
@dataclass(frozen=True)
class NeedStateChanged:
    report_id: str
    need_id: str
    kind: str
    state: str
    queue: str
    sequence: int


@message("referral_router.CardRequested")
@dataclass(frozen=True)
class CardRequested:
    report_id: str
    need_id: str
    kind: str
    public_key: bytes
