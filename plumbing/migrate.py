"""How did this database's tables come to be, and which step is missing?"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from plumbing.postgres import BadValue, Database, Transaction
from plumbing.refusals import told

PIPES = Path(__file__).parent / "migrations"
_LOCK = 0x6D69677261
_MADE = """CREATE TABLE IF NOT EXISTS migrations (
    room text NOT NULL, name text NOT NULL, digest text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp(), PRIMARY KEY (room, name))"""


class ChangedMigration(RuntimeError):
    """A migration that was applied here reads differently today: history is added to, never edited."""


class UnfitRows(ChangedMigration):
    """A migration found rows that it cannot carry over; the text says what to do with them first."""


def migrate(database: Database, service_folder: Path) -> list[str]:
    """Apply what is missing, pipes first, in one transaction; gives the names applied."""
    with database.transaction() as tx:
        tx.run("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        tx.run(_MADE)
        known = {(room, name): digest for room, name, digest in tx.rows("SELECT room, name, digest FROM migrations")}
        rooms = (("pipes", PIPES), ("service", service_folder / "migrations"))
        return [name for room, folder in rooms for name in _apply(tx, known, room, folder)]


def _apply(tx: Transaction, known: dict[tuple[str, str], str], room: str, folder: Path) -> list[str]:
    applied = []
    for path in sorted(folder.glob("*.sql")):
        text = path.read_text("utf-8")
        digest = sha256(text.encode()).hexdigest()
        before = known.get((room, path.name))
        if before is None:
            _run(tx, f"{room}/{path.name}", text)
            tx.run("INSERT INTO migrations (room, name, digest) VALUES (%s, %s, %s)", (room, path.name, digest))
            applied.append(path.name)
        elif before != digest:
            raise ChangedMigration(f"{room}/{path.name} was changed after it was applied: add a new migration instead")
    return applied


def _run(tx: Transaction, name: str, text: str) -> None:
    """A migration may find that these rows are not for it: what it raises is told as one sentence."""
    try:
        tx.run(text)
    except Exception as error:
        if isinstance(told(error), BadValue):
            raise UnfitRows(f"{name} cannot be applied here: {told(error)}") from error
        raise
