"""What becomes of a record that was read, and of the journal it stood in?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plumbing.service import Key
    from services.police_intake.messages import ImportedRecord


@dataclass(frozen=True)
class VerdictGiven:
    """The one verdict of an imported record."""

    record: ImportedRecord
    verdict: str
    doubts: tuple[str, ...]
    reason: str
    report_id: str = ""


@dataclass(frozen=True, repr=False)
class RecordHeld:
    """Kept as it came, for an officer."""

    held_id: str
    verdict: str
    reason: str
    content: dict[str, str]
    content_hash: str
    doubts: tuple[str, ...] = ()
    extracted_at: datetime | None = None


@dataclass(frozen=True)
class Source:
    """Where an imported file lies, and until when it may."""

    path: str
    host: str
    destroy_at: datetime | None


@dataclass(frozen=True)
class FinishImport:
    """Command: a journal has been read to its end; `records` are counted by the reader, apart from the verdicts."""

    run_id: str
    records: int
    source: Source | None = None


@dataclass(frozen=True)
class FileDestroyed:
    """Kept: the file of this import is gone; its hash stays."""

    run_id: str


@dataclass(frozen=True)
class ImportFinished:
    """A journal was read to its end; `records` as its reader counted them, apart from the verdicts."""

    run_id: str
    records: int
    source: Source | None = None

    @property
    def fact(self) -> Key:
        return "finished", self.run_id
