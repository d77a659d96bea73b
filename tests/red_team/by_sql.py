"""What does a role of the database try that is not its own: other databases, keys, the audit?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2.extensions import make_dsn, parse_dsn

from tests.red_team.trying import Try

OWNERS = (  # as the service's own role: its tables are its own, what it wrote down of people's acts is not
    "UPDATE audit SET subject = 'somebody else'", "DELETE FROM audit", "TRUNCATE audit",
    "COPY (SELECT 1) TO PROGRAM 'id'", "SELECT pg_read_file('/etc/passwd')", "CREATE ROLE intruder SUPERUSER",
)
DESKS = (  # as the role of the pages
    "SELECT * FROM keys.one_time", "INSERT INTO audit SELECT * FROM audit", "DELETE FROM locks", "UPDATE tasks SET closed_by = 'x'",
    "CREATE TABLE intruder (x int)", "SET ROLE {owner}", "ALTER TABLE tasks DISABLE ROW LEVEL SECURITY", "SELECT * FROM decisions",
)


def tries(at: dict[str, Any], folder: Path) -> Iterator[Try]:
    names = sorted(at["postgres"])
    for mine in names:
        dsn = at["postgres"][mine]
        for other in names:
            if other != mine:
                yield _try(mine, f"enters the database of {other}", make_dsn(dsn, dbname=parse_dsn(at["postgres"][other])["dbname"]), "SELECT 1")
        for statement in OWNERS:
            yield _try(mine, statement, dsn, statement)
        desk = folder / "passwords" / f"{mine}_desk"
        for statement in DESKS if desk.exists() else ():
            as_desk = make_dsn(dsn, user=f"{mine}_desk", password=desk.read_text("utf-8").strip())
            yield _try(f"{mine}_desk", statement, as_desk, statement.format(owner=mine))


def _try(who: str, what: str, dsn: str, statement: str) -> Try:
    def does() -> tuple[bool, str]:
        try:
            with closing(psycopg2.connect(dsn, connect_timeout=5)) as connection, connection.cursor() as cursor:
                cursor.execute(statement)
                connection.rollback()
                return False, f"{cursor.rowcount} rows"
        except psycopg2.Error as error:
            return True, str(error).splitlines()[0]

    return Try(who, f"SQL: {what}", does)
