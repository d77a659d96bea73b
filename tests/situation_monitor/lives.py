"""What do the tests of counting have in common: a report, a need, and a life nobody has heard of yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from services.police_intake.facts import KnownReport, ReportKept
from services.police_intake.report import (
    Channel,
    Consent,
    Injury,
    Intoxication,
    PersonFields,
    Relation,
    Reporter,
    ReportFields,
    SafeContact,
)
from services.referral_router.facts import Need
from services.referral_router.messages import ReportContent

NOON = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Case:
    case_id: str
    state: str


@dataclass(frozen=True)
class CaseKept:
    case: Case


def report_kept(version: int = 1, recorded_at: datetime = NOON, territory: str | None = None) -> ReportKept:
    fields = ReportFields(
        "1", recorded_at, None, "station", territory, "KZ-55", Channel.CALL_102, Reporter.VICTIM, PersonFields(),
        PersonFields(), Relation.SPOUSE, Intoxication.NONE, (), Injury.NONE, None, None, 0, None, Consent.YES, SafeContact(),
        "", "", "", "",
    )
    report = KnownReport("r", "id", version, True, "v", None, "h", None, recorded_at, "", "yes", "KZ-55")
    return ReportKept(report, fields, {}, "hash", ())


def content() -> ReportContent:
    return ReportContent(
        "r", 1, "v", None, "h", "KZ-55", NOON, None, "spouse", "none", 0, "adult", "female", "unknown", "yes", False
    )


def need(**changes: Any) -> Need:
    known = {
        "need_id": "n", "report_id": "r", "kind": "shelter", "subject_ref": "v", "region": "KZ-55", "adults": 1, "children": 0,
        "guest_sex": "female", "guest_age": "adult", "intoxication": "none", "rule_id": "rule", "basis": "basis",
        "state": "asked", "queue": "", "attempt": 1, "facility_code": "cc-1", "tried": ("cc-1",), "round_from": 0, "sequence": 1,
    }
    return Need(**{**known, **changes})
