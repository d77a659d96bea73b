"""How is a time shown? On Kazakhstan's one clock, with its zone named, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from markupsafe import Markup

from plumbing.texts import N_, NN_

if TYPE_CHECKING:
    from plumbing.languages import Speech

ZONE = ZoneInfo("Asia/Almaty")  # UTC+5 everywhere since 1 March 2024; older times as they were then
_IN = (N_("in %(length)s"), N_("%(length)s ago"))
_LATE = N_("late by %(length)s")
_DAYS = NN_("%(num)d day", "%(num)d days")
_HOURS, _MINUTES, _NOW = N_("%(hours)d h %(minutes)d min"), N_("%(minutes)d min"), N_("now")


def filters(speech: Speech) -> dict[str, Callable[..., Markup]]:
    """For templates: each speaks this language."""
    return {work.__name__: partial(work, speech) for work in (moment, day, due, since)}


def moment(speech: Speech, at: datetime | None) -> Markup:
    """Day, clock and zone: 24 Nov 2026, 10:06 UTC+5."""
    return _tagged(at, _clocked(speech, at, "d MMM y, HH:mm")) if at else Markup("–")


def day(speech: Speech, on: date | datetime | None) -> Markup:
    if on is None:
        return Markup("–")
    local = on.astimezone(ZONE).date() if isinstance(on, datetime) else on
    return Markup('<time datetime="{}">{}</time>').format(local.isoformat(), format_date(local, "long", locale=speech.locale))


def due(speech: Speech, at: datetime | None, now: datetime) -> Markup:
    """How long until then, or since, with the clock: in 2 h 10 min (10:06 UTC+5)."""
    if at is None:
        return Markup("–")
    text = _LATE if at < now else _IN[0]
    same_day = at.astimezone(ZONE).date() == now.astimezone(ZONE).date()
    clock = _clocked(speech, at, "HH:mm" if same_day else "d MMM, HH:mm")
    minutes = round(abs((at - now).total_seconds()) / 60)
    told = speech.say(text, length=_length(speech, minutes)) if minutes else speech.say(_NOW)
    return _tagged(at, f"{told} ({clock})")


def since(speech: Speech, at: datetime, now: datetime) -> Markup:
    minutes = max(0, round((now - at).total_seconds() / 60))
    return _tagged(at, speech.say(_IN[1], length=_length(speech, minutes)) if minutes else speech.say(_NOW))


def _length(speech: Speech, minutes: int) -> str:
    """The two largest units at most; Babel would give one, and a deadline needs both."""
    if minutes >= 48 * 60:
        return speech.plural(*_DAYS, round(minutes / (24 * 60)))
    if minutes >= 60:
        return speech.say(_HOURS, hours=minutes // 60, minutes=minutes % 60)
    return speech.say(_MINUTES, minutes=minutes)


def _clocked(speech: Speech, at: datetime, pattern: str) -> str:
    local = at.astimezone(ZONE)
    hours = int((local.utcoffset() or local - local).total_seconds() // 3600)
    return f"{format_datetime(local, pattern, locale=speech.locale)} UTC{hours:+d}"


def _tagged(at: datetime, text: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(timespec="seconds"), text)
