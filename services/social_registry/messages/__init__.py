"""What does the social registry hear and say? Frozen, only the fields used here: of referrals, cards and entries."""

from __future__ import annotations

from services.social_registry.messages.cards import (
    CardDestroyed,
    CardErasureAcknowledged,
    CardWithdrawn,
    VictimCardErased,
    VictimCardSealed,
)
from services.social_registry.messages.counts import LifeCounted, PlacesCounted
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
    AcknowledgeSafety,
    CapacityPublished,
    ChildNoticeIssued,
    ChildNoticeWithdrawn,
    GuestArrived,
    HoldEnded,
    NoticeDecided,
    OffenderStatusForSafety,
    OpenFacility,
    PlaceHeld,
    ReferralRefused,
    ShelterHoldConfirmed,
    ShelterReferralIssued,
    ShelterReferralWithdrawn,
    StaffAct,
    Withdrawal,
    WithdrawalAcknowledged,
)

__all__ = [
    "AcknowledgeSafety",
    "CapacityPublished",
    "CardDestroyed",
    "CardErasureAcknowledged",
    "CardWithdrawn",
    "ChildEntryClosed",
    "ChildEntryListed",
    "ChildNoticeIssued",
    "ChildNoticeWithdrawn",
    "GuestArrived",
    "HoldEnded",
    "LifeCounted",
    "NoticeDecided",
    "OffenderStatusForSafety",
    "OpenFacility",
    "PlaceHeld",
    "PlacesCounted",
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
    "VictimCardErased",
    "VictimCardSealed",
    "Withdrawal",
    "WithdrawalAcknowledged",
]
