"""How are measures written, batch by batch? SQL only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from plumbing.postgres import Transaction, as_json
from services.police_intake.measures.lives import MeasureKept, MeasureParked
from services.police_intake.measures.rows import MEASURE, PARKED


def record(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    """Each as it stands, every move it made, and what waits for its report; of the history nothing is changed."""
    kept = [event for event, _ in events if isinstance(event, MeasureKept)]
    last = {event.measure.measure_id: event.measure for event in kept}
    tx.insert(
        f"INSERT INTO measures ({MEASURE}) VALUES %s ON CONFLICT (measure_id) DO UPDATE SET state = excluded.state,"
        " version = excluded.version, since = excluded.since, until = excluded.until, told = excluded.told,"
        " court = excluded.court",
        [
            (one.measure_id, one.kind, one.report_id, one.person_id, one.region, one.state, one.version, one.began_at,
             one.since, one.until, one.code, one.about, as_json(dict(one.told)), one.court)
            for one in last.values()
        ],
    )
    tx.insert(
        "INSERT INTO measure_moves VALUES %s",
        [(one.measure_id, one.version, one.act, one.state, one.code, one.by, one.at, as_json(dict(one.told)))
         for one in (event.moved for event in kept)],
    )
    _parked(tx, events)


def _parked(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    first = {event.parked_id: at for event, at in reversed(events) if isinstance(event, MeasureParked)}
    last = {event.parked_id: event for event, _ in events if isinstance(event, MeasureParked)}
    tx.insert(
        f"INSERT INTO parked_measures ({PARKED}, parked_at) VALUES %s ON CONFLICT (parked_id) DO UPDATE SET"
        " settled_as = excluded.settled_as, settled_by = excluded.settled_by",
        [
            (id_, one.begins.report_id, one.begins.kind, one.begins.act, one.begins.code, one.begins.by, one.begins.at,
             as_json(dict(one.begins.told)), one.begins.office, one.settled_as, one.settled_by, first[id_])
            for id_, one in last.items()
        ],
    )
