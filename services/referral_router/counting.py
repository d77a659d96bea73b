"""What does the router let be counted of reports and needs? Pure: (facts before, event, now) → counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from plumbing.counting import cut_to_hour
from plumbing.regions import COUNTRY, REGIONS, TOLD_APART
from plumbing.service import Key
from services.referral_router.facts import COURT, AttemptEnded, Need, NeedKept, Report, ReportAssessed
from services.referral_router.moves import VISIBLE
from services.referral_router.said import AssessmentCounted, NeedCounted

ANSWERED_WELL = ("held", "decided")  # counted with the move of the need itself


def counted(facts: Mapping[Key, Any], event: Any, now: datetime) -> Sequence[Any]:
    """One count a first assessment or taking back, a visible move of a need, or an attempt that came to nothing."""
    if isinstance(event, ReportAssessed):
        return _assessed(facts.get(("report", event.report.content.report_id)), event.report)
    if isinstance(event, NeedKept):
        return _moved(facts.get(("need", event.need.need_id)), event.need, now)
    if isinstance(event, AttemptEnded) and event.outcome not in ANSWERED_WELL:
        need: Need = facts["need", event.need_id]
        return (_need(need, (_stands(need),) * 2, event.outcome, now),)
    return ()


def _assessed(before: Report | None, after: Report) -> Sequence[AssessmentCounted]:
    outcome = "assessed" if before is None else "assessed_anew" if after.active else "taken_back"
    return (AssessmentCounted(after.content.region, cut_to_hour(after.content.recorded_at), outcome),)


def _moved(before: Need | None, after: Need, now: datetime) -> Sequence[NeedCounted]:
    states = (_stands(before) if before else "", _stands(after))
    return (_need(after, states, "", now),) if states[0] != states[1] else ()


def _stands(need: Need) -> str:
    """How the need stands for all to count; a narcologist has answered it, and health counts the case that follows."""
    return "closed" if need.state in COURT else VISIBLE[need.state]


def _need(need: Need, states: tuple[str, str], code: str, now: datetime) -> NeedCounted:
    waited = max((now - (need.opened_at or now)) // timedelta(hours=1), 0)
    return NeedCounted(_region(need), need.kind, *states, code, waited, cut_to_hour(now))


def _region(need: Need) -> str:
    """A centre of the own region is asked first: where one or two stand, the region would tell where she is."""
    nearly_an_address = need.kind == "shelter" and need.region in REGIONS and need.region not in TOLD_APART
    return COUNTRY if nearly_an_address else need.region
