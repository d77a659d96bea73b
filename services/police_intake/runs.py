"""How far has an import come, and what did it say of each record? SQL of the import only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plumbing.identity import Ids, fresh_seed
from plumbing.postgres import Transaction
from plumbing.service import Facts
from services.police_intake import messages as m


def take_up(tx: Transaction, file_hash: str, file_name: str) -> tuple[str, int]:
    """(run, last record with a verdict): an unfinished import of the same bytes goes on, else a new one begins."""
    tx.insert(
        "INSERT INTO import_runs VALUES %s ON CONFLICT DO NOTHING",
        [(Ids(fresh_seed("")).new(), file_hash, file_name[:200], tx.now(), None, None)],
    )
    rows = tx.rows(
        "SELECT run_id, (SELECT coalesce(max(record), 0) FROM import_verdicts v WHERE v.run_id = r.run_id)"
        " FROM import_runs r WHERE file_hash = %s AND finished_at IS NULL",
        (file_hash,),
    )
    return rows[0][0], rows[0][1]


def verdicts(tx: Transaction, run_id: str) -> list[dict[str, Any]]:
    """One line a record, in the order of the journal."""
    rows = tx.rows(
        "SELECT record, verdict, doubts, reason FROM import_verdicts WHERE run_id = %s ORDER BY record", (run_id,)
    )
    return [dict(zip(("record", "verdict", "doubts", "reason"), row, strict=True)) for row in rows]


def totals(tx: Transaction) -> dict[str, int]:
    """Records of all imports by verdict, for the reconciliation."""
    return dict(tx.rows("SELECT verdict, count(*) FROM import_verdicts GROUP BY verdict ORDER BY verdict"))


def runs_of(tx: Transaction, messages: Sequence[m.FinishImport]) -> list[list[str]]:
    return [[message.run_id] for message in messages]


def runs_finished(tx: Transaction, messages: Sequence[m.FinishImport]) -> Facts:
    ids = [message.run_id for message in messages]
    rows = tx.rows("SELECT run_id FROM import_runs WHERE finished_at IS NOT NULL AND run_id = ANY(%s)", (ids,))
    return {("finished", run_id): True for (run_id,) in rows}
