"""What must be known to decide about a bed or an examination, and how does an event change it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from plumbing.sealing import KeyPair
from plumbing.service import Facts, Key
from services.health_narcology.messages import CapacityPublished

OCCUPYING = ("held", "confirmed", "brought", "admitted", "extended")  # a bed is kept
CARD_STATES = (*OCCUPYING, "decided")  # a one-time key exists, and a card can be read with it
LIVE = (*CARD_STATES, "waiting")


@dataclass(frozen=True)
class Facility:
    """A detox centre with its free beds by number, or a narcology organisation, which lends none."""

    code: str
    region: str
    kind: str
    beds_free: tuple[int, ...]
    is_open: bool
    sequence: int


@dataclass(frozen=True)
class Referral:
    """One attempt at a need, as this agency knows it; held, brought and admitted each have a time of their own.

    bed: the number of the bed it has or had, 0 for none. until: the end of the hold, or when an answer is due.
    code: why it was refused; a code given at the door stays in this database.
    """

    need_id: str
    attempt: int
    kind: str
    facility_code: str
    state: str
    bed: int
    intoxication: str
    basis: str
    until: datetime
    asked_at: datetime
    held_at: datetime | None = None
    brought_at: datetime | None = None
    admitted_at: datetime | None = None
    ended_at: datetime | None = None
    code: str = ""
    sealed: bytes | None = None
    public_key: bytes | None = None


@dataclass(frozen=True)
class FacilityOpened:
    facility: Facility


@dataclass(frozen=True)
class ReferralKept:
    """The referral stands like this from now on; a pair of keys comes with an acceptance."""

    referral: Referral
    keys: KeyPair | None = None


def evolve(facts: Mapping[Key, Any], event: Any) -> Facts:
    """The facts that this event changes, as they stand after it."""
    if isinstance(event, FacilityOpened):
        return {("facility", event.facility.code): event.facility}
    if isinstance(event, CapacityPublished):
        facility = facts["facility", event.facility_code]
        return {("facility", facility.code): replace(facility, sequence=event.sequence)}
    if isinstance(event, ReferralKept):
        return _with_referral(facts, event.referral)
    return {}


def with_bed(facility: Facility, bed: int) -> Facility:
    """The centre as it stands with this bed free."""
    return replace(facility, beds_free=tuple(sorted({*facility.beds_free, bed})))


def without_bed(facility: Facility, bed: int) -> Facility:
    """The centre as it stands with this bed taken."""
    return replace(facility, beds_free=tuple(number for number in facility.beds_free if number != bed))


def _with_referral(facts: Mapping[Key, Any], referral: Referral) -> Facts:
    changed: Facts = {("referral", referral.need_id): referral}
    if referral.bed:
        change = without_bed if referral.state in OCCUPYING else with_bed
        changed["facility", referral.facility_code] = change(facts["facility", referral.facility_code], referral.bed)
    return changed
