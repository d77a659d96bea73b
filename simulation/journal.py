"""How do the same reports look as a police journal, exported as a table?"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from simulation.day import GeneratedReport, generate_day
from simulation.figures import figures
from simulation.names import folded
from simulation.reports import Body

CODES = figures("journal")
COLUMNS: dict[str, str] = CODES["columns"]
# These two hold every Kazakh letter; windows-1251 does not, so there the letters are folded, as officers do.
NARROW = ("cp1251", "windows-1251")


def write_journal(
    path: Path, reports: Iterable[GeneratedReport], extracted: datetime, encoding: str = "utf-8-sig"
) -> int:
    """Writes a title row, the heads and one row a report; returns how many reports."""
    spelt = folded if encoding.lower() in NARROW else str
    rows = [as_row(report.body) for report in reports]
    with path.open("w", encoding=encoding, newline="") as file:
        file.write(f"Книга учёта информации. Выгрузка на {extracted:%d.%m.%Y %H:%M}\r\n")
        table = csv.writer(file, delimiter=";", lineterminator="\r\n")
        table.writerow(COLUMNS.values())
        table.writerows([spelt(cell) for cell in row] for row in rows)
    return len(rows)


def as_row(body: Body) -> list[str]:
    """One report's cells, in the order of the columns."""
    return [_cell(body, column) for column in COLUMNS]


def _cell(body: Body, column: str) -> str:
    """The value at `victim.name`, `consent`, …, in the journal's words."""
    if column == "safe_contact":
        return str(body[column]["detail"]) or "не звонить"
    if column == "relation":
        return _relation(body)
    value: Any = body
    for part in column.split("."):
        value = value[part] if value else None
    return _said(column, value)


def _said(column: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(CODES[column][item] for item in value)
    if column in CODES["absent"] and value is None:
        return str(CODES["absent"][column])
    if column.endswith(("_at", "_date")) and value:
        return datetime.fromisoformat(value).strftime(
            "%d.%m.%Y %H:%M" if column.endswith("_at") else "%d.%m.%Y"
        )
    if column.endswith("phone") and value:
        return f"8 {value[2:5]} {value[5:8]} {value[8:10]} {value[10:]}"
    coded = {True: "да", False: "нет"} if isinstance(value, bool) else CODES.get(column, {})
    return str(coded.get(value, "" if value is None else value))


def _relation(body: Body) -> str:
    """The journal's word for a relation tells the respondent's sex."""
    man, woman = CODES["relation"][body["relation"]]
    return str(woman if (body["respondent"] or {}).get("sex") == "female" else man)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m simulation.journal", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--day", type=date.fromisoformat, default=date(2026, 11, 20))
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--encoding", default="utf-8-sig", help="utf-8-sig, utf-8, kz1048 or cp1251")
    given = parser.parse_args(arguments)
    reports = generate_day(given.seed, given.day, given.count)
    written = write_journal(given.file, reports, reports[-1].at, given.encoding)
    print(f"{written} reports of {given.day} in {given.file}")


if __name__ == "__main__":
    main(sys.argv[1:])
