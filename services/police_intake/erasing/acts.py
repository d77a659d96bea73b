"""What can be ordered about an erasure, and what is kept of it? Frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbing.service import Key


TASK = "erasure"  # of the second person
SOCIAL, HEALTH = "social_registry", "health_narcology"
HOLDERS = (HEALTH, SOCIAL)  # who may hold a card, by name
DONE, COMPLETE = "done", "complete"


@dataclass(frozen=True)
class Terms:
    """The numbers in force on a day; see terms.toml."""

    in_force_from: date
    delay: timedelta
    approval: timedelta
    again: timedelta
    reasons: tuple[str, ...]
    answer: timedelta


@dataclass(frozen=True)
class RequestErasure:
    """Command: everything that says who this person is shall go."""

    person_id: str
    by: str
    reason: str
    actor: str = ""  # who is signed in, if anybody is


@dataclass(frozen=True)
class ApproveErasure:
    """Command: a second person agrees; from then on the days run."""

    person_id: str
    by: str
    actor: str = ""


@dataclass(frozen=True)
class CancelErasure:
    """Command: within the days either of them, or a third, takes it back."""

    person_id: str
    by: str


@dataclass(frozen=True)
class CardErasureAcknowledged:
    """This holder has destroyed the key of the card, or had none."""

    event = "referral_router.CardErasureAcknowledged"
    report_id: str
    need_id: str
    service: str


@dataclass(frozen=True)
class Holder:
    """Who was told to destroy the card of a need, until when an answer is awaited, and when it came."""

    service: str
    need_id: str
    due_at: datetime
    acknowledged_at: datetime | None = None


@dataclass(frozen=True)
class Answers:
    """All cards that one agency was told to destroy."""

    service: str
    cards: tuple[Holder, ...]

    @property
    def heard(self) -> list[datetime]:
        """When it acknowledged each of those that it did, earliest first."""
        return sorted(one.acknowledged_at for one in self.cards if one.acknowledged_at is not None)

    @property
    def all_heard(self) -> bool:
        return len(self.heard) == len(self.cards)

    @property
    def due_at(self) -> datetime:
        return max(one.due_at for one in self.cards)


@dataclass(frozen=True)
class ErasureKept:
    """How the latest erasure asked for about this person stands: requested, approved, cancelled, done or complete."""

    person_id: str
    state: str
    reason: str
    requested_by: str
    requested_at: datetime
    approved_by: str = ""
    due_at: datetime | None = None
    requested_actor: str = ""
    approved_actor: str = ""
    approved_at: datetime | None = None
    ended_at: datetime | None = None
    ended_by: str = ""  # who took it back; nobody ends one that is done
    holders: tuple[Holder, ...] = ()

    @property
    def fact(self) -> Key:
        return "erasure", self.person_id

    @property
    def runs(self) -> bool:
        """Nothing is gone yet: it can be taken back."""
        return self.state in ("requested", "approved")

    @property
    def silent(self) -> tuple[str, ...]:
        """Which holders have not acknowledged yet, by name."""
        return tuple(sorted({one.service for one in self.holders if one.acknowledged_at is None}))

    @property
    def completed_at(self) -> datetime | None:
        """When the last holder acknowledged; null while one is silent, or if nobody was told."""
        heard = [one.acknowledged_at for one in self.holders if one.acknowledged_at is not None]
        return max(heard) if heard and not self.silent else None

    @property
    def answers(self) -> list[Answers]:
        """How far each agency has come, by name."""
        told = {name: [one for one in self.holders if one.service == name] for name in HOLDERS}
        return [Answers(name, tuple(cards)) for name, cards in told.items() if cards]


@dataclass(frozen=True)
class PersonErased:
    """Kept: the keys of these rows, reports and records are destroyed; `locks` name what they were locked by."""

    people: tuple[str, ...]
    reports: tuple[str, ...]
    records: tuple[str, ...]
    locks: tuple[str, ...]


@dataclass(frozen=True)
class RecordAbout:
    """A record that is no report and bears this person: by number or birth date (`surely`), or by name alone."""

    held_id: str
    verdict: str
    is_open: bool
    surely: bool
    kept_at: datetime


def terms_of(law: Any, now: datetime) -> Terms:
    """Those in force on that day."""
    in_force: list[Terms] = [one for one in law.erasing if one.in_force_from <= now.date()]
    return max(in_force, key=lambda one: one.in_force_from)
