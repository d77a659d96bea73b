"""What can be ordered about an erasure, and what is kept of it? Frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbing.service import Key


TASK = "erasure"  # of the second person


@dataclass(frozen=True)
class Terms:
    """The numbers in force on a day; see terms.toml."""

    in_force_from: date
    delay: timedelta
    approval: timedelta
    again: timedelta
    reasons: tuple[str, ...]


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
class ErasureKept:
    """How the latest erasure asked for about this person stands: requested, approved, cancelled or done."""

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

    @property
    def fact(self) -> Key:
        return "erasure", self.person_id

    @property
    def runs(self) -> bool:
        """Nothing is gone yet: it can be taken back."""
        return self.state in ("requested", "approved")


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
