"""Does a table that is taken away open in the office's Excel, in three languages, and say what it is?"""

import csv
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from plumbing.languages import speeches
from services.situation_monitor.exports import Origin, as_csv, as_xlsx
from services.situation_monitor.tables import Label, Table
from services.situation_monitor.web import TABLES
from services.situation_monitor.wiring import FOLDER

SPEECHES = speeches(FOLDER)
AT = datetime(2026, 11, 22, 20, 5, tzinfo=UTC)
ORIGIN = Origin(date(2026, 1, 1), date(2026, 11, 22), AT)
TABLE = Table("surges", ("hour", "region", "territory", "reports"), (
    (AT, Label("region", "KZ-55"), "5510", 12), (AT, Label("region", "KZ"), "=HYPERLINK(1)", None)))


def read_csv(told):
    return list(csv.reader(StringIO(told.decode("utf-8-sig")), delimiter=";"))


def read_xlsx(told):
    return load_workbook(BytesIO(told))


def test_a_csv_begins_with_the_mark_that_excel_looks_for():
    assert as_csv(TABLE, SPEECHES["kk"]).startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(("language", "head", "region", "hidden"), [
    ("kk", "Өңір", "бүкіл ел", "жасырын"), ("ru", "Регион", "вся страна", "скрыто"), ("en", "Region", "whole country", "hidden")])
def test_heads_and_cells_speak_the_readers_language(language, head, region, hidden):
    rows = read_csv(as_csv(TABLE, SPEECHES[language]))
    assert rows[0][1] == head and rows[2][1] == region and rows[2][3] == hidden
    assert rows[1][0] == "2026-11-23 01:05" and rows[1][3] == "12"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_is_never_taken_for_a_formula(start):
    told = Table("surges", ("hour",), ((f"{start}1+1",),))
    assert read_csv(as_csv(told, SPEECHES["en"]))[1][0].startswith("'")
    sheet = read_xlsx(as_xlsx([Table("surges", ("hour",), ((f"{start}1+1".strip(),),))], SPEECHES["en"], ORIGIN)).worksheets[0]
    assert sheet.cell(2, 1).data_type == "s"


def test_a_workbook_freezes_its_heads_and_keeps_numbers_as_numbers():
    sheet = read_xlsx(as_xlsx([TABLE], SPEECHES["ru"], ORIGIN)).worksheets[0]
    assert sheet.freeze_panes == "A2" and sheet.cell(1, 1).font.bold
    assert (sheet.cell(2, 4).value, sheet.cell(2, 4).data_type, sheet.cell(3, 4).value) == (12, "n", "скрыто")


@pytest.mark.parametrize("language", SPEECHES)
def test_each_table_has_a_sheet_named_in_the_readers_language(language):
    tables = [Table(name, ("number",), ((7,),)) for name in TABLES]
    names = read_xlsx(as_xlsx(tables, SPEECHES[language], ORIGIN)).sheetnames
    assert len(set(names)) == len(TABLES) + 1 and (language == "en") == ("Regions" in names)


@pytest.mark.parametrize("language", SPEECHES)
def test_a_workbook_says_of_itself_what_it_is(language):
    book = read_xlsx(as_xlsx([TABLE], SPEECHES[language], ORIGIN))
    told = [[cell.value for cell in row] for row in book.worksheets[-1].rows]
    assert len(told) == 7 and all(name and text for name, text in told)
    assert told[1][1] == "2026-01-01 … 2026-11-22" and told[5][1] == "2026-11-23 01:05 UTC+5" and told[4][1] == "0.1.0"
