"""Which cards follow when a report says otherwise, or something is allowed to be told? Pure."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence
from typing import Any, cast

from plumbing.service import Key, Moment
from services.police_intake.consent.covering import card
from services.police_intake.facts import KnownReport, ReportKept

Known = Mapping[Key, Any]


def cards_again(report: KnownReport, content_hash: str, known: tuple[Known, Moment]) -> Sequence[Any]:
    """Whoever holds a key gets a new card; on what it rests is asked of the new content, and of her say as it stands now."""
    facts, moment = known
    return [
        said
        for need in facts.get(("needs of", report.report_id), ())
        if need.public_key is not None
        for said in card(
            (need.kind, need.need_id), facts.get(("card", f"{need.need_id}/{content_hash}"), ()), report, (facts, moment.now)
        )
    ]


def as_it_stands(report_id: str, events: Sequence[Any], facts: Known) -> tuple[KnownReport, Known]:
    """The report, and what is known, after these events: a card that follows them rests on what they say."""
    kept = [event.report for event in events if isinstance(event, ReportKept)]
    after = {event.fact: event for event in events if hasattr(event, "fact")}
    return (kept[-1] if kept else facts["report", report_id]), ChainMap(after, cast(Any, facts))
