"""Which grade of risk stands for the one a need is about, and what does it change? Deadlines and order; never whether. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbing.service import Key
    from services.referral_router.facts import Need, Report
    from services.referral_router.risks import Risk

Known = Mapping["Key", Any]
GRADES = ("standard", "medium", "high", "extreme")  # what is not graded, or not known, is ordered as medium: unknown is no no
AWAY = ("high", "extreme")  # at these, and only at her wish, a place outside her region is asked first
HERS = ("shelter", "offer_help", "child_help", "child_notice")  # no grade ever reaches a need of the respondent


def rank(grade: str) -> int:
    return GRADES.index(grade) if grade in GRADES else GRADES.index("medium")


def grade_of(kind: str, subject_ref: str, facts: Known) -> str:
    """The highest that stands for any report in force about her or her home; empty if she was never graded."""
    if kind not in HERS:
        return ""
    return max((risk.grade for risk in risks_of(subject_ref, facts)), key=rank, default="")


def risks_of(ref: str, facts: Known) -> list[Risk]:
    """Of the reports in force about this victim or household."""
    reports: list[Report] = [facts["report", one] for one in facts.get(("reports of", ref), ())]
    hers = [one.content for one in reports if one.active and ref in (one.content.victim_ref, one.content.household_ref)]
    return [risk for risk in (facts.get(("risk", one.report_id)) for one in hers) if risk is not None]


def starts_away(need: Need, facts: Known) -> bool:
    """She said that she wants to leave her region, and the risk is high."""
    return need.grade in AWAY and any(risk.leaves_region for risk in risks_of(need.subject_ref, facts))
