"""How does a store test get a real PostgreSQL, and a step whose time and seeds are pinned?"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from itertools import count
from pathlib import Path
from shutil import rmtree
from typing import Any

from deploy.local.roles import SERVICES
from deploy.local.stack import Stack
from plumbing import outbox, rule_packs, vault, wall
from plumbing.catalogue import catalogue
from plumbing.migrate import migrate
from plumbing.postgres import Database
from plumbing.preparing import role_of_pages
from plumbing.sealing import KeyPair, Secret
from plumbing.service import Heard, Service
from plumbing.settings import Clock, Settings
from plumbing.step import Step
from plumbing.vault.opening import open_vault

NOW = datetime(2026, 11, 22, 10, 7, 31, tzinfo=UTC)
UNPINNED = {"outbox": ["kept_at"], "decisions": ["decision_id"], "migrations": ["applied_at"], "rule_packs": ["kept_at"],
            "dead_letters": ["letter_id"], "notes": ["note_id"], "alerts": ["alert_id", "next_try"]}
_names = count(1)


class Stopped(Clock):
    """A clock that always shows the same moment."""

    def at(self, database_now: datetime) -> datetime:
        return NOW


@cache
def shared_stack() -> Stack:
    """One server for all store tests of a session."""
    stack = Stack(Path(tempfile.mkdtemp(prefix="qorgan-stores-")), os.environ.get("QORGAN_TEST_POSTGRES", "wheel"))
    stack.start()
    return stack


@cache
def keys_folder() -> Path:
    """The keys of a session's tests: one room for all services, so that a process of ours opens what a test has sealed."""
    folder = Path(tempfile.mkdtemp(prefix="qorgan-keys-"))
    (folder / "tests").mkdir(mode=0o700)
    for name in SERVICES:
        (folder / name).symlink_to("tests")
    return folder


def use_keys() -> None:
    """From here on this process seals, with keys and nonces that are the same however messages are cut into batches."""
    in_use = open_vault(str(keys_folder()), "tests")
    in_use.chance = lambda what, size: blake2b(what.encode(), digest_size=size).digest()


def server() -> Iterator[Stack]:
    """The body of a fixture of the session: the server lives as long as the tests."""
    yield shared_stack()
    shared_stack().wipe()
    rmtree(keys_folder(), ignore_errors=True)


def fresh_database(service: Service) -> str:
    """A new database with the service's tables in it; gives its dsn."""
    use_keys()
    dsn = shared_stack().create_database(f"test_{service.name}_{next(_names)}")
    with closing(Database(dsn, "tests")) as database:
        migrate(database, service.folder)
        with database.transaction() as tx:
            outbox.prepare(tx, catalogue().said_by(service.name))
            rule_packs.keep(tx, service)
            wall.apply(tx, wall.read(service.folder), role_of_pages(Settings("", "", "", dsn_desk=desk_of(dsn))))
            vault.here().prepare(tx)
    return dsn


def desk_of(dsn: str) -> str:
    """The dsn of the role through which pages read this database."""
    return _beside(dsn, "desk")


def admin_of(dsn: str) -> str:
    """The dsn of the role that copies all of this database and checks it."""
    return _beside(dsn, "admin")


def _beside(dsn: str, role: str) -> str:
    name = dsn.rpartition("/")[2]
    return shared_stack().database.dsn(f"{name}_{role}", name)


def pinned_step(service: Service, dsn: str) -> Step:
    step = Step(service, Database(dsn, "tests"), Stopped())
    step.seed_for = lambda message_id: blake2b(message_id.encode(), digest_size=16).digest()
    return step


def counted_keys() -> Iterator[KeyPair]:
    """Key pairs that are no keys but can be told apart, the same ones in every run."""
    return (KeyPair(bytes([1]) * 28 + n.to_bytes(4, "big"), Secret(bytes([2]) * 28 + n.to_bytes(4, "big"))) for n in count())


def count_keys(monkeypatch: Any, store: Any) -> None:
    """From now on the store gives the first of these pairs, then the second, …"""
    keys = counted_keys()
    monkeypatch.setattr(store, "new_keys", lambda: next(keys))


def heard(messages: Sequence[Any]) -> list[Heard]:
    """Each under the key that its topic gives it."""
    return [Heard(m, f"m/{n}", getattr(m, "need_id", getattr(m, "report_id", "start"))) for n, m in enumerate(messages)]


def cut(batch: Sequence[Heard], size: int) -> list[Sequence[Heard]]:
    return [batch[start : start + size] for start in range(0, len(batch), size)]


def rows(dsn: str, question: str) -> list[tuple[Any, ...]]:
    with closing(Database(dsn, "tests")) as database, database.transaction() as tx:
        return tx.rows(question)


def all_rows(dsn: str) -> dict[str, list[str]]:
    """Every row of every table, without what the server itself numbers or times."""
    tables = rows(dsn, "SELECT table_schema, table_name FROM information_schema.tables"
                       " WHERE table_schema IN ('public', 'keys') ORDER BY 1, 2")
    found = {}
    for schema, table in tables:
        asked = rows(dsn, f"SELECT to_jsonb(t) FROM {schema}.{table} t")
        kept = [{name: value for name, value in row.items() if name not in UNPINNED.get(table, ())} for (row,) in asked]
        found[f"{schema}.{table}"] = sorted(json.dumps(row, sort_keys=True) for row in kept)
    return found


def shape(dsn: str) -> dict[str, list[tuple[Any, ...]]]:
    """Columns, constraints, indexes, walls and triggers, as the server describes them; the owner's own name is left out."""
    inside = "WHERE n.nspname IN ('public', 'keys', 'vault')"
    return {
        "columns": rows(dsn, "SELECT n.nspname, c.relname, a.attname, row_number() OVER (PARTITION BY c.oid ORDER BY a.attnum), format_type(a.atttypid, a.atttypmod),"
                             " a.attnotnull, pg_get_expr(d.adbin, d.adrelid) FROM pg_attribute a"
                             " JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' JOIN pg_namespace n"
                             " ON n.oid = c.relnamespace LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum"
                             f" {inside} AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1, 2, 4"),
        "constraints": rows(dsn, "SELECT n.nspname, c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid)"
                                 f" FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace {inside}"
                                 " AND c.conrelid <> 0 ORDER BY 1, 2, 3"),
        "indexes": rows(dsn, "SELECT schemaname, tablename, indexname, indexdef FROM pg_indexes"
                             " WHERE schemaname IN ('public', 'keys', 'vault') ORDER BY 1, 2, 3"),
        "walls": rows(dsn, "SELECT n.nspname, c.relname, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c"
                           f" JOIN pg_namespace n ON n.oid = c.relnamespace {inside} AND c.relkind = 'r' ORDER BY 1, 2"),
        "policies": rows(dsn, "SELECT schemaname, tablename, policyname, permissive, roles = ARRAY[current_user], cmd, qual,"
                              " with_check FROM pg_policies ORDER BY 1, 2, 3"),
        "triggers": rows(dsn, "SELECT c.relname, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c"
                              " ON c.oid = t.tgrelid WHERE NOT t.tgisinternal ORDER BY 1, 2"),
        "functions": rows(dsn, "SELECT p.proname, p.prosrc, p.provolatile::text, p.prosecdef FROM pg_proc p"
                               f" JOIN pg_namespace n ON n.oid = p.pronamespace {inside} ORDER BY 1"),
    }


def comments(dsn: str, service: Service) -> dict[str, str | None]:
    """table or table.column → its comment, of the service's own tables."""
    found = rows(dsn, "SELECT c.relname, a.attname, col_description(c.oid, a.attnum), obj_description(c.oid, 'pg_class')"
                      " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a"
                      " ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
                      " WHERE n.nspname IN ('public', 'keys') AND c.relkind = 'r'")
    told = (service.folder / "tables.sql").read_text("utf-8")
    own = [row for row in found if f"CREATE TABLE {row[0]} (" in told or f".{row[0]} (" in told]
    return {**{row[0]: row[3] for row in own}, **{f"{row[0]}.{row[1]}": row[2] for row in own}}


def from_tables_sql(service: Service, folder: Path) -> str:
    """A database made from tables.sql instead of the migrations; gives its dsn."""
    (folder / "migrations").mkdir()
    (folder / "migrations/0001_today.sql").write_text((service.folder / "tables.sql").read_text("utf-8"), "utf-8")
    dsn = shared_stack().create_database(f"test_{service.name}_{next(_names)}")
    with closing(Database(dsn, "tests")) as database:
        migrate(database, folder)
    return dsn
