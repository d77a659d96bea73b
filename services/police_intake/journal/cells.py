"""What text stands in a row's known columns, and which of them are doubted?"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from services.police_intake.journal.rows import JournalRow


# Control characters, invisible and direction marks, lone surrogates: no clerk means them.
_UNMEANT = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_SUSPECT = re.compile(_UNMEANT.pattern[:-1] + "\ufffd#]")  # also what was damaged before it came here
_UNKEEPABLE = re.compile("[\0\ud800-\udfff]")  # a database cannot keep these
_SPREADSHEET_ERROR = re.compile(r"#[A-ZА-ЯЁ/0-9]+[!?]?|#+")  # #REF!, #ЗНАЧ!, #####
# Nobody said: that is an answer, not a mistake.
_UNSAID = re.compile(
    r"[\s\-‐‑–—_.?/]*|н[/.]?[удп]\.?|б[/.]?н\.?|нет(?: данных)?|отсутствует|без номера|жоқ|n/?a|none|null"
    r"|(?:лицо )?не ?(?:установлен|извест|указан)[а-яё]*(?: лиц[а-яё]*)?|белгісіз|анықталмаған|көрсетілмеген"
)


def is_unsaid(text: str) -> bool:
    """Nothing, a dash, or words for "nobody knows"."""
    if not text or text[0] in "0123456789":
        return not text
    return _UNSAID.fullmatch(text.casefold()) is not None


def is_keepable(text: str) -> bool:
    return _UNKEEPABLE.search(text) is None


def keepable(text: str) -> str:
    """The text as written, without what no database can keep."""
    return _UNKEEPABLE.sub("", text)


def single_line(text: str) -> str:
    """Full-width and other compatibility forms as plain characters, white space as one blank."""
    if text.isascii() and "\n" not in text and "  " not in text:
        return text
    return " ".join(unicodedata.normalize("NFKC", text).split())


class Cells:
    """One row by canonical column. Reading a cell cleans it; what had to be mended is doubted."""

    def __init__(self, row: JournalRow) -> None:
        self._columns = row.header.columns
        self._texts = {self._columns[name]: text.strip() for name, text in row.cells.items()}
        self._doubted: set[str] = set()
        if _SUSPECT.search("".join(row.cells.values())):
            self._texts = {column: self._mended(column, text) for column, text in self._texts.items()}

    def text(self, column: str) -> str:
        """As written, without outer white space; "" where nothing stands."""
        return self._texts.get(column, "")

    def line(self, column: str) -> str:
        """As one plain line, for columns that hold a number, a date, a code or a word."""
        return single_line(self.text(column))

    def said(self, column: str) -> str:
        """As one plain line, and "" also for the words that mean nobody knows."""
        line = self.line(column)
        return "" if is_unsaid(line) else line

    def doubt(self, column: str) -> None:
        self._doubted.add(column)

    def trust(self, column: str) -> None:
        """Take a doubt back: the whole record is held for this column, and the reason says so."""
        self._doubted.discard(column)

    def doubts(self) -> tuple[str, ...]:
        """The doubted columns by their written names, in the header's order."""
        if not self._doubted:
            return ()
        return tuple(name for name, column in self._columns.items() if column in self._doubted)

    def _mended(self, column: str, text: str) -> str:
        if _SPREADSHEET_ERROR.fullmatch(text):
            self.doubt(column)
            return ""
        if _UNMEANT.search(text) or "\ufffd" in text:
            self.doubt(column)
        return _UNMEANT.sub("", text).strip()
