"""What does the social registry hear and say? Frozen, only the fields used here."""

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
    place: str
    adults: int
    children: int
    guest_sex: str
    basis: str
    held_until: datetime


@message("referral_router.ChildNoticeIssued")
@dataclass(frozen=True)
class ChildNoticeIssued:
    need_id: str
    attempt: int
    household_ref: str
    facility_code: str
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
    """The router asks no longer for a place."""


@message("referral_router.ChildNoticeWithdrawn")
@dataclass(frozen=True)
class ChildNoticeWithdrawn(Withdrawal):
    """The notice is taken back."""


@message("referral_router.ShelterHoldConfirmed")
@dataclass(frozen=True)
class ShelterHoldConfirmed:
    need_id: str
    attempt: int


@message("police_intake.VictimCardSealed")
@dataclass(frozen=True)
class VictimCardSealed:
    need_id: str
    sealed: bytes


@dataclass(frozen=True)
class OpenFacility:
    """Command: a centre or akimat from the directory starts to work with us."""

    code: str
    region: str
    kind: str
    places_night: int
    places_day: int
    admits_men: bool
    admits_boys_until: int
    accessible: bool


@dataclass(frozen=True)
class StaffAct:
    """Command: what a person at the centre or akimat did with a referral (see transitions.toml)."""

    need_id: str
    act: str
    by: str
    code: str = ""


@message("social_registry.PlaceHeld")
@dataclass(frozen=True)
class PlaceHeld:
    need_id: str
    attempt: int
    public_key: bytes
    held_until: datetime


@message("social_registry.ReferralRefused")
@dataclass(frozen=True)
class ReferralRefused:
    need_id: str
    attempt: int
    code: str


@message("social_registry.WithdrawalAcknowledged")
@dataclass(frozen=True)
class WithdrawalAcknowledged:
    need_id: str
    attempt: int
    was_held: bool


@message("social_registry.GuestArrived")
@dataclass(frozen=True)
class GuestArrived:
    need_id: str
    attempt: int


@message("social_registry.HoldEnded")
@dataclass(frozen=True)
class HoldEnded:
    need_id: str
    attempt: int
    outcome: str


@message("social_registry.NoticeDecided")
@dataclass(frozen=True)
class NoticeDecided:
    need_id: str
    attempt: int
    public_key: bytes | None


@message("social_registry.CapacityPublished")
@dataclass(frozen=True)
class CapacityPublished:
    facility_code: str
    region: str
    kind: str
    night_free: int
    day_free: int
    admits_men: bool
    admits_boys_until: int
    accessible: bool
    is_open: bool
    sequence: int
