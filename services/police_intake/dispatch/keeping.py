"""What is written of incidents that were heard? SQL only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from plumbing.postgres import Transaction, as_json
from services.police_intake.dispatch.incident import IncidentHeard


def record(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    """Of several sayings of one incident within the batch the last one counts."""
    last = {event.incident_id: (event, at) for event, at in events if isinstance(event, IncidentHeard)}
    tx.insert(
        "INSERT INTO incidents VALUES %s ON CONFLICT (incident_id) DO UPDATE SET version = excluded.version,"
        " content_hash = excluded.content_hash, verdict = excluded.verdict, report_id = excluded.report_id,"
        " held_id = excluded.held_id, errors = excluded.errors, heard_at = excluded.heard_at",
        [
            (
                one.incident_id, one.version, one.said_as, one.verdict, one.report_id, one.held_id,
                as_json([vars(error) for error in one.errors]), at,
            )
            for one, at in last.values()
        ],
    )
