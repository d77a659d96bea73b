"""What does the router hear and keep of her say: what she agrees to, takes back, or what was decided without her? Frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plumbing.service import Facts, Key


@dataclass(frozen=True)
class ConsentGiven:
    event = "police_intake.ConsentGiven"
    report_id: str
    version: int
    purposes: tuple[str, ...]
    recipients: tuple[str, ...]
    until: datetime


@dataclass(frozen=True)
class ConsentWithdrawn:
    event = "police_intake.ConsentWithdrawn"
    report_id: str
    version: int


@dataclass(frozen=True)
class DisclosureAllowed:
    event = "police_intake.DisclosureAllowed"
    report_id: str
    version: int
    reason: str
    until: datetime


@dataclass(frozen=True)
class CardDestroyed:
    """A holder has destroyed the key of her card; with a new one, it asks for what the law lets be told."""

    event = "social_registry.CardDestroyed"
    need_id: str
    attempt: int
    public_key: bytes | None


@dataclass(frozen=True)
class HerSay:
    """What stands of her say about one report; nothing is kept about a report that said yes before there were contracts.

    version 0: she was never asked within a notice. disclosed: which disclosure without her consent stands; 0 for none.
    """

    report_id: str
    version: int = 0
    state: str = ""
    purposes: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    until: datetime | None = None
    disclosed: int = 0
    reason: str = ""
    disclosed_until: datetime | None = None

    @property
    def fact(self) -> Key:
        return "her say", self.report_id


@dataclass(frozen=True)
class HolderTold:
    """A holder was told that she agrees no longer, and has destroyed the key of her card or not yet."""

    need_id: str
    report_id: str
    version: int
    attempt: int
    acknowledged: bool = False

    def among(self, facts: Mapping[Key, Any]) -> Facts:
        """All that this holder was told, oldest first, as it stands now: of two withdrawals each is acknowledged."""
        known = told_of(self.need_id, facts)
        mine = [one for one in known if (one.report_id, one.version) == (self.report_id, self.version)]
        told = [self if one in mine else one for one in known]
        return {("holders told", self.need_id): tuple(told if mine else [*known, self])}


def told_of(need_id: str, facts: Mapping[Key, Any]) -> tuple[HolderTold, ...]:
    """What the holder of this need was told; a decision of earlier days saw the last of it alone."""
    last: HolderTold | None = facts.get(("holder told", need_id))
    known: tuple[HolderTold, ...] = facts.get(("holders told", need_id), (last,) if last else ())
    return known
