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
CARD_STATES = (*OCCUPYING, "decided", "in_case")  # a one-time key exists, and a card can be read with it
LIVE = (*CARD_STATES, "waiting")
IN_BED = ("offered", "hospitalised")  # states of a case that keep a treatment bed


@dataclass(frozen=True)
class Facility:
    """A detox centre or treatment facility with its free beds by number, or a narcology organisation, which lends none.

    beds_before: beds still taken by patients from before this service began.
    """

    code: str
    region: str
    kind: str
    beds_free: tuple[int, ...]
    is_open: bool
    sequence: int
    beds_before: tuple[int, ...] = ()


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
class Case:
    """A treatment case, begun by a narcologist on one attempt at a need; transitions_of_cases.toml says how it may move.

    since: when it came into its state. bed: the number of the bed it has, 0 for none. stay: how many beds it has had.
    anywhere: a bed in any region will do. contested: the report behind it was taken back, and the court has not answered yet.
    erase_at_end: he was erased where he is known; the card stays readable for the court until the case ends.
    """

    need_id: str
    attempt: int
    region: str
    clinic_code: str
    state: str
    began_at: datetime
    since: datetime
    facility_code: str = ""
    bed: int = 0
    stay: int = 0
    code: str = ""
    months: int = 0
    anywhere: bool = False
    contested: bool = False
    in_force_at: datetime | None = None
    until: datetime | None = None
    ended_at: datetime | None = None
    erase_at_end: bool = False


@dataclass(frozen=True)
class CaseKept:
    """The case stands like this from now on."""

    case: Case


@dataclass(frozen=True)
class BedLeft:
    """A patient from before this service began has left a treatment bed."""

    facility_code: str


@dataclass(frozen=True)
class FacilityOpened:
    facility: Facility


@dataclass(frozen=True)
class ReferralKept:
    """The referral stands like this from now on; a pair of keys comes with an acceptance."""

    referral: Referral
    keys: KeyPair | None = None


@dataclass(frozen=True)
class CardForgotten:
    """The key that opened the need's card is destroyed; the referral goes on without a name."""

    need_id: str


def evolve(facts: Mapping[Key, Any], event: Any) -> Facts:
    """The facts that this event changes, as they stand after it."""
    if isinstance(event, FacilityOpened):
        return _with_facility(facts, event.facility)
    if isinstance(event, CapacityPublished):
        facility = facts["facility", event.facility_code]
        return {("facility", facility.code): replace(facility, sequence=event.sequence)}
    if isinstance(event, ReferralKept):
        return _with_referral(facts, event.referral)
    if isinstance(event, CaseKept):
        return _with_case(facts, event.case)
    if isinstance(event, BedLeft):
        return {("facility", event.facility_code): bed_left(facts["facility", event.facility_code])}
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


def bed_left(facility: Facility) -> Facility:
    """The facility with the first of the beds that were taken before now free."""
    first, *others = facility.beds_before
    return replace(with_bed(facility, first), beds_before=tuple(others))


def waits(case: Case) -> bool:
    """Would a free bed help? Not while the court has to be told that the report was taken back."""
    return case.state == "queued" and not case.contested


def _with_facility(facts: Mapping[Key, Any], facility: Facility) -> Facts:
    changed: Facts = {("facility", facility.code): facility}
    if facility.kind == "treatment" and ("treatment", "codes") in facts:
        changed["treatment", "codes"] = tuple(sorted({*facts["treatment", "codes"], facility.code}))
    return changed


def _with_case(facts: Mapping[Key, Any], case: Case) -> Facts:
    """Beds and queue are looked up only where they may change: then all facilities, and all who wait, are known."""
    changed: Facts = {("case", case.need_id): case}
    if ("queue", "all") not in facts:
        return changed
    ids = {*facts["queue", "all"], case.need_id}
    found = [case if one == case.need_id else facts["case", one] for one in ids]
    queue = sorted((one for one in found if waits(one)), key=lambda one: (one.in_force_at, one.need_id))
    changed["queue", "all"] = tuple(one.need_id for one in queue)
    before: Case | None = facts.get(("case", case.need_id))
    if before is not None and before.state in IN_BED and case.state not in IN_BED:
        left: Facility = facts["facility", before.facility_code]
        changed["facility", left.code] = with_bed(left, before.bed)
    if case.state in IN_BED:
        kept: Facility = facts["facility", case.facility_code]
        changed["facility", kept.code] = without_bed(kept, case.bed)
    return changed
