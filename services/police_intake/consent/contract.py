"""What did she agree to, out of which notice, for how long, and what does that cover? Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbing.service import Key
    from services.police_intake.erasing.acts import Terms as ErasingTerms
    from services.police_intake.risk.grid import Grids

KAZAKHSTAN = timezone(timedelta(hours=5))  # one zone in the whole country
GIVEN, REFUSED, WITHDRAWN = "given", "refused", "withdrawn"
ALL_CLASSES = ("name", "birth_date", "safe_contact", "phone")
PURPOSE = {"shelter": "shelter", "child_notice": "family_support"}  # kind of need → for what its card is used
RECIPIENT = {"shelter": "crisis_centre", "child_notice": "akimat"}  # kind of need → who reads it
AS_RECORDED = "as_recorded"  # a journal or a machine says that she agreed: certain is only that it says so
HOWS = ("spoken", "signed", "telephone")


@dataclass(frozen=True)
class Notice:
    """What she was told: the upper bound of what she can agree to."""

    id: str
    version: int
    in_force_from: date
    in_force_until: date | None
    citation: str
    certainty: str
    purposes: tuple[str, ...]
    recipients: tuple[str, ...]
    data_classes: tuple[str, ...]
    term_days: int
    ask_again_days: int
    text: Mapping[str, str]

    @property
    def name(self) -> str:
        return f"{self.id}/{self.version}"


@dataclass(frozen=True)
class Ground:
    """One ground of the closed list on which something may be told without her yes."""

    code: str
    in_force_from: date
    citation: str
    certainty: str
    hours: int
    review_hours: int
    data_classes: tuple[str, ...]


@dataclass(frozen=True)
class Terms:
    """What she chose out of a notice, in which language it was given to her, and how she said so."""

    notice: str
    language: str
    purposes: tuple[str, ...]
    recipients: tuple[str, ...]
    data_classes: tuple[str, ...]
    term_days: int
    how: str


@dataclass(frozen=True)
class Contract:
    """One say of hers about one report. Never changed: what she says next is the next version.

    state: given, refused (asked, and she said no) or withdrawn. source: form, journal or machine.
    handed_card: at a refusal, was the card with the telephone numbers of help left with her.
    """

    report_id: str
    version: int
    state: str
    terms: Terms
    until: datetime | None
    asked_apart: bool | None
    by: str
    source: str
    handed_card: bool = False
    said_at: datetime | None = None

    @property
    def fact(self) -> Key:
        return "consent", self.report_id

    @property
    def is_given(self) -> bool:
        return self.state == GIVEN

    def covers(self, kind: str, classes: tuple[str, ...], now: datetime) -> bool:
        """Purpose, receiver, classes of data and term, all of them."""
        if self.state != GIVEN or self.until is None or now >= self.until:
            return False
        return for_kind(kind, self.terms) and set(classes) <= set(self.terms.data_classes)


@dataclass(frozen=True)
class Law:
    """Notices, grounds, terms of erasing and registering, grids of risk, lives of measures: what decides, as dated data."""

    notices: tuple[Notice, ...]
    grounds: Mapping[str, Ground]
    digest: str
    erasing: tuple[ErasingTerms, ...] = ()
    grids: Grids | None = None
    measures: Any = None  # MeasureLaw
    registration: Any = None  # Duty

    def current(self, now: datetime) -> Notice:
        """The notice that is given to whoever is asked on this day; before there was any, the oldest."""
        day = local_day(now)
        inside = [one for one in self.notices if one.in_force_from <= day and (one.in_force_until or day) >= day]
        return inside[0] if inside else min(self.notices, key=lambda one: one.in_force_from)

    @cached_property
    def scopes(self) -> list[tuple[str, ...]]:
        """Every set of classes that a notice asks for, largest first."""
        return sorted({ALL_CLASSES, *(one.data_classes for one in self.notices)}, key=len, reverse=True)


def local_day(now: datetime) -> date:
    """The day in Kazakhstan: notices and grounds begin at its midnight."""
    return now.astimezone(KAZAKHSTAN).date()


def whole(notice: Notice, language: str, how: str) -> Terms:
    """All that a notice asks for."""
    return Terms(notice.name, language, notice.purposes, notice.recipients, notice.data_classes, notice.term_days, how)


def for_kind(kind: str, terms: Terms) -> bool:
    """Do these terms name the purpose and the receiver of this kind of need?"""
    return PURPOSE[kind] in terms.purposes and RECIPIENT[kind] in terms.recipients


def beyond(notice: Notice, terms: Terms) -> str:
    """What these terms hold that the notice does not, in words; empty if they are a part of it."""
    if terms.notice != notice.name:
        return f"she was given notice {terms.notice}, and {notice.name} is in force today: give her that one"
    wanted = {
        "purpose": set(terms.purposes) - set(notice.purposes), "receiver": set(terms.recipients) - set(notice.recipients),
        "class of data": set(terms.data_classes) - set(notice.data_classes),
    }
    for what, more in wanted.items():
        if more:
            return f"the notice names no {what} {min(more)}: she cannot agree to more than she was told"
    if not 0 < terms.term_days <= notice.term_days:
        return f"the notice is given for at most {notice.term_days} days"
    return "" if terms.how in HOWS or terms.how == AS_RECORDED else "say how she agreed: spoken, signed or by telephone"


def ends(start: datetime, terms: Terms) -> datetime:
    """Cut to the hour: the moment she spoke is nobody's but hers."""
    return (start + timedelta(days=terms.term_days)).replace(minute=0, second=0, microsecond=0)
