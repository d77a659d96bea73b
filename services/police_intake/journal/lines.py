"""Where does one record of the file end and the next begin?"""

import re
from collections import deque
from collections.abc import Iterable
from functools import cache

# A quotation longer than this is a stray quote, not a story of forty lines.
_LINES_JOINED_MAX = 40


class Lines:
    """The file's physical lines, with a look ahead."""

    def __init__(self, source: Iterable[str]) -> None:
        self._source = iter(source)
        self._ahead: deque[str] = deque()
        self.taken = 0

    def take(self) -> str | None:
        line = self.peek(0)
        if line is not None:
            self._ahead.popleft()
            self.taken += 1
        return line

    def peek(self, depth: int) -> str | None:
        while len(self._ahead) <= depth:
            line = next(self._source, None)
            if line is None:
                return None
            self._ahead.append(line.rstrip("\r\n"))
        return self._ahead[depth]


def next_record(lines: Lines, delimiter: str, width: int) -> list[str] | None:
    """The cells of the next record; None at the end.

    A quoted cell may hold delimiters and line breaks. A stray quote is a letter like any other:
    it must not swallow the reports that follow it.
    """
    first = lines.take()
    if first is None or '"' not in first:
        return None if first is None else first.split(delimiter)
    cells, unclosed = _split(first, delimiter)
    if unclosed:
        joined, more = _join(first, lines, delimiter)
        if joined and not _swallows_records(cells, more, delimiter, width):
            for _ in more:
                lines.take()
            return joined
    return cells


def _join(first: str, lines: Lines, delimiter: str) -> tuple[list[str], list[str]]:
    """The record that begins with `first`, and the lines that complete it; ([], …) if none do."""
    more: list[str] = []
    while len(more) < _LINES_JOINED_MAX and (line := lines.peek(len(more))) is not None:
        more.append(line)
        if '"' not in line:
            continue
        cells, unclosed = _split("\n".join([first, *more]), delimiter)
        if cells.broken or not unclosed:
            return ([] if cells.broken else cells), more
    return [], more


def _swallows_records(cells: list[str], more: list[str], delimiter: str, width: int) -> bool:
    whole = width > 1 and len(cells) >= width
    return whole and any(line.count(delimiter) >= width - 1 for line in more)


class _Cells(list[str]):
    broken = False  # a quoted cell went on after its closing quote


@cache
def _cell_pattern(delimiter: str) -> re.Pattern[str]:
    end = re.escape(delimiter)
    return re.compile(rf'(?:"([^"]*+(?:""[^"]*+)*+)"|((?!")[^{end}]*+))(?:({end})|\Z)')


def _split(text: str, delimiter: str) -> tuple[_Cells, bool]:
    """The cells, and whether a quote that opens a cell is never closed.

    A cell whose quotes make no sense is taken as written, up to the next delimiter.
    """
    cells, unclosed, position = _Cells(), False, 0
    pattern = _cell_pattern(delimiter)
    while True:
        found = pattern.match(text, position)
        if found is None:
            still_open = _OPEN_QUOTE.match(text, position) is not None
            unclosed, cells.broken = unclosed or still_open, cells.broken or not still_open
            end = text.find(delimiter, position)
            cells.append(text[position:] if end < 0 else text[position:end])
            if end < 0:
                return cells, unclosed
            position = end + 1
            continue
        cells.append(found[2] if found[1] is None else found[1].replace('""', '"'))
        if found[3] is None:
            return cells, unclosed
        position = found.end()


_OPEN_QUOTE = re.compile(r'"[^"]*+(?:""[^"]*+)*+\Z')
