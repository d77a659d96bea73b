"""How does a journal become reports? `python -m services.police_intake import FILE [--verdicts OUT.jsonl]`."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from tqdm import tqdm

from plumbing.identity import fresh_seed
from plumbing.postgres import Database
from plumbing.preparing import prepare
from plumbing.service import Heard, Service
from plumbing.settings import Settings
from plumbing.step import Step
from services.police_intake import runs
from services.police_intake.journal import Journal, UnreadableJournal, read_journal, read_row
from services.police_intake.messages import FinishImport, ImportedRecord, RegisterReport, SetAside

BATCH = 200
WATCH_EVERY = 2.0


def import_verb(service: Service, settings: Settings, words: Sequence[str]) -> int:
    """One file, or a watched folder whose files are moved to `done/` or `unreadable/` once every record has a verdict."""
    parser = argparse.ArgumentParser(prog="python -m services.police_intake import")
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--verdicts", type=Path, help="write one JSON line a record to this file")
    parser.add_argument("--watch", type=Path, metavar="DIR", help="import every journal that appears in this folder")
    asked = parser.parse_args(list(words))
    if (asked.file is None) == (asked.watch is None):
        parser.error("give a FILE, or --watch DIR")
    prepare(service, settings)
    step = Step(service, Database(settings.dsn, "police_intake/import"), settings.clock)
    if asked.watch is not None:
        return _watch(step, asked.watch)
    try:
        counts = import_file(step, asked.file, asked.verdicts)
    except (OSError, UnreadableJournal) as error:
        print(f"{asked.file}: {error}", file=sys.stderr)
        return 1
    print(_summary(asked.file, counts))
    return 0


def import_file(step: Step, path: Path, verdicts: Path | None = None) -> dict[str, int]:
    """Import what has no verdict yet; gives the number of records by verdict. Raises UnreadableJournal."""
    content = path.read_bytes()
    journal = read_journal(content)
    with step.database.transaction() as tx:
        run_id, done = runs.take_up(tx, sha256(content).hexdigest(), path.name)
    read = 0

    def wanted() -> Iterator[RegisterReport | SetAside]:
        nonlocal read
        for command in _commands(step, journal, run_id):
            read += 1
            if _record(command) > done:
                yield command

    commands = wanted()
    with tqdm(desc=path.name, unit=" records", initial=done, disable=None) as bar:
        while batch := list(islice(commands, BATCH)):
            step.run([_heard(command) for command in batch])
            bar.update(len(batch))
    step.run([Heard(FinishImport(run_id, read), f"import/{fresh_seed('').hex()}", run_id)])
    with step.database.transaction() as tx:
        lines = runs.verdicts(tx, run_id)
    if verdicts is not None:
        _write_whole(verdicts, lines)
    return _count(lines)


def _commands(step: Step, journal: Journal, run_id: str) -> Iterator[RegisterReport | SetAside]:
    with step.database.transaction() as tx:
        now = step.clock.at(tx.now())
    for row in journal.rows:
        read = read_row(row, journal.extracted_at, now)
        record = ImportedRecord(run_id, read.record)
        if read.verdict == "report" and read.report is not None:
            yield RegisterReport(
                read.report, dict(read.content), read.content_hash, tuple(read.doubts), journal.extracted_at, None, record
            )
        else:
            yield SetAside(read.verdict, read.reason, dict(read.content), read.content_hash, tuple(read.doubts), record)


def _watch(step: Step, folder: Path) -> int:
    print(f"watching {folder}; Ctrl-C ends it", file=sys.stderr)
    sizes: dict[Path, int] = {}
    try:
        while True:
            _look_into(step, folder, sizes)
            time.sleep(WATCH_EVERY)
    except KeyboardInterrupt:
        return 0


def _look_into(step: Step, folder: Path, sizes: dict[Path, int]) -> None:
    """A file is taken once it has stopped growing."""
    for path in sorted(one for one in folder.glob("*") if one.is_file()):
        size = path.stat().st_size
        if sizes.get(path) == size:
            _import_and_move(step, path)
        sizes[path] = size


def _import_and_move(step: Step, path: Path) -> None:
    room = path.parent / "done"
    try:
        print(_summary(path, import_file(step, path, path.parent / "verdicts" / f"{path.name}.jsonl")))
    except UnreadableJournal as error:
        print(f"{path}: {error}", file=sys.stderr)
        room = path.parent / "unreadable"
    room.mkdir(exist_ok=True)
    os.replace(path, room / f"{time.time_ns()}-{path.name}")


def _write_whole(path: Path, lines: Sequence[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(path.name + ".new")
    scratch.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    os.replace(scratch, path)


def _heard(command: RegisterReport | SetAside) -> Heard:
    assert command.record is not None
    return Heard(command, f"import/{fresh_seed('').hex()}", f"{command.record.run_id}/{command.record.record}")


def _record(command: RegisterReport | SetAside) -> int:
    return command.record.record if command.record else 0


def _count(lines: Sequence[dict[str, Any]]) -> dict[str, int]:
    counts = {"records": len(lines)}
    for line in lines:
        counts[line["verdict"]] = counts.get(line["verdict"], 0) + 1
    return counts


def _summary(path: Path, counts: dict[str, int]) -> str:
    parts = ", ".join(f"{number} {verdict}" for verdict, number in counts.items() if verdict != "records")
    return f"{path.name}: {counts['records']} records: {parts}"
