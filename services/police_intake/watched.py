"""What becomes of the files that appear in a watched folder?"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from services.police_intake.journal.errors import UnreadableJournal
from services.police_intake.runs import ImportUnderWay, ToldToStop
from services.police_intake.source_files import destroy_old
from services.police_intake.verdicts import called, summary

if TYPE_CHECKING:
    from services.police_intake.taking import Taking

WATCH_EVERY = 2.0
ENDINGS = (".csv", ".txt", ".tsv")  # nothing else of a name is kept
Take = Callable[[Path, Path, Path], dict[str, int]]  # (file, where its verdicts go, where it will lie) → records by verdict
Look = tuple[int, int]  # size and time of the last change


def watch(taking: Taking, folder: Path, stopping: threading.Event) -> int:
    """Until told to stop; gives the exit code."""
    if not folder.is_dir():
        print(f"{folder} is no folder: make it, or watch another.", file=sys.stderr)
        return 1
    print(f"watching {folder}; Ctrl-C ends it", file=sys.stderr, flush=True)
    watched = Watched(taking.take, folder)
    while not stopping.is_set():
        try:
            watched.look()
            destroy_old(folder / "unreadable", taking.days, time.time())
        except ToldToStop:
            break
        stopping.wait(WATCH_EVERY)
    return 0


class Watched:
    """A folder, what its files looked like a moment ago, and what was said of them already."""

    def __init__(self, take: Take, folder: Path) -> None:
        self._import, self._folder = take, folder
        self._before: dict[Path, Look] = {}
        self._told: dict[Path, str] = {}

    def look(self) -> None:
        """A file is taken once it has something in it and has stopped growing."""
        seen: dict[Path, Look] = {}
        try:
            files = sorted(path for path in self._folder.iterdir() if path.is_file() and not path.name.startswith("."))
        except OSError as error:
            return self._tell(self._folder, error)
        self._told.pop(self._folder, None)
        for path in files:
            try:
                seen[path] = _look_of(path)
                if seen[path][0] and self._before.get(path) == seen[path]:
                    self._take(path, seen[path])
                    self._told.pop(path, None)
            except (OSError, ImportUnderWay) as error:
                self._tell(path, error)
        self._before = seen

    def _take(self, path: Path, seen: Look) -> None:
        name, room = f"{time.time_ns()}-{called(path)}", "done"
        kept_as = f"{name}{path.suffix if path.suffix in ENDINGS else ''}"
        verdicts = self._folder / "verdicts" / f"{name}.jsonl"
        try:
            told = summary(path, self._import(path, verdicts, self._folder / room / kept_as))
            print(told, flush=True)
        except UnreadableJournal as error:
            print(f"{called(path)}: {error}", file=sys.stderr, flush=True)
            room = "unreadable"
        if _look_of(path) == seen:  # else somebody has written on: what is new in it comes with the next look
            (self._folder / room).mkdir(exist_ok=True)
            os.replace(path, self._folder / room / kept_as)
            os.utime(self._folder / room / kept_as)  # its days begin now, however old it came: somebody may mend it

    def _tell(self, path: Path, error: Exception) -> None:
        """Once, and again when something else is wrong with it."""
        why = error.strerror if isinstance(error, OSError) else error
        sentence = f"{'the folder' if path == self._folder else 'a file'}: {why}"
        if self._told.get(path) != sentence:
            print(f"{sentence} It stays where it is and is tried again.", file=sys.stderr, flush=True)
        self._told[path] = sentence


def _look_of(path: Path) -> Look:
    state = path.stat()
    return state.st_size, state.st_mtime_ns
