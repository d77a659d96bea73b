"""Where is the header, and what separates the columns?"""

from collections.abc import Sequence
from dataclasses import dataclass

from services.police_intake.journal.columns import column_of, fold_heading
from services.police_intake.journal.errors import UnreadableJournal
from services.police_intake.journal.lines import Lines, next_record
from services.police_intake.journal.rows import Header

DELIMITERS = (";", ",", "\t", "|")
_HEADINGS_KNOWN_MIN = 3  # fewer known words in a line are a title, not a header
_REQUIRED = {"kui_number": "№ КУИ", "station": "Орган", "victim": "Потерпевший"}


@dataclass(frozen=True, slots=True)
class Layout:
    header: Header
    delimiter: str
    lines_before: int  # title rows and header
    titles: tuple[str, ...]


def find_layout(head: Sequence[str]) -> Layout:
    """The header among a file's first lines; UnreadableJournal when none has the needed columns."""
    best: Layout | None = None
    score = _HEADINGS_KNOWN_MIN - 1
    for start in range(len(head)):
        for delimiter in DELIMITERS:
            lines = Lines(head[start:])
            names = next_record(lines, delimiter, 0) or []
            known = len({column_of(name) for name in names} - {None})
            if known > score:
                best, score = _layout(names, delimiter, head[:start], lines.taken), known
    if best is None:
        raise UnreadableJournal(
            "No header row was found: a journal names its columns, among them "
            + ", ".join(f"«{name}»" for name in _REQUIRED.values()) + "."
        )  # fmt: skip
    _require(best.header)
    return best


def _require(header: Header) -> None:
    known = set(header.columns.values())
    missing = [f"«{name}»" for column, name in _REQUIRED.items() if column not in known]
    if missing:
        raise UnreadableJournal(f"The header has no column {', '.join(missing)}.")


def _layout(names: list[str], delimiter: str, before: Sequence[str], taken: int) -> Layout:
    titles = tuple(title for title in (line.strip(delimiter + ' "\t\r\n') for line in before) if title)
    return Layout(_header(names, titles), delimiter, len(before) + taken, titles)


def _header(cells: list[str], titles: tuple[str, ...]) -> Header:
    columns: dict[str, str] = {}
    written = [" ".join(cell.replace("\0", "").split()) for cell in cells]
    named = max(place for place, name in enumerate(written, start=1) if name)
    for place, name in enumerate(written[:named], start=1):
        name = name or f"({place})"
        name = name if name not in columns else f"{name} ({place})"
        columns[name] = _canonical(name, columns)
    folded = frozenset(fold_heading(title) for title in titles)
    return Header(tuple(columns), columns, len(cells), folded)


def _canonical(name: str, columns: dict[str, str]) -> str:
    """A heading seen twice is the known column once; the second stays under its own words."""
    column = column_of(name) or fold_heading(name) or name
    return column if column not in columns.values() else name
