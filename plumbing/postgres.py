"""How does anyone here talk to PostgreSQL? The only file that imports psycopg2."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from io import StringIO
from typing import Any

import psycopg2
from psycopg2.extras import Json, execute_values, register_uuid

from plumbing.copying import lines
from plumbing.refusals import BadValue, Conflict, Fault, LostConnection, adapting, passes, told

register_uuid()
# Without these four a frozen worker would keep its rows locked, or its place as the relay, for ever.
SESSION = {
    "idle_in_transaction_session_timeout": "5s", "lock_timeout": "3s", "statement_timeout": "60s",
    "idle_session_timeout": "10min", "timezone": "UTC", "client_min_messages": "warning",
}
__all__ = ["BadValue", "Conflict", "Database", "Fault", "LostConnection", "Transaction", "as_json", "user_of"]
COPIED_FROM = 40  # rows; below, the two round trips more cost more than they save
_WALLED = "SELECT relname FROM pg_class WHERE relforcerowsecurity AND relkind = 'r'"
Begin = Callable[[], tuple[str, Sequence[str]]]
begin_plainly: Begin = lambda: ("BEGIN", ())  # noqa: E731


class Database:
    """One connection, opened when first needed and again after it was lost; `begin` says how each transaction begins."""

    def __init__(self, dsn: str, name: str, session: dict[str, str] | None = None, begin: Begin = begin_plainly) -> None:
        self._dsn, self._name, self._begin = dsn, name, begin
        self._walled: set[str] = set()
        self._options = " ".join(f"-c {key}={value}" for key, value in {**SESSION, **(session or {})}.items())
        self._connection: Any = None
        self._writer: ThreadPoolExecutor | None = None

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """BEGIN … COMMIT around the block; any error rolls back; the database's is told as one of refusals.py."""
        transaction = self._begun()
        try:
            yield transaction
            transaction.commit()
        except BaseException as error:
            transaction.let_go()
            self._roll_back()
            raise told(error) from error

    def close(self) -> None:
        writer, connection, self._writer, self._connection = self._writer, self._connection, None, None
        if writer is not None:
            writer.shutdown()
        if connection is not None:
            connection.close()

    def _begun(self) -> Transaction:
        """A transaction begun; a connection that had gone stale is replaced, since nothing was asked on it yet."""
        reused = self._connection is not None
        transaction = Transaction(self._connected(), self._write, self._walled)
        try:
            transaction.run(*self._begin())
        except psycopg2.Error as error:
            self.close()
            if not reused:
                raise told(error) from error
            return self._begun()
        return transaction

    def _connected(self) -> Any:
        if self._connection is None or self._connection.closed:
            try:
                told_who = {"application_name": self._name, "options": self._options, "connect_timeout": 5}
                self._connection = psycopg2.connect(self._dsn, **told_who)
            except psycopg2.OperationalError as error:
                raise LostConnection(str(error).strip().split("\n")[0]) from error
            self._connection.autocommit = True  # BEGIN and COMMIT are written out: they share round trips
            self._walled.clear()
        return self._connection

    def _write(self, work: Callable[[], None]) -> Future[None]:
        self._writer = self._writer or ThreadPoolExecutor(1, thread_name_prefix=f"{self._name} writes")
        return self._writer.submit(work)

    def _roll_back(self) -> None:
        try:
            self._connection.cursor().execute("ROLLBACK")
        except psycopg2.Error:
            self.close()


class Transaction:
    """What a store may do in a transaction. Many rows are written while the caller goes on, in order, before anything else."""

    def __init__(self, connection: Any, write: Callable[[Callable[[], None]], Future[None]], walled: set[str]) -> None:
        self._cursor, self._write, self._known = connection.cursor(), write, walled
        self._under_way: list[Future[None]] = []
        self._committed = False

    def rows(self, sql: str, arguments: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        self._execute(sql, arguments)
        return self._cursor.fetchall()

    def run(self, sql: str, arguments: Sequence[Any] | dict[str, Any] = ()) -> int:
        self._execute(sql, arguments)
        return int(self._cursor.rowcount)

    def _execute(self, sql: str, arguments: Sequence[Any] | dict[str, Any]) -> None:
        self._settle()
        with adapting():
            self._cursor.execute(sql, arguments or None)

    def _settle(self) -> None:
        """Wait for all that is being written; raises what went wrong first."""
        failed = [error for one in self._under_way if (error := one.exception())]
        self._under_way = []
        if failed:
            with adapting():
                raise failed[0]

    def let_go(self) -> None:
        """Wait, whatever came of it: a write that is left over would follow the rollback and count."""
        self._under_way = list(wait(self._under_way).not_done)

    def insert(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """`INSERT … VALUES %s …` for any number of rows; nothing happens for none."""
        if listed := list(rows):
            self._settle()
            with adapting():
                execute_values(self._cursor, sql, listed, page_size=2000)

    def change(self, sql: str, rows: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
        """`UPDATE … FROM (VALUES %s) … RETURNING …` for any number of rows; gives what is returned."""
        listed = list(rows)
        self._settle()
        with adapting():
            return execute_values(self._cursor, sql, listed, page_size=len(listed), fetch=True) if listed else []

    def put(self, table: str, columns: str, rows: Iterable[Sequence[Any]], conflict: str = "") -> None:
        """INSERT … [ON CONFLICT …]: few rows as values in one round trip, many by COPY, which costs a third a row."""
        into = f"INSERT INTO {table} ({columns})"
        if len(listed := list(rows)) < COPIED_FROM:
            return self.insert(f"{into} VALUES %s {conflict}", listed)
        copied = adapting()(lines)(listed)
        if not conflict and table not in self._walled():
            self._later(f"COPY {table} ({columns}) FROM STDIN", copied)
        else:
            shape = f"(LIKE {table} INCLUDING DEFAULTS) ON COMMIT DELETE ROWS"
            self._later(f"CREATE TEMP TABLE IF NOT EXISTS new_{table} {shape}; DELETE FROM new_{table}")
            self._later(f"COPY new_{table} ({columns}) FROM STDIN", copied)
            self._later(f"{into} SELECT {columns} FROM new_{table} {conflict}")

    def _walled(self) -> set[str]:
        """Tables whose wall stands before their owner too: nothing is copied into these, only inserted."""
        if not self._known:
            self._known.update(("", *(name for (name,) in self.rows(_WALLED))))  # "": asked, even where nothing is walled
        return self._known

    def attempt(self, work: Callable[[], None]) -> bool:
        """Do it, or leave all as it was before and give False if it is refused for good, is our fault, or waits for a lock."""
        self.run("SAVEPOINT attempt")
        try:
            work()
            self._settle()
        except Exception as error:
            if passes(error):
                raise
            self.let_go()
            self._cursor.execute("ROLLBACK TO SAVEPOINT attempt")
            return False
        return True

    def _later(self, sql: str, copied: str = "") -> None:
        work = partial(self._cursor.copy_expert, sql, StringIO(copied)) if copied else partial(self._cursor.execute, sql)
        self._under_way.append(self._write(work))

    def commit(self, last: str = "", arguments: Sequence[Any] | dict[str, Any] = ()) -> None:
        """COMMIT, in one round trip with a last statement if there is one; a second call does nothing."""
        if not self._committed:
            self._settle()
            with adapting():
                self._cursor.execute(f"{last}; COMMIT" if last else "COMMIT", arguments or None)
            self._committed = True

    def now(self) -> datetime:
        return self.rows("SELECT clock_timestamp()")[0][0]


def user_of(dsn: str) -> str:
    """Whom a connection string logs in; empty if it does not say."""
    return str(psycopg2.extensions.parse_dsn(dsn).get("user", ""))


def as_json(value: Any) -> Any:
    """A value for a jsonb column; NUL cannot live there and is taken out of texts at the edge."""
    return Json(value)
