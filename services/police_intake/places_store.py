"""Where does a report, measure, record, person, shift, task or incident stand? For the door, before anything is shown."""

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
_MEASURES = "SELECT measure_id, r.region, station FROM measures JOIN reports r USING (report_id) WHERE measure_id = ANY(%s)"
_PARKED = "SELECT parked_id, '', '' FROM parked_measures WHERE parked_id = ANY(%s)"
_SHIFTS = "SELECT shift_id, region, station FROM shifts WHERE shift_id = ANY(%s)"
_INCIDENTS = """
SELECT i.incident_id, r.region, r.station FROM incidents i
LEFT JOIN reports r USING (report_id) WHERE i.incident_id = ANY(%s)"""

_ROWS = {"report": _REPORTS, "incident": _INCIDENTS, "measure": _MEASURES, "parked": _PARKED, "shift": _SHIFTS}


def places(tx: Transaction, kind: str, ids: Sequence[str]) -> dict[str, Object]:
    """A person stands wherever a report about them does; a record that names no station stands nowhere."""
    wanted = list(ids)
    rows = _records(tx, wanted) if kind == "record" else tx.rows(_ROWS.get(kind, _PERSONS), (wanted,))
    if kind == "task":  # of a person, of a record that is held, of what is told without her consent, or of a measure
        rows += _records(tx, wanted) + [row for one in (_REPORTS, _MEASURES, _PARKED) for row in tx.rows(one, (wanted,))]
    found: dict[str, tuple[Place, ...]] = {}
    for one, region, station in rows:
        found[one] = (*found.get(one, ()), Place(region or "", station or ""))
    return {one: Object(kind, where) for one, where in found.items()}


def _records(tx: Transaction, ids: list[str]) -> list[tuple[str, str, str]]:
    rows = tx.rows("SELECT held_id, station FROM held_records WHERE held_id = ANY(%s)", (ids,))
    return [(held_id, region_of_station(station) if station else "", station) for held_id, station in rows]
