"""What are the rows of this file, and when was it taken out of the police's books?"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from pathlib import Path

from services.police_intake.journal.encoding import find_encoding
from services.police_intake.journal.errors import UnreadableJournal
from services.police_intake.journal.layout import Layout, find_layout
from services.police_intake.journal.lines import Lines, next_record
from services.police_intake.journal.moments import find_extract_time
from services.police_intake.journal.rows import Header, JournalRow

FILE_BYTES_MAX = 200 * 1024 * 1024
_TOO_LARGE = f"The file is larger than {FILE_BYTES_MAX // 1024**2} MB."
_HEAD_LINES = 200  # the header stands among these


@dataclass(frozen=True, slots=True)
class Journal:
    encoding: str
    extracted_at: datetime | None
    rows: Iterator[JournalRow]  # once through; reading the file again gives the same numbers
    header: tuple[str, ...]


def read_content(path: Path) -> bytes:
    """The bytes of a file; one that is too large is refused before it is read. Raises OSError, UnreadableJournal."""
    if path.stat().st_size > FILE_BYTES_MAX:
        raise UnreadableJournal(_TOO_LARGE)
    return path.read_bytes()


def read_journal(content: bytes) -> Journal:
    """Raises UnreadableJournal, with one sentence, for a file that is no journal."""
    if len(content) > FILE_BYTES_MAX:
        raise UnreadableJournal(_TOO_LARGE)
    encoding = find_encoding(content)
    lines = _lines(content, encoding)
    head = list(islice(lines, _HEAD_LINES))
    if not any(line.strip() for line in head):
        raise UnreadableJournal("The file is empty.")
    layout = find_layout(head)
    rest = Lines(chain(head[layout.lines_before :], lines))
    rows = _rows(rest, layout)
    return Journal(encoding, find_extract_time(layout.titles), rows, layout.header.names)


def _lines(content: bytes, encoding: str) -> io.TextIOWrapper:
    # Only real line ends count: str.splitlines would also break at form feeds inside a story.
    newline = "\n" if b"\n" in content or b"\r" not in content else "\r"
    return io.TextIOWrapper(io.BytesIO(content), encoding, errors="replace", newline=newline)


def _rows(lines: Lines, layout: Layout) -> Iterator[JournalRow]:
    header, names = layout.header, layout.header.names
    record = 0
    while True:
        line = layout.lines_before + lines.taken + 1
        cells = next_record(lines, layout.delimiter, len(names))
        if cells is None:
            return
        record += 1
        extra = _extra(cells, header)
        yield JournalRow(record, dict(zip(names, cells, strict=False)), extra, line, len(cells), header)


def _extra(cells: list[str], header: Header) -> tuple[str, ...]:
    extra = tuple(cells[len(header.names) :])
    blank = len(cells) <= header.width_max and not any(map(str.strip, extra))
    return () if blank else extra
