"""What does a held record say once an officer has typed what was missing or wrong?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from services.police_intake.journal.columns import HEADINGS
from services.police_intake.journal.record import ReadRow, read_row
from services.police_intake.journal.rows import Header, JournalRow


def read_again(content: Mapping[str, str], extracted_at: datetime | None, now: datetime) -> ReadRow:
    """Read as a journal's row is, by canonical columns; cells beyond the header were put where they belong."""
    cells = dict.fromkeys(HEADINGS, "") | {name: text for name, text in content.items() if not name.startswith("+")}
    header = Header(tuple(cells), {name: name for name in cells}, len(cells), frozenset())
    return read_row(JournalRow(1, cells, (), 0, len(cells), header), extracted_at, now)
