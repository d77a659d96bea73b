"""How does a table leave this page: as CSV or XLSX that opens in the office's Excel, and says of itself what it is?"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter

from plumbing import VERSION
from plumbing.languages import Speech
from plumbing.texts import N_
from services.situation_monitor.facts import ALMATY
from services.situation_monitor.tables import Content, Label, Table

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # full-width ones too: Excel takes them as well
RULE = N_("Numbers from 1 to 4 are hidden, and as many others as would give them away; a nought is shown.")
Cell = str | int | float


@dataclass(frozen=True)
class Origin:
    """Of which time the numbers are, and when they were taken."""

    first: date | None
    last: date
    taken_at: datetime


def as_csv(table: Table, speech: Speech) -> bytes:
    """UTF-8 with a mark, semicolons: that is what the Excel they have opens by a double click."""
    written = StringIO()
    lines = csv.writer(written, delimiter=";", lineterminator="\r\n")
    lines.writerow([harmless(head) for head in heads(table, speech)])
    lines.writerows([[harmless(content(cell, speech)) for cell in row] for row in table.rows])
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(tables: Sequence[Table], speech: Speech, origin: Origin) -> bytes:
    """One sheet a table, heads frozen, and a sheet that tells what this is. No text is ever taken for a formula."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        head, wrapped = book.add_format({"bold": True, "bottom": 1, "text_wrap": True}), book.add_format({"text_wrap": True})
        for table in tables:
            _sheet(book.add_worksheet(sheet_name(speech.word(table.name, "table"))), table, speech, head)
        about = book.add_worksheet(sheet_name(speech.say(N_("about"))))
        about.set_column(0, 0, 28)
        about.set_column(1, 1, 90, wrapped)
        for place, (name, told) in enumerate(_about(tables, speech, origin)):
            about.write_string(place, 0, name, head)
            about.write_string(place, 1, told)
    return file.getvalue()


def heads(table: Table, speech: Speech) -> list[str]:
    return [speech.word(column, "column") for column in table.columns]


def content(cell: Content, speech: Speech) -> Cell:
    """A cell in the reader's language; a hidden number says that it is hidden."""
    if cell is None:
        return speech.word("hidden", "cell")
    if isinstance(cell, Label):
        return speech.word(cell.code, cell.kind)
    if isinstance(cell, datetime):
        return cell.astimezone(ALMATY).strftime("%Y-%m-%d %H:%M")
    return cell.isoformat() if isinstance(cell, date) else cell


def sheet_name(text: str) -> str:
    """As Excel allows it: 31 characters, none of them a bracket or a mark of a question."""
    return "".join(letter for letter in text if letter not in "[]:*?/\\'")[:31]


def harmless(cell: Cell) -> Cell:
    """A text that a spreadsheet would take for a formula is made a text again."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" \n").startswith(FORMULA) else cell


def _sheet(sheet: Any, table: Table, speech: Speech, head: Any) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(table.columns) - 1, 22)
    for column, name in enumerate(heads(table, speech)):
        sheet.write_string(0, column, name, head)
    for place, row in enumerate(table.rows, start=1):
        for column, cell in enumerate(content(one, speech) for one in row):
            if isinstance(cell, str):
                sheet.write_string(place, column, cell)
            else:
                sheet.write_number(place, column, cell)


def _about(tables: Sequence[Table], speech: Speech, origin: Origin) -> list[tuple[str, str]]:
    first = origin.first.isoformat() if origin.first else "–"
    told = [
        (speech.say(N_("What this is")), "Qorgan · " + speech.word("situation_monitor", "service")),
        (speech.say(N_("Period")), f"{first} … {origin.last.isoformat()}"),
        (speech.say(N_("Filter")), speech.say(N_("the whole country, all kinds; nobody stands in these counts"))),
        (speech.say(N_("Suppression")), speech.say(RULE)),
        (speech.say(N_("Version")), VERSION),
        (speech.say(N_("Taken")), origin.taken_at.astimezone(ALMATY).strftime("%Y-%m-%d %H:%M UTC+5")),
    ]
    return told + [(speech.word(table.name, "table"), speech.word(table.name, "about")) for table in tables]
