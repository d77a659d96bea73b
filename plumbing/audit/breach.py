"""By when must a breach be told, and who was touched by it?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from plumbing.audit.context import settings


def deadline(known_at: datetime) -> datetime:
    """The end of the last business day on which it may still be told; the day on which it was found does not count."""
    told = settings()
    zone = ZoneInfo(told["zone"])
    day, left = known_at.astimezone(zone).date(), told["breach"]["business_days"]
    while left:
        day += timedelta(days=1)
        left -= is_business_day(day)
    return datetime.combine(day, time(23, 59, 59), zone)


def is_business_day(day: date) -> bool:
    """Monday to Friday, but no holiday; raises LookupError for a year whose holidays nobody has written down."""
    days_off = settings()["days_off"]
    if str(day.year) not in days_off:
        raise LookupError(f"the holidays of {day.year} are not in plumbing/audit/audit.toml: add them, then ask again.")
    return day.weekday() < 5 and str(day) not in days_off[str(day.year)]


def report(touched: Sequence[tuple[Any, ...]], known_at: datetime, people: Sequence[str] = ()) -> dict[str, Any]:
    """What the notice needs: how many and which, who the people are, and until when it must be given."""
    rows = [
        {"kind": kind, "id": name, "times": times, "first": first.isoformat(), "last": last.isoformat()}
        for kind, name, times, first, last in touched
    ]
    return {"tell_by": deadline(known_at).isoformat(), "objects": len(rows), "people": list(people), "touched": rows}
