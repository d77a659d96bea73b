"""What time is it in the land, and what did each service write into its log?"""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from unittest import mock

from plumbing.settings import Clock
from services.police_intake.dispatch.keys import SETTING


class Hands(Clock):
    """A clock that a test puts forward; one land at a time: all services look at the same one."""

    shown: list[datetime] = []  # noqa: RUF012

    def at(self, database_now: datetime) -> datetime:
        return self.shown[-1]


class _Kept(logging.Handler):
    """Every line of ours, under the name of the service that was at work."""

    def __init__(self, logs: dict[str, list[str]], working: Callable[[], str]) -> None:
        super().__init__()
        self._logs, self._working = logs, working

    def emit(self, record: logging.LogRecord) -> None:
        if self._working() and record.name.startswith(("plumbing", "services", "qorgan")):
            self._logs[self._working()].append(f"{record.levelname} {record.getMessage()}")


@contextmanager
def logged(logs: dict[str, list[str]], working: Callable[[], str]) -> Iterator[None]:
    handler, root = _Kept(logs, working), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


@contextmanager
def dispatch_key() -> Iterator[None]:
    """What a dispatch system seals to: the same key in every land, since answers of two lands are compared."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "dispatch"
        file.write_text("5e" * 32 + "\n", "ascii")
        file.chmod(0o600)
        with mock.patch.dict(os.environ, {SETTING: str(file)}):
            yield
