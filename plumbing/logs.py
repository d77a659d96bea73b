"""What may stand in a log? Sentences of ours, numbers, words called so, and of a fault its class and place. Never a value."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Any

LINE = "%(asctime)s %(levelname)s %(threadName)s %(message)s"
HOME = Path(__file__).resolve().parents[1]
OUR_LOGGERS = ("qorgan", "plumbing", "services", "deploy", "simulation", "__main__")


class Word(str):
    """A text that is known to name nobody: a part, a topic, a queue, an id that was drawn. Only such texts are logged."""

    __slots__ = ()


def told(error: BaseException) -> str:
    """A fault in one line: its class, and its own words if plumbing chose them; else the place where it came up.

    The words of other faults are not ours: a KeyError tells a key, a database the row it refuses.
    """
    kind = type(error)
    if kind.__module__.partition(".")[0] == "plumbing":
        return f"{kind.__name__}: {str(error).splitlines()[0][:300] if str(error) else ''}"
    return f"{kind.__name__} at {place(error.__traceback__)}"


def place(trace: TracebackType | None) -> str:
    """The innermost line of ours on the way to the fault."""
    steps = traceback.extract_tb(trace)
    ours = [step for step in steps if step.filename.startswith(str(HOME)) and ".venv" not in step.filename]
    return _step((ours or steps)[-1]) if steps else "an unknown place"


def begin(level: str) -> None:
    """From here on whatever is logged in this process, or ends it, passes the list of what is allowed."""
    handler = logging.StreamHandler()
    handler.setFormatter(Guarded(LINE))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    logging.raiseExceptions = False  # what cannot be written is lost, and never printed raw instead
    sys.excepthook = lambda kind, error, trace: _end("this process", error)
    threading.excepthook = lambda args: _end("a thread", args.exc_value)
    sys.unraisablehook = lambda args: _end("a clean-up", args.exc_value)


class Guarded(logging.Formatter):
    """Writes the template of a line, and of its arguments those of an allowed type; others by their type alone."""

    def format(self, record: logging.LogRecord) -> str:
        bare = {"msg": _sentence(record), "args": None, "exc_info": None, "exc_text": None, "stack_info": None}
        line = super().format(logging.makeLogRecord({**record.__dict__, **bare}))
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        return f"{line}\n{trace_of(error)}" if error is not None else line


def trace_of(error: BaseException) -> str:
    """Each step on the way to a fault and to what caused it: no locals, no words that are not ours."""
    chain: list[BaseException] = []
    last: BaseException | None = error
    while last is not None and last not in chain:
        chain.append(last)
        last = last.__cause__ or last.__context__
    lines = []
    for one in reversed(chain):
        lines += [f"  {_step(step)}" for step in traceback.extract_tb(one.__traceback__)] + [told(one)]
    return "\n".join(lines)


def _step(step: traceback.FrameSummary) -> str:
    return f"{step.filename.removeprefix(f'{HOME}/')}:{step.lineno} {step.name}"


def _sentence(record: logging.LogRecord) -> str:
    """A stranger's finished text may hold anything; its template does not."""
    ours = record.name.partition(".")[0] in OUR_LOGGERS
    if isinstance(record.msg, BaseException):
        return told(record.msg)
    if not isinstance(record.msg, str) or not (ours or record.args):
        return f"{record.name} says something at {record.filename}:{record.lineno}"
    try:
        return record.msg % _allowed(record.args) if record.args else record.msg
    except (TypeError, ValueError, KeyError):
        return record.msg


def _allowed(arguments: Any) -> Any:
    if isinstance(arguments, dict):
        return {name: _shown(value) for name, value in arguments.items()}
    return tuple(_shown(value) for value in arguments)


def _shown(value: Any) -> Any:
    if isinstance(value, (Word, bool, int, float, datetime, timedelta)) or value is None:
        return value
    if isinstance(value, BaseException):
        return told(value)
    return value.value if isinstance(value, Enum) else f"({type(value).__name__})"


def _end(what: str, error: BaseException | None) -> None:
    if error is not None and not isinstance(error, KeyboardInterrupt):
        cause = (type(error), error, error.__traceback__)
        logging.getLogger("qorgan").critical("%s came upon a fault", Word(what), exc_info=cause)
