"""What must be known to decide about a place, a notice or an entry, and how does an event change it?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from plumbing.sealing import KeyPair
from plumbing.service import Facts, Key
from services.social_registry.messages.referrals import CapacityPublished

OCCUPYING = ("held", "confirmed", "arrived")
SAFETY = "safety_"  # tasks to tell her something begin so
WARNINGS = ("released", "absconded", "discharged", "detox_exit", "order_ending")


@dataclass(frozen=True)
class Facility:
    """A crisis centre or an akimat, and which of its places are free, by number."""

    code: str
    region: str
    kind: str
    night_free: tuple[int, ...]
    day_free: tuple[int, ...]
    admits_men: bool
    admits_boys_until: int
    accessible: bool
    is_open: bool
    sequence: int


@dataclass(frozen=True)
class Referral:
    """One attempt at a need, as this agency knows it: a place asked for, or a notice to decide."""

    need_id: str
    attempt: int
    kind: str
    facility_code: str
    state: str
    place: str
    places: tuple[int, ...]
    household_ref: str
    adults: int
    children: int
    basis: str
    until: datetime
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


@dataclass(frozen=True)
class CardForgotten:
    """The key that opened the need's card is destroyed; the referral goes on without a name."""

    need_id: str


@dataclass(frozen=True)
class Child:
    """One child entry under the entry of a home: a number, no name."""

    number: int
    state: str = "listed"
    code: str = ""


@dataclass(frozen=True)
class Entry:
    """An entry of the medico-social register: a home, the children under it, and what is due by when.

    notices: the needs whose notices it rests on. due_on: by the end of which day somebody must look, as it was last
    said on the wire. looks counts what was asked of people and names its clocks; changes counts every change, so that
    a person who acts can say which state they had before them.
    """

    entry_id: str
    household_ref: str
    facility_code: str
    region: str
    ground: str
    state: str
    level: str
    due_on: date | None
    notices: tuple[str, ...]
    children: tuple[Child, ...]
    looks: int = 1
    changes: int = 1
    code: str = ""

    @property
    def listed(self) -> int:
        return sum(child.state == "listed" for child in self.children)


@dataclass(frozen=True)
class EntryKept:
    """The entry stands like this from now on; `home` is the household under which it was known until now."""

    entry: Entry
    home: str


def evolve(facts: Mapping[Key, Any], event: Any) -> Facts:
    """The facts that this event changes, as they stand after it."""
    if isinstance(event, FacilityOpened):
        return {("facility", event.facility.code): event.facility}
    if isinstance(event, CapacityPublished):
        facility = facts["facility", event.facility_code]
        return {("facility", facility.code): replace(facility, sequence=event.sequence)}
    if isinstance(event, ReferralKept):
        return _with_referral(facts, event.referral)
    if isinstance(event, EntryKept):
        known_by_home = event.entry if event.entry.household_ref else None
        return {("entry", event.entry.entry_id): event.entry, ("home", event.home): known_by_home}
    return {}


def _with_referral(facts: Mapping[Key, Any], referral: Referral) -> Facts:
    changed: Facts = {("referral", referral.need_id): referral}
    facility = facts.get(("facility", referral.facility_code))
    if facility is not None and referral.places:
        field = f"{referral.place}_free"
        others = set(getattr(facility, field)) - set(referral.places)
        freed = set() if referral.state in OCCUPYING else set(referral.places)
        changed["facility", facility.code] = replace(facility, **{field: tuple(sorted(others | freed))})
    return changed
