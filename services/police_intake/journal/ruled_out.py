"""Which rows of a journal are no report: totals, blank lines, the header or the title once more?"""

import re
from itertools import islice

from plumbing.texts import N_
from services.police_intake.journal.columns import column_of, fold_heading
from services.police_intake.journal.rows import JournalRow

_HEADINGS_REPEATED_MIN = 3
_READABLE = re.compile(r"[^\W_]")
_TOTAL = re.compile(r"(?:итог[оа]?|всего|барлығы|жиыны|жалпы саны|total)\b", re.IGNORECASE)
_UNITS = r"(?:запис\w*|сообщени\w*|строк\w*|шт|жазба\w*|хабарлама\w*)?+"
_COUNT = re.compile(rf"\s*+{_UNITS}[\s\d.,:;%()=\-–—]*+{_UNITS}[\s.]*+")
_TITLE = re.compile(
    r"книг[аи] уч[её]та|журнал (?:уч[её]та|регистрации)|выгрузк|страница \d|^стр\.? ?\d|^\d+ ?-?бет\b|"
    r"есепке алу (?:кітабы|журналы)|сформирован|конец (?:файла|выгрузки|отч[её]та)",
    re.IGNORECASE,
)


def why_no_report(row: JournalRow) -> str:
    """The reason in a few words; "" when the row may be a report."""
    readable = (cell.strip() for cell in (*row.cells.values(), *row.extra) if _READABLE.search(cell))
    filled = list(islice(readable, 2))
    if not filled:
        return N_("A blank row.")
    if _is_total([*filled, *readable] if _TOTAL.match(filled[0]) else filled):
        return N_("A total.")
    if len(filled) == 1 and (fold_heading(filled[0]) in row.header.titles or _TITLE.search(filled[0])):
        return N_("A title.")
    return N_("The header once more.") if _is_header(row) else ""


def _is_total(filled: list[str]) -> bool:
    start = _TOTAL.match(filled[0])
    if start is None:
        return False
    return all(_COUNT.fullmatch(text) for text in (filled[0][start.end() :], *filled[1:]))


def _is_header(row: JournalRow) -> bool:
    columns = row.header.columns
    # Stations are few and remembered: the other cells are looked at only when this one is a heading.
    if column_of(row.cells.get(row.header.station, "")) != "station":
        return False
    filled = [(columns[name], cell) for name, cell in row.cells.items() if cell.strip()]
    repeated = sum(1 for column, cell in filled if column_of(cell) == column)
    return repeated >= max(_HEADINGS_REPEATED_MIN, len(filled) // 2)
