"""What is said when a journal has been read to its end?"""

from __future__ import annotations

from dataclasses import dataclass

from plumbing.service import Key


@dataclass(frozen=True)
class ImportFinished:
    """A journal was read to its end; `records` as its reader counted them, apart from the verdicts."""

    run_id: str
    records: int

    @property
    def fact(self) -> Key:
        return "finished", self.run_id
