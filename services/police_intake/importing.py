"""How is a journal given to us? `python -m services.police_intake import FILE [--verdicts OUT.jsonl]`, or `--watch DIR`."""

from __future__ import annotations

import argparse
import getpass
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from plumbing.actors import Actor, acting
from plumbing.postgres import Database
from plumbing.preparing import prepare
from plumbing.service import Service
from plumbing.settings import Settings
from plumbing.step import Step
from services.police_intake import synthetic
from services.police_intake.journal.errors import UnreadableJournal
from services.police_intake.runs import ImportUnderWay, ToldToStop
from services.police_intake.taking import Taking
from services.police_intake.verdicts import summary
from services.police_intake.watched import watch

INTERRUPTED = 130


def import_verb(service: Service, settings: Settings, words: Sequence[str], read: Callable[..., Any]) -> int:
    """One file, or a watched folder whose files are moved away once every record has a verdict; `read` reads a row."""
    asked = _asked(words)
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    prepare(service, settings, stopping)
    step = Step(service, Database(settings.dsn, "police_intake/import"), settings.clock)
    taking = Taking(step, partial(read, allow_synthetic=synthetic.allowed()), stopping)
    taking.days = settings.files_days
    with acting(Actor("import", f"import by {getpass.getuser()}", "importer", machine=True)):
        if asked.watch is not None:
            return watch(taking, asked.watch, stopping)
        return _one_file(taking, asked.file, asked.verdicts, None if asked.keep_file else asked.file)


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m services.police_intake import")
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--verdicts", type=Path, help="write one JSON line a record to this file")
    parser.add_argument("--watch", type=Path, metavar="DIR", help="import every journal that appears in this folder")
    parser.add_argument("--keep-file", action="store_true", help="never destroy FILE (else after QORGAN_FILES_DAYS)")
    asked = parser.parse_args(list(words))
    if (asked.file is None) == (asked.watch is None):
        parser.error("give a FILE, or --watch DIR")
    return asked


def _one_file(taking: Taking, path: Path, verdicts: Path | None, lies: Path | None) -> int:
    try:
        print(summary(path, taking.take(path, verdicts, lies)))
        return 0
    except (OSError, UnreadableJournal, ImportUnderWay) as error:
        print(f"the file cannot be imported: {error.strerror if isinstance(error, OSError) else error}", file=sys.stderr)
        return 1
    except ToldToStop:
        print("stopped before its end; the same command goes on from there.", file=sys.stderr)
        return INTERRUPTED
