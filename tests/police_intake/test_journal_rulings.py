"""Which rows are reports, and what happens to those that are not quite?"""

import pytest

from tests.police_intake.journal_text import GOOD, TITLE, journal_of, raw_row, row_with, ruled


@pytest.mark.parametrize(
    "cells",
    [
        ("Итого: 65",), ("ИТОГО", "", "65"), ("Всего записей: 65",), ("Барлығы", "65"), ("Всего", "", "65 записей"),
        ("",), ("", "", ""), (" ", "-", "---"), (TITLE,), ("Выгрузка на 02.10.2022 08:00",), ("Страница 2 из 5",),
        tuple(name if "," not in name else f'"{name}"' for name in GOOD),
    ],
)  # fmt: skip
def test_totals_blank_rows_titles_and_headers_are_no_reports(cells):
    row = raw_row(*cells)
    assert (row.verdict, row.doubts, row.report) == ("ignored", (), None)


def test_a_report_whose_number_begins_with_a_total_word_is_still_a_report():
    assert raw_row("Итого", *list(GOOD.values())[1:]).verdict == "report"


@pytest.mark.parametrize("cells", [("8412",), ("8412", "25.09.2022 07:06"), ("абв",)])
def test_a_row_without_person_and_place_is_rejected_and_kept(cells):
    row = raw_row(*cells)
    assert row.verdict == "rejected"
    assert row.content["kui_number"] == cells[0]


@pytest.mark.parametrize("nobody", ["", "-", "не установлена", "неизвестно", "белгісіз"])
def test_an_unknown_victim_at_a_known_place_is_still_a_report(nobody):
    row = row_with(Потерпевший=nobody)
    assert (row.verdict, row.doubts, row.report.victim.known) == ("report", (), False)


@pytest.mark.parametrize("number", ["", "-", "б/н", "3,86E+03", "7" * 33])
def test_a_record_without_a_number_waits_for_an_officer(number):
    row = row_with(**{"№_КУИ": number})
    assert (row.verdict, row.doubts, row.report.kui_number) == ("held", (), None)
    assert "number" in row.reason


@pytest.mark.parametrize("moment", ["", "31.02.2022 10:00", "вчера", "01.09.2099 10:00", "10.03.2026 12:01"])
def test_a_record_without_a_possible_time_of_report_waits_for_an_officer(moment):
    row = row_with(**{"Дата_и_время_сообщения": moment})
    assert (row.verdict, row.doubts, row.report.recorded_at) == ("held", (), None)


def test_a_short_record_and_one_with_too_many_cells_wait_for_an_officer():
    cells = list(GOOD.values())
    short, long = raw_row(*cells[:18]), raw_row(*cells[:24], "Ударил", " и ушёл", *cells[25:])
    assert (short.verdict, short.report.victim.name) == ("held", "Сейітова Зәуре")
    assert (long.verdict, long.report) == ("held", None)
    assert long.content["+1"] == "Әбдіков"


def test_a_held_record_still_names_its_other_doubts():
    row = row_with(**{"№_КУИ": "", "Дети_в_доме": "двое"})
    assert (row.verdict, row.doubts) == ("held", ("Дети в доме",))


def test_records_are_numbered_without_a_gap():
    text = journal_of(GOOD, GOOD) + "\r\nИтого: 2\r\n"
    assert [(row.record, row.verdict) for row in ruled(text)] == [
        (1, "report"), (2, "report"), (3, "ignored"), (4, "ignored")
    ]  # fmt: skip


def test_the_row_remembers_when_it_was_extracted():
    [row] = ruled(journal_of(GOOD))
    assert row.extracted_at.isoformat() == "2022-10-01T08:00:00+05:00"
