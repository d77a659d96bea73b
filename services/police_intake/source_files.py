"""Where does an imported file lie, and how is it destroyed when its days are over? Its hash stays with the import."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from plumbing.clocks import ClockDue
from plumbing.postgres import Transaction
from plumbing.service import Facts
from services.police_intake.records import FileDestroyed, ImportFinished, Source


def source(path: Path, days: int, now: datetime) -> Source:
    """What is to be known of a file that will lie at this path once it is imported."""
    return Source(str(path.absolute()), os.uname().nodename, now + timedelta(days=days))


def known(tx: Transaction, clocks: Sequence[ClockDue]) -> Facts:
    """Of each import whose file is due: True if the file lies on this machine, False if on another."""
    ids = [clock.subject for clock in clocks if clock.step.startswith("file/")]
    if not ids:
        return {}
    rows = tx.rows("SELECT run_id, file_host FROM import_runs WHERE run_id = ANY(%s) AND file_destroyed_at IS NULL", (ids,))
    return {("file here", run_id): host == os.uname().nodename for run_id, host in rows}


def record(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    """A file is destroyed before the COMMIT that says so: killed in between, the clock rings again and finds it gone."""
    for event, at in events:
        if isinstance(event, ImportFinished):
            told = event.source or Source("", "", None)
            tx.run(
                "UPDATE import_runs SET finished_at = %s, records = %s, file_path = %s, file_host = %s WHERE run_id = %s",
                (at, event.records, told.path, told.host, event.run_id),
            )
        elif isinstance(event, FileDestroyed):
            for (path,) in tx.rows("SELECT file_path FROM import_runs WHERE run_id = %s", (event.run_id,)):
                destroy(Path(path))
            tx.run(
                "UPDATE import_runs SET file_path = '', file_destroyed_at = %s WHERE run_id = %s", (at, event.run_id)
            )


def destroy(path: Path) -> None:
    """Overwritten, as far as a file system lets anybody overwrite, and taken away; nothing happens if it is gone."""
    if not path.is_file():
        return
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def destroy_old(folder: Path, days: int, now: float) -> list[Path]:
    """Files of a folder that nobody reads again, once they are this old."""
    old = [path for path in folder.glob("*") if path.is_file() and path.stat().st_mtime < now - days * 86400]
    for path in old:
        destroy(path)
    return old
