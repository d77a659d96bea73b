"""What does it mean when the database refuses: wait, try again, blame the value, or blame us?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

CONNECTION = {"OperationalError", "InterfaceError"}  # classes in which the driver's own client speaks, about the connection


class LostConnection(RuntimeError):
    """The database went away; whether the last COMMIT took effect is unknown."""


class Conflict(RuntimeError):
    """Somebody else was quicker (deadlock, lock time-out, lost race): run the batch again on fresh facts."""


class BadValue(RuntimeError):
    """The database refuses a value for good (SQLSTATE class 22 or 23): the message that brought it is to blame."""


class Fault(RuntimeError):
    """Anything else, as a column that is not there: no message is to blame, and none may be set aside for it."""


def refusal(state: str, text: str) -> RuntimeError:
    """Which of the four it is, by its SQLSTATE; the text is the server's, without the rows."""
    if state[:2] == "40" or state in ("55P03", "23505", "23P01", "57014"):
        return Conflict(f"{state} {text}")
    if state[:2] in ("22", "23"):
        return BadValue(f"{state} {text}")
    if not state or state[:2] in ("08", "57", "53", "25"):
        return LostConnection(text)
    return Fault(f"{state} {text}")


def without_values(error: Any) -> str:
    """Where it was; the server's own words quote the value, and its detail the whole row."""
    if error.pgcode:
        where = (error.diag.table_name, error.diag.column_name, error.diag.constraint_name)
        return " ".join(part for part in where if part)
    # Without a state the client speaks, about the connection; of a value it could not send only the class is told.
    speaks = CONNECTION & {kind.__name__ for kind in type(error).__mro__}
    return str(error).strip().split("\n")[0] if speaks else type(error).__name__


def told(error: BaseException) -> BaseException:
    """The driver's error as one of these four; what is not the driver's, as it is."""
    if not hasattr(error, "pgcode"):
        return error
    asked = {"DataError": "22000", "ProgrammingError": "42000"}  # where the server never came to be asked
    return refusal(error.pgcode or asked.get(type(error).__name__, ""), without_values(error))


def passes(error: BaseException) -> bool:
    """Is the whole transaction worth trying again: a lost connection or race, no room? Not so for a lock not got in time.

    Of what is not the driver's, or never reached the server, nothing passes: it is our own fault.
    """
    state = getattr(error, "pgcode", None)
    if state:
        return state != "55P03" and state[:2] in ("08", "25", "40", "53", "57")
    return bool(CONNECTION & {kind.__name__ for kind in type(error).__mro__})


@contextmanager
def adapting() -> Iterator[None]:
    """Some values (NUL, half a surrogate pair) are refused before the server sees them."""
    try:
        yield
    except ValueError as error:
        raise BadValue(f"a value cannot be written: {type(error).__name__}") from error
