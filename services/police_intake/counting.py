"""What does police intake let be counted of its reports? Pure: (facts before, event, now) → counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from plumbing.counting import Life, cut_to_hour, moved
from plumbing.service import Key
from services.police_intake.facts import ReportClosed, ReportKept
from services.police_intake.measures.lives import MeasureKept
from services.police_intake.measures.said import MeasureCounted
from services.police_intake.messages import RecordsCounted, ReportCounted
from services.police_intake.records import ImportFinished, RecordHeld, VerdictGiven

COUNTRY = "KZ"
DISTRICT_DIGITS = 4  # of a KATO code: region and district, never a village
LIVES = (Life(MeasureKept, "measure", "measure_id"),)
# What became of a report and of him. How she is told, and who is watched, is nobody's count.
COUNTED = (
    "incident_outcome", "administrative_case", "criminal_link", "protection_order", "special_requirements", "no_approach_order",
)
WITH_A_REPORT = ("accepted", "correction")  # counted with the report itself


def counted(facts: Mapping[Key, Any], event: Any, now: datetime) -> Sequence[Any]:
    """One count a report, correction or taking back, one a record that became no report, and one a measure that moves."""
    if isinstance(event, MeasureKept):
        return _moved(facts, event, now)
    if isinstance(event, ReportKept):
        return (_kept(event),)
    if isinstance(event, ReportClosed):
        report = event.report
        return (ReportCounted(report.region, "", None, cut_to_hour(report.recorded_at), "form", event.reason),)
    if isinstance(event, VerdictGiven) and event.verdict not in WITH_A_REPORT:
        return (ReportCounted(COUNTRY, "", None, cut_to_hour(now), "journal", event.verdict),)
    if isinstance(event, RecordHeld) and event.verdict == "refused":  # no record of a journal: a request at the door
        return (ReportCounted(COUNTRY, "", None, cut_to_hour(now), "form", event.verdict),)
    if isinstance(event, ImportFinished):
        return (RecordsCounted(COUNTRY, event.records, cut_to_hour(now)),)
    return ()


def _moved(facts: Mapping[Key, Any], event: MeasureKept, now: datetime) -> Sequence[MeasureCounted]:
    move = moved(LIVES, facts, event)
    if move is None or move.kind not in COUNTED:
        return ()
    return (MeasureCounted(event.measure.region, move.kind, move.from_state, move.to_state, cut_to_hour(now)),)


def _kept(event: ReportKept) -> ReportCounted:
    fields, report = event.fields, event.report
    occurred = cut_to_hour(fields.occurred_at) if fields.occurred_at else None
    outcome = "registered" if report.version == 1 else "corrected"
    district = (fields.territory or "")[:DISTRICT_DIGITS]
    return ReportCounted(report.region, district, occurred, cut_to_hour(report.recorded_at), event.source, outcome)
