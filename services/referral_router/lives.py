"""Which reports and needs belong to a life, as far as they are loaded? Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbing.service import Key
    from services.referral_router.facts import Need, Report
    from services.referral_router.messages import ReportContent

Known = Mapping["Key", Any]


def history(content: ReportContent, facts: Known, gone: str) -> tuple[ReportContent, ...]:
    if content.respondent_ref is None:
        return ()
    others = other_reports(content.respondent_ref, content.report_id, facts)
    return tuple(
        other.content
        for other in others
        if other.content.report_id != gone and other.content.respondent_ref == content.respondent_ref
    )


def other_reports(ref: str, report_id: str, facts: Known) -> list[Report]:
    found = [facts["report", one] for one in facts.get(("reports of", ref), ()) if one != report_id]
    return [report for report in found if report.active]


def needs_of(report_id: str, facts: Known) -> list[Need]:
    return needs_by(facts.get(("needs of", report_id), ()), facts)


def needs_by(ids: Iterable[str], facts: Known) -> list[Need]:
    return [facts["need", one] for one in ids]
