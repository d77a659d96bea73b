"""What does the router hear and keep of her say: what she agrees to, takes back, or what was decided without her? Frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plumbing.service import Key


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

    @property
    def fact(self) -> Key:
        return "holder told", self.need_id
