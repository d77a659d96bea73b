"""What does a role of the database try that is not its own: other databases, keys, the audit?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2.extensions import make_dsn, parse_dsn

from plumbing import wall
from tests.house.tree import ROOT
from tests.red_team.trying import Try

OWNERS = (  # as the service's own role: its tables are its own, what it wrote down of people's acts is not
    "UPDATE audit SET subject = 'somebody else'", "DELETE FROM audit", "TRUNCATE audit",
    "COPY (SELECT 1) TO PROGRAM 'id'", "SELECT pg_read_file('/etc/passwd')", "CREATE ROLE intruder SUPERUSER",
)
DESKS = (  # as the role of the pages
    "INSERT INTO audit SELECT * FROM audit", "DELETE FROM locks", "UPDATE tasks SET closed_by = 'x'",
    "CREATE TABLE intruder (x int)", "SET ROLE {owner}", "ALTER TABLE tasks DISABLE ROW LEVEL SECURITY",
)
NO_RIGHT, RAISED = "42501", "P0001"  # the second: the audit's own trigger
OTHERS = "permission denied for database"


def tries(at: dict[str, Any], folder: Path) -> Iterator[Try]:
    names = sorted(at["postgres"])
    for mine in names:
        dsn = at["postgres"][mine]
        for other in names:
            if other != mine:
                yield entering(mine, other, make_dsn(dsn, dbname=parse_dsn(at["postgres"][other])["dbname"]))
        for statement in OWNERS:
            yield ordering(mine, dsn, statement)
        yield from of_desk(mine, dsn, folder / "passwords" / f"{mine}_desk")


def of_desk(mine: str, dsn: str, password: Path) -> Iterator[Try]:
    """Without its password nothing is tried as the desk, and nothing is proved: that fails, too."""
    who = f"{mine}_desk"
    if not password.exists():
        yield Try(who, "SQL: comes in", lambda: (False, f"{password} is not there"))
        return
    as_desk = make_dsn(dsn, user=who, password=password.read_text("utf-8").strip())
    yield from as_desks(who, as_desk, mine, parse_dsn(dsn)["user"])


def as_desks(who: str, dsn: str, service: str, owner: str) -> Iterator[Try]:
    told = wall.read(ROOT / "services" / service)
    for statement in DESKS:
        yield ordering(who, dsn, statement.format(owner=owner))
    for table in sorted(one.table for one in told.walled):
        yield reading(who, dsn, table)
    if "decisions" not in told.tables:
        yield ordering(who, dsn, "SELECT * FROM decisions")


def entering(who: str, other: str, dsn: str) -> Try:
    def does() -> tuple[bool, str]:
        try:
            psycopg2.connect(dsn, connect_timeout=5).close()
        except psycopg2.OperationalError as error:
            if OTHERS not in str(error):
                raise
            return True, str(error).splitlines()[0]
        return False, "is in"

    return Try(who, f"SQL: enters the database of {other}", does)


def ordering(who: str, dsn: str, statement: str) -> Try:
    """Refused is what there is no right to, or what the audit's trigger stops; whatever else fails proves nothing."""

    def does() -> tuple[bool, str]:
        with closing(psycopg2.connect(dsn, connect_timeout=5)) as connection, connection.cursor() as cursor:
            try:
                cursor.execute(statement)
            except psycopg2.Error as error:
                return error.pgcode in (NO_RIGHT, RAISED), str(error).splitlines()[0]
            connection.rollback()
            return False, f"{cursor.rowcount} rows"

    return Try(who, f"SQL: {statement}", does)


def reading(who: str, dsn: str, table: str) -> Try:
    """The pages may ask a walled table; as long as nobody asks for whom, it is empty."""

    def does() -> tuple[bool, str]:
        with closing(psycopg2.connect(dsn, connect_timeout=5)) as connection, connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            return cursor.rowcount == 0, f"{cursor.rowcount} rows"

    return Try(who, f"SQL: SELECT * FROM {table}", does)
