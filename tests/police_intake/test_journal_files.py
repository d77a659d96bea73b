"""Is a journal read whichever way the exporting computer wrote the file?"""

from time import perf_counter

import pytest

from services.police_intake.journal import FILE_BYTES_MAX, UnreadableJournal, read_journal
from tests.police_intake.journal_text import GOOD, TITLE, journal_of, opened, ruled

RUSSIAN = GOOD | {"Потерпевший": "Иванова Анна", "Исполнитель": "Петров"}


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-8", "kz1048", "utf-16"])
def test_a_kazakh_name_arrives_in_every_encoding(codec):
    content = journal_of(GOOD).encode(codec)
    assert read_journal(content).encoding == codec
    assert ruled(content)[0].report.victim.name == "Сейітова Зәуре"


def test_a_text_that_is_the_same_in_both_is_called_windows_1251():
    without_kazakh = {k: v.replace("ұ", "у") for k, v in RUSSIAN.items()}
    assert opened(journal_of(without_kazakh).encode("windows-1251")).encoding == "windows-1251"


def test_a_broken_byte_in_utf8_costs_one_doubt_and_no_report():
    content = journal_of(GOOD, RUSSIAN).encode().replace("Ударил.".encode(), "Удар".encode() + b"\xd0.", 1)
    rows = ruled(content)
    assert opened(content).encoding == "utf-8"
    assert [(row.verdict, row.doubts) for row in rows] == [("report", ("Фабула",)), ("report", ())]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_the_delimiter_is_found_out(delimiter):
    [row] = ruled(journal_of(GOOD, delimiter=delimiter))
    assert (row.verdict, row.doubts) == ("report", ())


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_line(line_end):
    assert len(ruled(journal_of(GOOD, RUSSIAN).replace("\r\n", line_end))) == 2


@pytest.mark.parametrize(
    ("title", "moment"),
    [
        (TITLE, "2022-10-01T08:00:00+05:00"),
        ("Выгрузка на 2022-10-01T08:00", "2022-10-01T08:00:00+05:00"),
        ("Выгрузка на 2022-10-01T03:00:00Z", "2022-10-01T08:00:00+05:00"),
        ("Период с 01.09.2022 по 30.09.2022\r\nВыгрузка на 1.10.2022 г. 8:00", "2022-10-01T08:00:00+05:00"),
        ("По состоянию на 1 октября 2022 года, 08:00", "2022-10-01T08:00:00+05:00"),
        ("2022 жылғы 1 қазан 08:00 жүктелді", "2022-10-01T08:00:00+05:00"),
        ("Журнал за 01.09.2022 - 30.09.2022", "2022-09-30T00:00:00+05:00"),
        ("Выгрузка на 32.13.2022", None),
        ("\r\n\r\nКнига", None),
    ],
)
def test_the_time_of_the_extract_is_read_from_any_title(title, moment):
    extracted_at = opened(journal_of(GOOD, title=title)).extracted_at
    assert (extracted_at and extracted_at.isoformat()) == moment


def test_a_journal_without_a_title_is_read():
    text = journal_of(GOOD).partition("\r\n")[2]
    assert opened(text).extracted_at is None
    assert ruled(text)[0].verdict == "report"


def test_the_columns_may_stand_in_any_order_under_other_headings():
    renamed = {"Номер\nКУИ": "№ КУИ", "ОРГАН  ПОЛИЦИИ": "Орган", "Потерпевшая": "Потерпевший"}
    cells = {new: GOOD[old] for new, old in renamed.items()} | {
        name: text for name, text in reversed(GOOD.items()) if name not in renamed.values()
    }
    [row], [same] = ruled(journal_of(cells)), ruled(journal_of(GOOD))
    assert row.report == same.report
    assert row.content_hash == same.content_hash


def test_an_unknown_column_is_kept_and_a_missing_one_is_unknown_without_doubt():
    cells = {name: text for name, text in GOOD.items() if name != "Дети в доме"} | {"Примечание": "звонила мать"}
    [row] = ruled(journal_of(cells))
    assert (row.verdict, row.doubts, row.report.children) == ("report", (), None)
    assert row.content["примечание"] == "звонила мать"


def test_nameless_columns_at_the_end_lose_no_record():
    header, line = journal_of(GOOD).split("\r\n")[1:3]
    rows = ruled("\r\n".join([TITLE + ";;;", header + ";;", line + ";;", line, line + ";лишнее;"]))
    assert [row.verdict for row in rows] == ["report", "report", "held"]


def test_a_stray_quote_does_not_swallow_the_next_report():
    header, line = journal_of(GOOD).split("\r\n")[1:3]
    stray = line.replace("Ударил.", '"Ударил')
    trailing = line.replace("Ударил.", 'Ударил"')
    inside = line.replace("Ударил.", 'ТОО "Рога" и "копыта"').replace("Абая", '"Абая"')
    rows = ruled("\r\n".join([header, stray, line, trailing, inside, stray, line]))
    assert [row.verdict for row in rows] == ["report"] * 6
    assert rows[0].report.narrative == '"Ударил'


def test_a_file_of_stray_quotes_does_not_keep_the_others_waiting():
    header = journal_of(GOOD).split("\r\n")[1]
    started = perf_counter()
    rows = ruled(header + "\n" + ('абв;"' + "х" * 200 + "\n") * 5_000)
    assert len(rows) == 5_000
    assert perf_counter() - started < 5  # about 0.2 s; joining on after a broken quote took 5 ms a line


def test_a_story_of_several_lines_is_one_record_wherever_its_column_stands():
    story = 'Кричал: "убью";\nвторая строка;\n\nтретья'
    last = GOOD | {"Фабула": story}
    first = {"Фабула": story} | {name: text for name, text in GOOD.items() if name != "Фабула"}
    for cells in (last, first):
        rows = ruled(journal_of(cells, cells))
        assert [row.report.narrative for row in rows] == [story, story]
        assert [row.record for row in rows] == [1, 2]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\r\n", "empty"),
        (b"PK\x03\x04" + b"\0" * 99, "xlsx"),
        (b"%PDF-1.7", "PDF"),
        (b"\x7fELF" + b"\0" * 99, "binary"),
        ("просто текст\nи ещё".encode(), "No header row"),
        ("№ КУИ;Канал;Фабула;Решение\n1;102;;".encode(), "«Орган», «Потерпевший»"),
    ],
)
def test_a_file_that_is_no_journal_is_refused_in_one_sentence(content, said):
    with pytest.raises(UnreadableJournal, match=said) as refused:
        read_journal(content)
    assert refused.value.reason.endswith(".")


def test_a_file_over_200_mb_is_refused():
    with pytest.raises(UnreadableJournal, match="200 MB"):
        read_journal(bytes(FILE_BYTES_MAX + 1))
