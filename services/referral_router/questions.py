"""Which questions does the law ask of a case? Pure; each answers yes or no and says what it looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from services.referral_router.messages import ReportContent

LOCAL = timezone(timedelta(hours=5))  # all statutory clocks run in UTC+5
INTOXICATED = ("alcohol", "drugs")
Parameters = Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """One report, the respondent's other active reports, and the time of asking."""

    content: ReportContent
    history: tuple[ReportContent, ...]
    now: datetime

    def days(self) -> dict[str, date]:
        occurred = self.content.occurred_at or self.content.recorded_at
        return {"occurred": _day(occurred), "recorded": _day(self.content.recorded_at)}

    def is_fresh(self, hours: float | None) -> bool:
        return hours is None or self.now - self.content.recorded_at <= timedelta(hours=hours)


def victim_agreed_to_help(parameters: Parameters, case: Case) -> tuple[bool, str]:
    content = case.content
    met = content.consent == "yes" and content.victim_age != "child"
    return met, f"consent {content.consent}, victim {content.victim_age}"


def victim_has_not_agreed(parameters: Parameters, case: Case) -> tuple[bool, str]:
    content = case.content
    met = content.consent != "yes" and content.victim_age != "child"
    return met, f"consent {content.consent}, victim {content.victim_age}"


def victim_is_a_child(parameters: Parameters, case: Case) -> tuple[bool, str]:
    return case.content.victim_age == "child", f"victim {case.content.victim_age}"


def reported_the_other_way_round(parameters: Parameters, case: Case) -> tuple[bool, str]:
    return case.content.mirrored, "mirrored within 72 hours" if case.content.mirrored else "not mirrored"


def respondent_seen_intoxicated(parameters: Parameters, case: Case) -> tuple[bool, str]:
    content = case.content
    met = (
        content.respondent_ref is not None
        and content.intoxication in INTOXICATED
        and content.respondent_age != "child"
        and not content.mirrored
        and case.is_fresh(parameters["fresh_hours"])
    )
    return met, f"intoxication {content.intoxication}, respondent {content.respondent_age}"


def repeated_under_influence(parameters: Parameters, case: Case) -> tuple[bool, str]:
    content = case.content
    if content.respondent_ref is None or content.mirrored or content.respondent_age == "child":
        return False, "respondent unknown, a child, or mirrored"
    last = _happened(content)
    first = last - timedelta(days=parameters["window_days"])
    seen = [one for one in (*case.history, content) if one.intoxication in INTOXICATED and first <= _happened(one) <= last]
    met = content.intoxication in INTOXICATED and len(seen) >= parameters["reports_min"]
    return met, f"{len(seen)} reports under influence within {parameters['window_days']} days"


def children_at_home(parameters: Parameters, case: Case) -> tuple[bool, str]:
    content = case.content
    met = bool(content.children) or content.victim_age == "child"
    return met, f"children {content.children if content.children is not None else 'unknown'}, victim {content.victim_age}"


QUESTIONS = {
    question.__name__: question
    for question in (
        victim_agreed_to_help, victim_has_not_agreed, victim_is_a_child, reported_the_other_way_round,
        respondent_seen_intoxicated, repeated_under_influence, children_at_home,
    )
}


def _happened(content: ReportContent) -> datetime:
    return content.occurred_at or content.recorded_at


def _day(moment: datetime) -> date:
    return moment.astimezone(LOCAL).date()
