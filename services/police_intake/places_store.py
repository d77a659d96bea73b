"""Where does a report, a held record, a person, a task or an incident stand? For the door, before anything is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plumbing.authorising import Object, Place
from services.police_intake.territory import region_of_station

if TYPE_CHECKING:
    from plumbing.postgres import Transaction

_REPORTS = "SELECT report_id, region, station FROM reports WHERE report_id = ANY(%s)"
_PERSONS = """
SELECT p.person_id, r.region, r.station FROM persons p
LEFT JOIN reports r ON p.person_id IN (r.victim_id, r.respondent_id) WHERE p.person_id = ANY(%s)"""
_INCIDENTS = """
SELECT i.incident_id, r.region, r.station FROM incidents i
LEFT JOIN reports r USING (report_id) WHERE i.incident_id = ANY(%s)"""


def places(tx: Transaction, kind: str, ids: Sequence[str]) -> dict[str, Object]:
    """A person stands wherever a report about them does; a record that names no station stands nowhere."""
    wanted = list(ids)
    if kind == "report":
        rows = tx.rows(_REPORTS, (wanted,))
    elif kind == "record":
        rows = _records(tx, wanted)
    elif kind == "incident":
        rows = tx.rows(_INCIDENTS, (wanted,))
    else:
        rows = tx.rows(_PERSONS, (wanted,))
    if kind == "task":  # of a person, of a record that is held, or of what is told without her consent
        rows += _records(tx, wanted) + tx.rows(_REPORTS, (wanted,))
    found: dict[str, tuple[Place, ...]] = {}
    for one, region, station in rows:
        found[one] = (*found.get(one, ()), Place(region or "", station or ""))
    return {one: Object(kind, where) for one, where in found.items()}


def _records(tx: Transaction, ids: list[str]) -> list[tuple[str, str, str]]:
    rows = tx.rows("SELECT held_id, station FROM held_records WHERE held_id = ANY(%s)", (ids,))
    return [(held_id, region_of_station(station) if station else "", station) for held_id, station in rows]
