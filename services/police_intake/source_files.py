"""Where does an imported file lie, and how is it destroyed when its days are over? Its hash stays with the import."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from plumbing import clocks
from plumbing.clocks import ClockDue, ClockSet
from plumbing.logs import Word, told
from plumbing.postgres import Transaction
from plumbing.service import Facts
from services.police_intake.records import FileDestroyed, ImportFinished, Source

log = logging.getLogger("qorgan")
AGAIN = timedelta(hours=1)


def source(path: Path, days: int, now: datetime) -> Source:
    """What is to be known of a file that will lie at this path once it is imported."""
    return Source(str(path.absolute()), os.uname().nodename, now + timedelta(days=days))


def known(tx: Transaction, clocks: Sequence[ClockDue]) -> Facts:
    """Of each import whose file is due: does the very file that was imported lie here (or nothing), or a person's to find?"""
    ids = [clock.subject for clock in clocks if clock.step.startswith("file/")]
    if not ids:
        return {}
    rows = tx.rows(
        "SELECT run_id, file_path, file_host, file_hash FROM import_runs WHERE run_id = ANY(%s) AND file_destroyed_at IS NULL",
        (ids,),
    )
    return {("file", run_id): _where(Path(path), host, digest) for run_id, path, host, digest in rows}


def _where(path: Path, host: str, digest: str) -> str:
    """here, gone, elsewhere (another machine), changed (something else lies there by now) or locked (not ours to write)."""
    if host != os.uname().nodename:
        return "elsewhere"
    try:
        if not path.is_file():
            return "gone"
        if sha256(path.read_bytes()).hexdigest() != digest:
            return "changed"
        with path.open("r+b"):
            return "here" if os.access(path.parent, os.W_OK | os.X_OK) else "locked"
    except OSError:
        return "locked"


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
            _destroyed(tx, event.run_id, at)


def _destroyed(tx: Transaction, run_id: str, at: datetime) -> None:
    """What cannot be destroyed after all holds up nothing else: its row says so, and the clock rings again."""
    for path, digest in tx.rows("SELECT file_path, file_hash FROM import_runs WHERE run_id = %s", (run_id,)):
        try:
            if _where(Path(path), os.uname().nodename, digest) == "here":
                destroy(Path(path))
        except OSError as error:
            log.warning("an imported file could not be destroyed, it is tried again: %s", Word(told(error)))
            again = ClockSet(run_id, f"file/0/{at.isoformat()}", at + AGAIN, run_id)
            clocks.record(tx, [(again, at)])
            return
    tx.run("UPDATE import_runs SET file_path = '', file_destroyed_at = %s WHERE run_id = %s", (at, run_id))


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
