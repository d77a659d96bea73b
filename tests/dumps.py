"""How is a real backup of a database made, and read again into another one? By the tools of the same server."""

from __future__ import annotations

import os
import subprocess
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

from deploy.local.unprivileged import programs
from plumbing.postgres import Database

WITHOUT_KEYS = ("--exclude-table-data=vault.*", "--exclude-table-data=keys.*")  # as deploy/README.md says
SERVER = os.environ.get("QORGAN_TEST_POSTGRES", "wheel")
_names = count(1)
_made: list[str] = []


def dump(dsn: str, path: Path, *options: str) -> bytes:
    """pg_dump by a role that no wall holds, as text, so that what is in it can be searched; gives the bytes."""
    _run("pg_dump", dsn, "--format=plain", "--inserts", *options, f"--file={path}")
    text = path.read_bytes()
    _run("pg_dump", dsn, "--format=custom", *options, f"--file={path}.custom")
    return text


def forget(stack: Any) -> None:
    """Restored databases name the roles of those they were dumped from: who drops these must have dropped them first."""
    for name in _made:
        stack.drop_database(name)
    _made.clear()


def restored(stack: Any, path: Path) -> str:
    """The backup in a new database, whose owner is let through the walls in place of the old one; gives its dsn."""
    _made.append(name := f"test_restored_{next(_names)}")
    dsn = stack.create_database(name)
    done = subprocess.run(
        [programs(SERVER) / "pg_restore", "--no-owner", "--no-privileges", f"--dbname={dsn}", f"{path}.custom"],
        capture_output=True, text=True, timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    with closing(Database(dsn, "tests")) as database, database.transaction() as tx:
        for schema, table in tx.rows("SELECT schemaname, tablename FROM pg_policies WHERE policyname = 'at_work'"):
            tx.run(f"ALTER POLICY at_work ON {schema}.{table} TO CURRENT_USER")
    return dsn


def _run(program: str, dsn: str, *words: str) -> None:
    done = subprocess.run([programs(SERVER) / program, f"--dbname={dsn}", *words], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
