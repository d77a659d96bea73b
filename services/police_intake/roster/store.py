"""What is known when a shift is entered or ended, and how is it kept? SQL, locks first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from services.police_intake.roster.rows import SHIFT
from services.police_intake.roster.shifts import EndShift, EnterShift, Shift

if TYPE_CHECKING:
    from plumbing.postgres import Transaction
    from plumbing.service import Facts


def life_of(inspector: str) -> str:
    """One inspector's shifts are entered one after the other: nobody is put into two districts at once."""
    return f"inspector/{inspector}"


def lives_of_inspectors(tx: Transaction, messages: Sequence[EnterShift]) -> list[list[str]]:
    return [[life_of(message.inspector)] for message in messages]


def lives_of_shifts(tx: Transaction, messages: Sequence[EndShift]) -> list[list[str]]:
    return [[message.shift_id] for message in messages]


def entered(tx: Transaction, messages: Sequence[EnterShift]) -> Facts:
    """The region of each district that has ever written a report, and the inspectors' own shifts."""
    regions = tx.rows(
        "SELECT DISTINCT ON (station) station, region FROM reports WHERE station = ANY(%s) AND station <> ''"
        " ORDER BY station, recorded_at DESC",
        ([message.station for message in messages],),
    )
    facts: Facts = {("district", station): region for station, region in regions}
    for one in shifts(tx, "inspector = ANY(%s) ORDER BY since, shift_id", [message.inspector for message in messages]):
        facts["shifts of", one.inspector] = (*facts.get(("shifts of", one.inspector), ()), one)
    return facts


def ended(tx: Transaction, messages: Sequence[EndShift]) -> Facts:
    found = shifts(tx, "shift_id = ANY(%s)", [message.shift_id for message in messages])
    return {("shift", one.shift_id): one for one in found}


def shifts(tx: Transaction, where: str, asked: Sequence[str]) -> list[Shift]:
    return [Shift(*row) for row in tx.rows(f"SELECT {SHIFT} FROM shifts WHERE {where}", (list(asked),))]


def record(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    """Each as it stands; of one that was entered only its end changes."""
    last = {event.shift_id: (event, at) for event, at in events if isinstance(event, Shift)}
    tx.insert(
        f"INSERT INTO shifts ({SHIFT}, kept_at) VALUES %s ON CONFLICT (shift_id) DO UPDATE SET until = excluded.until,"
        " ended_by = excluded.ended_by, kept_at = excluded.kept_at",
        [
            (one.shift_id, one.station, one.region, one.inspector, one.is_woman, one.since, one.until, one.entered_by,
             one.ended_by, at)
            for one, at in last.values()
        ],
    )
