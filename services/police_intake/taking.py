"""How does every record of a journal get its verdict, whatever one record or the world does meanwhile?"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from plumbing.identity import fresh_seed
from plumbing.logs import Word, told
from plumbing.outages import Outages
from plumbing.postgres import Conflict, Fault, LostConnection
from plumbing.service import Heard
from plumbing.step import Step
from plumbing.texts import N_
from services.police_intake import runs, source_files
from services.police_intake.journal.file import read_content, read_journal
from services.police_intake.messages import ImportedRecord, RegisterReport, SetAside
from services.police_intake.records import FinishImport
from services.police_intake.runs import Run, ToldToStop
from services.police_intake.verdicts import count, write_whole

if TYPE_CHECKING:
    from services.police_intake.journal.record import ReadRow

log = logging.getLogger("qorgan.import")
BATCH = 200
NOT_KEPT = N_("The record could not be kept as it stands: an officer looks at it.")
Command = RegisterReport | SetAside


class Taking:
    """Takes journals in, one after the other, with one step; `read` reads a row of one."""

    def __init__(self, step: Step, read: Callable[..., ReadRow], stopping: threading.Event | None = None) -> None:
        self._step, self._read, self._stopping = step, read, stopping or threading.Event()
        self.days = 30  # after which a file that is to be destroyed is
        self._outages = Outages("the import waits for its database", self._stopping)

    def take(self, path: Path, verdicts: Path | None = None, lies: Path | None = None) -> dict[str, int]:
        """Import what has no verdict yet; gives the number of records by verdict.

        lies: where the file lies afterwards, to be destroyed there after some days; without it nobody touches it.
        Raises UnreadableJournal, ImportUnderWay, OSError, each with one sentence; ToldToStop.
        """
        content = read_content(path)
        try:
            lines = self._patiently(content, path.name, lies)
        finally:
            with suppress(LostConnection, Conflict):
                runs.let_go(self._step.database)
        if verdicts is not None:
            write_whole(verdicts, lines)
        return count(lines)

    def _patiently(self, content: bytes, name: str, lies: Path | None) -> list[dict[str, Any]]:
        """A database that is away is waited for; then the same run is taken up again where it stopped."""
        file_hash = sha256(content).hexdigest()
        run: Run | None = None
        while True:
            self._go_on_unless_told_to_stop()
            try:
                run = runs.take_up(self._step.database, file_hash, name, run)
                return self._take(content, run, lies)
            except (LostConnection, Conflict) as error:
                self._outages.wait(error)

    def _take(self, content: bytes, run: Run, lies: Path | None) -> list[dict[str, Any]]:
        if not run.finished:
            read = self._take_records(content, run)
            source = source_files.source(lies, self.days, self._now()) if lies else None
            self._step.run([Heard(FinishImport(run.run_id, read, source), _message_id(), run.run_id)])
        with self._step.database.transaction() as tx:
            return runs.verdicts(tx, run.run_id)

    def _take_records(self, content: bytes, run: Run) -> int:
        """Gives how many records were read, those with a verdict included."""
        records = self._commands(content, run.run_id)
        read = 0
        with tqdm(unit=" lines", total=content.count(b"\n") + 1, disable=None) as bar:
            while batch := list(islice(records, BATCH)):
                self._go_on_unless_told_to_stop()
                self._take_batch([command for _, command in batch if _record(command) > run.done])
                self._outages.over()
                read += len(batch)
                bar.update(batch[-1][0] - bar.n)
        return read

    def _take_batch(self, commands: Sequence[Command]) -> None:
        """Together, if that goes; else one by one, and what goes not even alone is held for an officer."""
        try:
            if commands:
                self._step.run([_heard(command) for command in commands])
        except (LostConnection, Conflict, Fault):
            raise
        except Exception as error:
            log.warning("a batch of %d records is taken one by one: %s", len(commands), Word(told(error)))
            runs.still_ours(self._step.database)
            for command in commands:
                self._take_alone(command)

    def _take_alone(self, command: Command) -> None:
        try:
            self._step.run([_heard(command)])
        except (LostConnection, Conflict, Fault):
            raise
        except Exception as error:
            log.warning("record %d could not be kept and is held: %s", _record(command), Word(told(error)))
            self._step.run([_heard(_held(command))])

    def _commands(self, content: bytes, run_id: str) -> Iterator[tuple[int, Command]]:
        """(line of the file, what the record there asks for)."""
        journal = read_journal(content)
        now = self._now()
        for row in journal.rows:
            read = self._read(row, journal.extracted_at, now)
            record, doubts = ImportedRecord(run_id, read.record), tuple(read.doubts)
            kept = (dict(read.content), read.content_hash, doubts)
            if read.verdict == "report" and read.report is not None:
                yield row.line, RegisterReport(read.report, *kept, journal.extracted_at, None, record)
            else:
                yield row.line, SetAside(read.verdict, read.reason, *kept, record, journal.extracted_at)

    def _now(self) -> datetime:
        with self._step.database.transaction() as tx:
            return self._step.clock.at(tx.now())

    def _go_on_unless_told_to_stop(self) -> None:
        if self._stopping.is_set():
            raise ToldToStop


def _held(command: Command) -> SetAside:
    """Kept as it came, but for letters that no database keeps."""
    content = {name: text.encode("utf-8", "replace").decode().replace("\0", "") for name, text in command.content.items()}
    doubts = command.doubts
    return SetAside("held", NOT_KEPT, content, command.content_hash, doubts, command.record, command.extracted_at)


def _heard(command: Command) -> Heard:
    assert command.record is not None
    return Heard(command, _message_id(), f"{command.record.run_id}/{command.record.record}")


def _message_id() -> str:
    return f"import/{fresh_seed('').hex()}"


def _record(command: Command) -> int:
    return command.record.record if command.record else 0
