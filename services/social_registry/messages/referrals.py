"""What does the social registry hear and say of places and notices? Frozen, only the fields used here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ShelterReferralIssued:
    event = "referral_router.ShelterReferralIssued"
    need_id: str
    attempt: int
    facility_code: str
    place: str
    adults: int
    children: int
    guest_sex: str
    basis: str
    held_until: datetime


@dataclass(frozen=True)
class ChildNoticeIssued:
    event = "referral_router.ChildNoticeIssued"
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


@dataclass(frozen=True)
class ShelterReferralWithdrawn(Withdrawal):
    """The router asks no longer for a place."""

    event = "referral_router.ShelterReferralWithdrawn"


@dataclass(frozen=True)
class ChildNoticeWithdrawn(Withdrawal):
    """The notice is taken back."""

    event = "referral_router.ChildNoticeWithdrawn"


@dataclass(frozen=True)
class ShelterHoldConfirmed:
    event = "referral_router.ShelterHoldConfirmed"
    need_id: str
    attempt: int


@dataclass(frozen=True)
class OffenderStatusForSafety:
    """He comes out, or an order ends: kind, and from which hour."""

    event = "police_intake.OffenderStatusForSafety"
    need_id: str
    kind: str
    effective_at: datetime


@dataclass(frozen=True)
class AcknowledgeSafety:
    """Command: a named person at the centre has told her."""

    need_id: str
    kind: str
    by: str


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
    """Command: what a person at the centre or akimat did with a referral (see transitions.toml).

    `channel` is how we know: page (they did it here), or telephone (they said so, and somebody wrote it down).
    """

    need_id: str
    act: str
    by: str
    code: str = ""
    channel: str = "page"


@dataclass(frozen=True)
class PlaceHeld:
    event = "social_registry.PlaceHeld"
    need_id: str
    attempt: int
    public_key: bytes
    held_until: datetime


@dataclass(frozen=True)
class ReferralRefused:
    event = "social_registry.ReferralRefused"
    need_id: str
    attempt: int
    code: str


@dataclass(frozen=True)
class WithdrawalAcknowledged:
    event = "social_registry.WithdrawalAcknowledged"
    need_id: str
    attempt: int
    was_held: bool


@dataclass(frozen=True)
class GuestArrived:
    event = "social_registry.GuestArrived"
    need_id: str
    attempt: int


@dataclass(frozen=True)
class HoldEnded:
    event = "social_registry.HoldEnded"
    need_id: str
    attempt: int
    outcome: str


@dataclass(frozen=True)
class NoticeDecided:
    event = "social_registry.NoticeDecided"
    need_id: str
    attempt: int
    public_key: bytes | None


@dataclass(frozen=True)
class CapacityPublished:
    event = "social_registry.CapacityPublished"
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
