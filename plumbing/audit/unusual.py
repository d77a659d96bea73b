"""Which looks would a manager ask about: at one's own kin, beyond one's own station, at night, or at many people? SQL.

Nothing here blocks anybody or says that something is wrong: it is shown, with its purpose, to who supervises.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from plumbing.audit.context import settings

if TYPE_CHECKING:
    from plumbing.postgres import Transaction
    from plumbing.service import Looked

WHYS = ("own_kin", "other_station", "night", "many")
_SHOWN = "sequence, at, action, subject, role, name, region, station, facility, kind, object_id, purpose, fields"
_LOOKS = f"""
WITH look AS (SELECT {_SHOWN} FROM audit WHERE action IN ('read', 'refused')
    AND role NOT IN ('anyone', '') AND at >= %(since)s AND %(region)s IN ('', region)),
about AS ({{people}}), whose AS ({{stations}}), found AS (
    SELECT look.*, 'own_kin' AS why FROM look JOIN staff_kin kin USING (subject) WHERE kin.person_id = look.object_id
        OR EXISTS (SELECT 1 FROM about WHERE about.object_id = look.object_id AND about.person_id = kin.person_id)
    UNION ALL SELECT look.*, 'other_station' FROM look WHERE station <> '' AND EXISTS
        (SELECT 1 FROM whose WHERE whose.object_id = look.object_id AND whose.station <> look.station)
    UNION ALL SELECT look.*, 'night' FROM look, LATERAL (SELECT extract(hour FROM at AT TIME ZONE %(zone)s) AS hour) AS local
        WHERE hour >= %(night_from)s OR hour < %(night_until)s
    UNION ALL SELECT DISTINCT ON (subject, date_trunc('hour', at)) look.*, 'many' FROM look
        WHERE (SELECT count(DISTINCT other.object_id) FROM look other WHERE other.subject = look.subject
            AND other.at > look.at - interval '1 hour' AND other.at <= look.at) >= %(persons_an_hour)s
)"""
_NONE = "SELECT ''::text AS object_id, ''::text AS {} WHERE false"


def found(tx: Transaction, looked: Looked, since: datetime, region: str = "") -> list[dict[str, Any]]:
    """One entry for each look and reason, the latest first; `region`: only those of its staff."""
    names = [*_SHOWN.split(", "), "why"]
    asked = f"{_query(looked)} SELECT * FROM found ORDER BY sequence DESC, why LIMIT %(rows_max)s"
    rows = tx.rows(asked, _values(since, region))
    return [dict(zip(names, row, strict=True)) for row in rows]


def counted(tx: Transaction, looked: Looked, since: datetime) -> list[tuple[str, list[str], float]]:
    """As figures: how many there are of each reason."""
    rows = tx.rows(f"{_query(looked)} SELECT why, count(*) FROM found GROUP BY 1", _values(since))
    return [("qorgan_audit_unusual", [why], float(number)) for why, number in rows]


def _query(looked: Looked) -> str:
    people, stations = looked.people or _NONE.format("person_id"), looked.stations or _NONE.format("station")
    return _LOOKS.format(people=people, stations=stations)


def _values(since: datetime, region: str = "") -> dict[str, Any]:
    told = settings()
    return {**told["unusual"], "zone": told["zone"], "since": since, "region": region}
