"""On which days is a rule asked, how old is somebody then, and when does a term end? As a clock here shows it. Pure."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from services.police_intake.journal.moments import KAZAKHSTAN

if TYPE_CHECKING:
    from services.police_intake.measures.asked import Asked


def days_of(asked: Asked) -> Mapping[str, date]:
    """The days by which rules are dated."""
    moments = {"occurred": asked.measure.began_at, "recorded": asked.now}
    return {name: moment.astimezone(KAZAKHSTAN).date() for name, moment in moments.items()}


def years_of(asked: Asked) -> int | None:
    """Whole years on the day of the act; None: nobody knows the birth date."""
    if asked.born is None:
        return None
    day, born = asked.measure.since.astimezone(KAZAKHSTAN).date(), asked.born
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def months_later(moment: datetime, months: int) -> datetime:
    """The same day so many months later, or the last day of a shorter month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def end_of_day(day: str) -> datetime:
    """The last day of a term belongs to it: it is over at midnight here."""
    return datetime.combine(date.fromisoformat(day) + timedelta(days=1), time(), KAZAKHSTAN).astimezone(UTC)
