"""What is the law asked about: one report, the same respondent's other reports, and the time? Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from services.referral_router.messages import ReportContent

LOCAL = timezone(timedelta(hours=5))  # all statutory clocks run in UTC+5
Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """One report, the respondent's other active reports, and the time of asking."""

    content: ReportContent
    history: tuple[ReportContent, ...]
    now: datetime

    def days(self) -> dict[str, date]:
        return {"occurred": local_day(happened(self.content)), "recorded": local_day(self.content.recorded_at)}

    def is_fresh(self, hours: float | None) -> bool:
        return hours is None or self.now - self.content.recorded_at <= timedelta(hours=hours)

    def earlier(self, window_days: float | None = None) -> list[ReportContent]:
        """The respondent's reports of what happened before this, within the window if there is one."""
        last = happened(self.content)
        before = [one for one in self.history if happened(one) <= last]
        return before if window_days is None else [one for one in before if last - happened(one) <= timedelta(days=window_days)]


def happened(content: ReportContent) -> datetime:
    return content.occurred_at or content.recorded_at


def local_day(moment: datetime) -> date:
    return moment.astimezone(LOCAL).date()
