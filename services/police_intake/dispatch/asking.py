"""How does an incident stand that was published? SQL for the door and for look-ups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plumbing.postgres import Transaction
from plumbing.problems import BadField
from services.police_intake.dispatch.incident import IncidentHeard


def incidents(tx: Transaction, ids: Sequence[str]) -> dict[str, IncidentHeard]:
    """incident id → how it stands; what was never heard is missing."""
    rows = tx.rows(
        "SELECT incident_id, version, content_hash, verdict, report_id, held_id, errors FROM incidents"
        " WHERE incident_id = ANY(%s)",
        ([one for one in ids if "\0" not in one],),
    )
    return {row[0]: _heard(row) for row in rows}


def _heard(row: tuple[Any, ...]) -> IncidentHeard:
    incident_id, version, said_as, verdict, report_id, held_id, errors = row
    wrong = tuple(BadField(**one) for one in errors)
    return IncidentHeard(incident_id, version, said_as, verdict, report_id, held_id, wrong)
