"""What of a person does each page show? Names of fields for the audit, never what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plumbing.audit.drafts import Seen

STATE = ("state", "region", "recorded_at")


def state(found: dict[str, Any]) -> list[Seen]:
    """What a machine gets of a report: no name."""
    return [Seen("report", found["report_id"], STATE)]


def report(found: dict[str, Any]) -> list[Seen]:
    """Of one that is erased nobody is seen."""
    return [Seen("report", found["report_id"], tuple(sorted(found["fields"])))] if found["fields"] else []


def consent(found: dict[str, Any]) -> list[Seen]:
    """What she agreed to, and on which ground anything was told without her yes."""
    return [Seen("report", found["report_id"], ("consent", "disclosures"))]


def risk(found: dict[str, Any]) -> list[Seen]:
    """What she was asked about the danger, and what she answered."""
    return [Seen("report", found["report_id"], ("risk",))]


def measures(found: dict[str, Any]) -> list[Seen]:
    """What is done about the one named in it: no name is shown, and whose report was looked at is kept."""
    return [Seen("report", found["report_id"], ("measures",))]


def papers(found: dict[str, Any], shown: Sequence[str]) -> list[Seen]:
    """Who stands on the papers of a measure; of a report that is erased nobody."""
    return [Seen("report", found["report_id"], tuple(shown))] if found["fields"] else []


def held(found: dict[str, Any]) -> list[Seen]:
    return [Seen("held", found["held_id"], tuple(sorted(found["content"])))]


def double(found: dict[str, Any]) -> list[Seen]:
    return [Seen("person", one["person_id"], ("name", "birth_date", "iin")) for one in (found["me"], *found["others"])]


def by_number(found: Sequence[tuple[Any, ...]]) -> list[Seen]:
    """Reports under one number: the birth dates tell mother and child apart."""
    return [Seen("report", row[0], ("victim.birth_date",)) for row in found]
