"""How are rows added to the audit, in the order of commits, and read again? SQL."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from plumbing.audit.chain import Head, Row, chained

if TYPE_CHECKING:
    from plumbing.postgres import Transaction
    from plumbing.service import Looked

COLUMNS = ", ".join(one.name for one in fields(Row))
_ALL = attrgetter(*(one.name for one in fields(Row)))
CAUGHT_UP = 500  # waiting rows that join the chain in one transaction
_LOCKED = "SELECT sequence, hash, EXISTS (SELECT 1 FROM audit_waiting) FROM audit_head FOR UPDATE"
_WAITING = """DELETE FROM audit_waiting WHERE place IN (SELECT place FROM audit_waiting ORDER BY place LIMIT %s)
    RETURNING place, row"""


def append(tx: Transaction, rows: Sequence[Row]) -> None:
    """Add rows at the end; the head stays locked until COMMIT. What waits joins first."""
    sequence, last, waits = tx.rows(_LOCKED)[0]
    placed = chained([*(_taken(tx) if waits else ()), *rows], Head(sequence, bytes(last)))
    if not placed:
        return
    tx.insert(f"INSERT INTO audit ({COLUMNS}) VALUES %s", [_values(row) for row in placed])
    tx.run("UPDATE audit_head SET sequence = %s, hash = %s", (placed[-1].sequence, placed[-1].hash))


def keep(tx: Transaction, rows: Sequence[Row]) -> None:
    """Rows of changes, in the transaction of these; if the audit refuses them they wait, and the change is taken."""
    if rows and not tx.attempt(lambda: append(tx, rows)):
        tx.insert("INSERT INTO audit_waiting (row) VALUES %s", [(json.dumps(_told(row)),) for row in rows])


def catch_up(tx: Transaction) -> int:
    """Rows that waited join the chain, oldest first; gives how many still wait."""
    append(tx, ())
    return waiting(tx)


def waits(tx: Transaction) -> bool:
    return bool(tx.rows("SELECT EXISTS (SELECT 1 FROM audit_waiting)")[0][0])


def waiting(tx: Transaction) -> int:
    return int(tx.rows("SELECT count(*) FROM audit_waiting")[0][0])


def head(tx: Transaction) -> Head:
    sequence, last = tx.rows("SELECT sequence, hash FROM audit_head")[0]
    return Head(sequence, bytes(last))


def rows_from(tx: Transaction, after: int, most: int) -> list[Row]:
    """The next rows, by number, as they lie."""
    return _read(tx.rows(f"SELECT {COLUMNS} FROM audit WHERE sequence > %s ORDER BY sequence LIMIT %s", (after, most)))


def number(tx: Transaction) -> int:
    """How many rows there are, whatever their numbers."""
    return int(tx.rows("SELECT count(*) FROM audit")[0][0])


def about(tx: Transaction, ids: Sequence[str]) -> list[Row]:
    """Everything anybody did with these, or looked at of them."""
    return _read(tx.rows(f"SELECT {COLUMNS} FROM audit WHERE object_id = ANY(%s) ORDER BY sequence", (list(ids),)))


def tied(tx: Transaction, looked: Looked, name: str) -> list[str]:
    """Other objects about the same person, as far as the service knows: her reports, or whom a report is about."""
    if not looked.people:
        return []
    rows = tx.rows(
        f"WITH about AS ({looked.people}) SELECT object_id FROM about WHERE person_id = %(name)s"
        " UNION SELECT person_id FROM about WHERE object_id = %(name)s",
        {"name": name},
    )
    return [one for (one,) in rows if one]


def touched(tx: Transaction, since: datetime, until: datetime, subject: str) -> list[tuple[Any, ...]]:
    """(kind, id, how often, first, last) of all that was looked at or changed in a time, by one subject or by all."""
    return tx.rows(
        "SELECT kind, object_id, count(*), min(at), max(at) FROM audit WHERE at >= %s AND at < %s"
        " AND (%s = '' OR subject = %s OR name = %s) GROUP BY 1, 2 ORDER BY 4, 1, 2",
        (since, until, subject, subject, subject),
    )


def people(tx: Transaction, looked: Looked, touched: Sequence[tuple[Any, ...]]) -> list[str]:
    """Who the persons behind these are, as far as the service knows."""
    found = {name for kind, name, *_ in touched if kind == "person"}
    if looked.people:
        asked = f"WITH about AS ({looked.people}) SELECT DISTINCT person_id FROM about WHERE object_id = ANY(%(ids)s)"
        found |= {one for (one,) in tx.rows(asked, {"ids": [name for _, name, *_ in touched]}) if one}
    return sorted(found)


def note_kin(tx: Transaction, subject: str, person_id: str, by: str) -> None:
    known = "INSERT INTO staff_kin (subject, person_id, by) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
    tx.run(known, (subject, person_id, by))


def _taken(tx: Transaction) -> list[Row]:
    found = sorted(tx.rows(_WAITING, (CAUGHT_UP,)), key=lambda row: row[0])
    return [Row(**{**row, "at": datetime.fromisoformat(row["at"]), "fields": tuple(row["fields"])}) for _, row in found]


def _told(row: Row) -> dict[str, Any]:
    own = {name: value for name, value in vars(row).items() if name not in ("sequence", "previous", "hash")}
    return {**own, "at": row.at.isoformat(), "fields": list(row.fields)}


def _values(row: Row) -> tuple[Any, ...]:
    known = _ALL(row)
    return (*known[:11], list(row.fields), *known[12:])


def _read(rows: Sequence[tuple[Any, ...]]) -> list[Row]:
    return [_row(row) for row in rows]


def _row(row: tuple[Any, ...]) -> Row:
    known: list[Any] = [row[0].astimezone(UTC), *row[1:11], tuple(row[11]), *row[12:14], bytes(row[14]), bytes(row[15])]
    return Row(*known)
