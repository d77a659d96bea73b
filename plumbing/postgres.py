"""How does anyone here talk to PostgreSQL? The only file that imports psycopg2."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from io import StringIO
from typing import Any

import psycopg2
from psycopg2.extras import Json, execute_values, register_uuid

register_uuid()

# Without these four a frozen worker would keep its rows locked, or its place as the relay, for ever.
SESSION = {
    "idle_in_transaction_session_timeout": "5s",
    "lock_timeout": "3s",
    "statement_timeout": "60s",
    "idle_session_timeout": "10min",
    "timezone": "UTC",
    "client_min_messages": "warning",
}


class LostConnection(RuntimeError):
    """The database went away; whether the last COMMIT took effect is unknown."""


class Conflict(RuntimeError):
    """Somebody else was quicker (deadlock, lock time-out, lost race): run the batch again on fresh facts."""


class BadValue(RuntimeError):
    """The database refuses a value for good (SQLSTATE class 22 or 23)."""


class Database:
    """One connection, opened when first needed and again after it was lost."""

    def __init__(self, dsn: str, name: str, session: dict[str, str] | None = None) -> None:
        self._dsn, self._name = dsn, name
        self._options = " ".join(f"-c {key}={value}" for key, value in {**SESSION, **(session or {})}.items())
        self._connection: Any = None

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """BEGIN … COMMIT around the block; any error rolls back and is told as one of the three above."""
        transaction = self._begun()
        try:
            yield transaction
            transaction.commit()
        except BaseException as error:
            self._roll_back()
            raise _told(error) from error

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _begun(self) -> Transaction:
        """A transaction begun; a connection that had gone stale is replaced, since nothing was asked on it yet."""
        reused = self._connection is not None
        transaction = Transaction(self._connected())
        try:
            transaction.run("BEGIN")
        except psycopg2.Error as error:
            self.close()
            if not reused:
                raise _told(error) from error
            return self._begun()
        return transaction

    def _connected(self) -> Any:
        if self._connection is None or self._connection.closed:
            try:
                self._connection = psycopg2.connect(
                    self._dsn, application_name=self._name, options=self._options, connect_timeout=5
                )
            except psycopg2.OperationalError as error:
                raise LostConnection(str(error).strip().split("\n")[0]) from error
            self._connection.autocommit = True  # BEGIN and COMMIT are written out: they share round trips
        return self._connection

    def _roll_back(self) -> None:
        try:
            self._connection.cursor().execute("ROLLBACK")
        except psycopg2.Error:
            self.close()


class Transaction:
    """What a store may do inside a transaction: ask for rows, run a statement, insert many rows at once."""

    def __init__(self, connection: Any) -> None:
        self._cursor = connection.cursor()
        self._committed = False

    def rows(self, sql: str, arguments: Sequence[Any] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        self._cursor.execute(sql, arguments or None)
        return self._cursor.fetchall()

    def run(self, sql: str, arguments: Sequence[Any] | dict[str, Any] = ()) -> int:
        self._cursor.execute(sql, arguments or None)
        return int(self._cursor.rowcount)

    def insert(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """`INSERT … VALUES %s …` for any number of rows; nothing happens for none."""
        listed = list(rows)
        if listed:
            execute_values(self._cursor, sql, listed, page_size=2000)

    def change(self, sql: str, rows: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
        """`UPDATE … FROM (VALUES %s) … RETURNING …` for any number of rows; gives what is returned."""
        listed = list(rows)
        return execute_values(self._cursor, sql, listed, page_size=len(listed), fetch=True) if listed else []

    def copy(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """New rows, twice as fast as `insert`; nothing happens for none."""
        lines = "".join(["\t".join(map(_cell, row)) + "\n" for row in rows])
        if lines:
            self._cursor.copy_expert(f"COPY {table} ({', '.join(columns)}) FROM STDIN", StringIO(lines))

    def commit(self, last: str = "", arguments: Sequence[Any] | dict[str, Any] = ()) -> None:
        """COMMIT, in one round trip with a last statement if there is one; a second call does nothing."""
        if not self._committed:
            self._cursor.execute(f"{last}; COMMIT" if last else "COMMIT", arguments or None)
            self._committed = True

    def now(self) -> datetime:
        return self.rows("SELECT clock_timestamp()")[0][0]


def as_json(value: Any) -> Any:
    """A value for a jsonb column; NUL cannot live there and is taken out of texts at the edge."""
    return Json(value)


def _cell(value: Any) -> str:
    """One value in the text format of COPY."""
    if isinstance(value, str):
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    if value is None:
        return "\\N"
    if isinstance(value, datetime):
        return value.isoformat()
    return f"\\\\x{value.hex()}" if isinstance(value, bytes) else str(value)


def _told(error: BaseException) -> BaseException:
    if not isinstance(error, psycopg2.Error):
        return error
    state = error.pgcode or ""
    text = str(error).strip().split("\n")[0]
    if state[:2] == "40" or state in ("55P03", "23505", "23P01", "57014"):
        return Conflict(f"{state} {text}")
    if state[:2] in ("22", "23") or isinstance(error, (psycopg2.DataError, ValueError)):
        return BadValue(f"{state} {text}")
    if not state or state[:2] in ("08", "57", "53", "25") or isinstance(error, psycopg2.InterfaceError):
        return LostConnection(text)
    return error
