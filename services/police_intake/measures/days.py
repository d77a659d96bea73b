"""On which days is a rule asked, and how old is somebody on the day of an act? As a clock here shows it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from services.police_intake.journal.moments import KAZAKHSTAN

if TYPE_CHECKING:
    from services.police_intake.measures.lives import Asked


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
