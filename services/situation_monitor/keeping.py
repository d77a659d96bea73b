"""What does the monitor write, batch by batch? SQL only, like store.py, which reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Any

from plumbing.postgres import Transaction
from services.situation_monitor.facts import Cell, PlacesMoved, SurgeRaised, Tallied, WatchKept


def record(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    """Sums are added up in sorted order, so that two workers wait for each other and never in a circle."""
    _add_tallies(tx, [event for event, _ in events if isinstance(event, Tallied)])
    _move_places(tx, [event for event, _ in events if isinstance(event, PlacesMoved)])
    tx.insert(
        "INSERT INTO surges (territory, hour, region, reports, rule_id, raised_at) VALUES %s",
        [(*astuple(event.surge), at) for event, at in events if isinstance(event, SurgeRaised)],
    )
    last = {event.partition: (event.partition, event.number, at) for event, at in events if isinstance(event, WatchKept)}
    tx.insert(
        "INSERT INTO watch (partition, number, seen_at) VALUES %s ON CONFLICT (partition) DO UPDATE SET"
        " number = greatest(watch.number, excluded.number), seen_at = excluded.seen_at",
        [last[partition] for partition in sorted(last)],
    )


def _add_tallies(tx: Transaction, tallied: Sequence[Tallied]) -> None:
    sums: dict[Cell, tuple[int, int]] = {}
    for one in tallied:
        number, hours = sums.get(one.cell, (0, 0))
        sums[one.cell] = (number + one.number, hours + one.hours_waited)
    rows = sorted((*astuple(cell), *told) for cell, told in sums.items())
    tx.insert(
        "INSERT INTO tallies AS t (day, hour, region, owner, kind, from_state, to_state, code, number, hours_waited)"
        " VALUES %s ON CONFLICT (day, hour, region, owner, kind, from_state, to_state, code) DO UPDATE SET"
        " number = t.number + excluded.number, hours_waited = t.hours_waited + excluded.hours_waited",
        rows,
    )


def _move_places(tx: Transaction, moved: Sequence[PlacesMoved]) -> None:
    sums: dict[tuple[str, str, str], tuple[int, int]] = {}
    for one in moved:
        place = (one.owner, one.region, one.place)
        places, free = sums.get(place, (0, 0))
        sums[place] = (places + one.places, free + one.free)
    tx.insert(
        "INSERT INTO places AS p (owner, region, place, places, free) VALUES %s ON CONFLICT (owner, region, place)"
        " DO UPDATE SET places = p.places + excluded.places, free = p.free + excluded.free",
        sorted((*place, *told) for place, told in sums.items()),
    )
