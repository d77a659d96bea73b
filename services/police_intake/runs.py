"""How far has an import come, and what did it say of each record? SQL of the import only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from plumbing.identity import Ids, fresh_seed
from plumbing.postgres import Conflict, Database, LostConnection, Transaction
from plumbing.service import Facts
from services.police_intake.records import FinishImport

LOCK = 0x6A726E6C


class ImportUnderWay(Exception):
    """Another process imports the same bytes at this moment."""

    def __init__(self) -> None:
        super().__init__("the same file is being imported by another process: wait for it, or end it, then try again.")


class ToldToStop(Exception):
    """Between two batches; the next import of the same bytes goes on there."""


@dataclass(frozen=True)
class Run:
    """One import of a file. done: the last record with a verdict."""

    run_id: str
    file_name: str
    done: int
    finished: bool


def take_up(database: Database, file_hash: str, file_name: str, run: Run | None = None) -> Run:
    """An unfinished import of the same bytes goes on, else a new one begins; `run`: this very one goes on.

    The bytes are locked until `let_go` or the end of this connection; raises ImportUnderWay.
    """
    try:
        with database.transaction() as tx:
            tx.rows("SELECT pg_advisory_lock(%s, hashtext(%s))", (LOCK, file_hash))
    except Conflict as error:
        raise ImportUnderWay from error
    with database.transaction() as tx:
        if run is None:
            new = (Ids(fresh_seed("")).new(), file_hash, file_name[:200], tx.now())
            columns = "run_id, file_hash, file_name, started_at"
            tx.insert(f"INSERT INTO import_runs ({columns}) VALUES %s ON CONFLICT DO NOTHING", [new])
        rows = tx.rows(
            "SELECT run_id, file_name, (SELECT coalesce(max(record), 0) FROM import_verdicts v WHERE v.run_id = r.run_id),"
            " finished_at IS NOT NULL FROM import_runs r WHERE CASE WHEN %(run)s IS NULL"
            " THEN file_hash = %(hash)s AND finished_at IS NULL ELSE run_id = %(run)s END",
            {"hash": file_hash, "run": run.run_id if run else None},
        )
    return Run(*rows[0])


def still_ours(database: Database) -> None:
    """Raises LostConnection if the lock went with a connection that was lost in between: then all is taken up again."""
    with database.transaction() as tx:
        ours = "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND pid = pg_backend_pid()"
        held = tx.rows(ours, (LOCK,))
    if not held:
        raise LostConnection("the import lost its lock")


def let_go(database: Database) -> None:
    with database.transaction() as tx:
        tx.rows("SELECT pg_advisory_unlock_all()")


def verdicts(tx: Transaction, run_id: str) -> list[dict[str, Any]]:
    """One line a record, in the order of the journal."""
    rows = tx.rows(
        "SELECT record, verdict, doubts, reason FROM import_verdicts WHERE run_id = %s ORDER BY record", (run_id,)
    )
    return [dict(zip(("record", "verdict", "doubts", "reason"), row, strict=True)) for row in rows]


def totals(tx: Transaction) -> dict[str, int]:
    """Records of all imports by verdict, for the reconciliation."""
    return dict(tx.rows("SELECT verdict, count(*) FROM import_verdicts GROUP BY verdict ORDER BY verdict"))


def runs_of(tx: Transaction, messages: Sequence[FinishImport]) -> list[list[str]]:
    return [[message.run_id] for message in messages]


def runs_finished(tx: Transaction, messages: Sequence[FinishImport]) -> Facts:
    ids = [message.run_id for message in messages]
    rows = tx.rows("SELECT run_id FROM import_runs WHERE finished_at IS NOT NULL AND run_id = ANY(%s)", (ids,))
    return {("finished", run_id): True for (run_id,) in rows}
