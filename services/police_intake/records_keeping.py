"""What is written of records that are no report yet, and of each line of an imported journal? SQL only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from plumbing.postgres import Transaction
from services.police_intake import sealed
from services.police_intake.officer.acts import RecordClosed
from services.police_intake.records import RecordHeld, VerdictGiven
from services.police_intake.territory import if_a_station, region_of_station

Events = Sequence[tuple[Any, datetime]]


def record(tx: Transaction, events: Events) -> None:
    """What could not be taken yet, what became of it, and one verdict for each line of a journal."""
    held = [(event, at) for event, at in events if isinstance(event, RecordHeld)]
    texts = sealed.seal(tx, [sealed.record_place(event.held_id, event.content) for event, _ in held])
    tx.insert(
        "INSERT INTO held_records (held_id, verdict, reason, sealed, content_index, kept_at, extracted_at, doubts, station,"
        " region)"
        " VALUES %s ON CONFLICT (content_index) DO NOTHING",
        [
            (
                event.held_id, event.verdict, event.reason, text, sealed.index("content", event.content_hash), at,
                event.extracted_at, list(event.doubts), *_where(event.content.get("station", "")),
            )
            for (event, at), text in zip(held, texts, strict=True)
        ],
    )
    tx.insert(
        "INSERT INTO import_verdicts VALUES %s",
        [
            (event.record.run_id, event.record.record, event.verdict, list(event.doubts), event.reason, event.report_id)
            for event, _ in events
            if isinstance(event, VerdictGiven)
        ],
    )
    closed = [(event, at) for event, at in events if isinstance(event, RecordClosed)]
    tx.change(
        "UPDATE held_records SET outcome = done.outcome, report_id = done.report_id, closed_by = done.by, closed_at = done.at"
        " FROM (VALUES %s) AS done(held_id, outcome, report_id, by, at) WHERE held_records.held_id = done.held_id RETURNING 1",
        [(one.held_id, one.outcome, one.report_id, one.by, at) for one, at in closed],
    )


def _where(written: str) -> tuple[str, str]:
    """The station a record names, if it is one, and the region that its name tells."""
    station = if_a_station(written)
    return station, region_of_station(station) if station else ""
