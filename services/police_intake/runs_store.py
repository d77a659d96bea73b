"""Which journals have been read to their end?"""

from __future__ import annotations

from collections.abc import Sequence

from plumbing.postgres import Transaction
from plumbing.service import Facts
from services.police_intake import messages as m


def runs_of(tx: Transaction, messages: Sequence[m.FinishImport]) -> list[list[str]]:
    return [[message.run_id] for message in messages]


def runs_finished(tx: Transaction, messages: Sequence[m.FinishImport]) -> Facts:
    ids = [message.run_id for message in messages]
    rows = tx.rows("SELECT run_id FROM import_runs WHERE finished_at IS NOT NULL AND run_id = ANY(%s)", (ids,))
    return {("finished", run_id): True for (run_id,) in rows}
