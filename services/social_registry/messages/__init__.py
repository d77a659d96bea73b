"""What does the social registry hear and say? Frozen, only the fields used here: of referrals, and of entries."""

from __future__ import annotations

from services.social_registry.messages.entries import (
    ChildEntryClosed,
    ChildEntryListed,
    RegisterAct,
    RegisterEntryAssessed,
    RegisterEntryClosed,
    RegisterEntryOpened,
    RegisterEntryReviewed,
)
from services.social_registry.messages.referrals import (
    CapacityPublished,
    ChildNoticeIssued,
    ChildNoticeWithdrawn,
    GuestArrived,
    HoldEnded,
    NoticeDecided,
    OpenFacility,
    PlaceHeld,
    ReferralRefused,
    ShelterHoldConfirmed,
    ShelterReferralIssued,
    ShelterReferralWithdrawn,
    StaffAct,
    VictimCardSealed,
    Withdrawal,
    WithdrawalAcknowledged,
)

__all__ = [
    "CapacityPublished",
    "ChildEntryClosed",
    "ChildEntryListed",
    "ChildNoticeIssued",
    "ChildNoticeWithdrawn",
    "GuestArrived",
    "HoldEnded",
    "NoticeDecided",
    "OpenFacility",
    "PlaceHeld",
    "ReferralRefused",
    "RegisterAct",
    "RegisterEntryAssessed",
    "RegisterEntryClosed",
    "RegisterEntryOpened",
    "RegisterEntryReviewed",
    "ShelterHoldConfirmed",
    "ShelterReferralIssued",
    "ShelterReferralWithdrawn",
    "StaffAct",
    "VictimCardSealed",
    "Withdrawal",
    "WithdrawalAcknowledged",
]
