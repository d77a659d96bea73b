"""Does the invented journal look like an exported one, in every encoding?"""

import csv
from datetime import date, datetime

import pytest

from simulation.day import generate_day
from simulation.journal import COLUMNS, as_row, main, write_journal

EXTRACTED = datetime(2026, 11, 21, 8, 0)
SAMPLE_HEAD = (
    "№ КУИ;Дата и время сообщения;Дата и время события;Орган;КАТО;Канал;Заявитель;"
    "Потерпевший;Дата рождения потерпевшего;ИИН потерпевшего;Телефон потерпевшего;"
    "Лицо, указанное в сообщении;Дата рождения лица;ИИН лица;Кем приходится потерпевшему;"
    "Опьянение;Насилие;Вред здоровью;Оружие;Дети в доме;Заявление о привлечении;Согласие на помощь;"
    "Безопасная связь;Адрес события;Фабула;Решение;Исполнитель"
)


@pytest.fixture(scope="module")
def reports():
    return generate_day(2, date(2026, 11, 20), 400)


def read(path, encoding) -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        assert next(file) == "Книга учёта информации. Выгрузка на 21.11.2026 08:00\r\n"
        return list(csv.DictReader(file, delimiter=";"))


def test_columns_are_those_of_the_sample():
    assert list(COLUMNS.values()) == SAMPLE_HEAD.split(";")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "kz1048", "cp1251"])
def test_every_report_is_a_row_in_every_encoding(tmp_path, reports, encoding):
    assert write_journal(tmp_path / "journal.csv", reports, EXTRACTED, encoding) == len(reports)
    rows = read(tmp_path / "journal.csv", encoding)
    assert [row["№ КУИ"] for row in rows] == [report.body["kui_number"] for report in reports]


def test_kazakh_letters_survive_where_the_encoding_has_them(tmp_path, reports):
    write_journal(tmp_path / "journal.csv", reports, EXTRACTED, "kz1048")
    names = [row["Потерпевший"] for row in read(tmp_path / "journal.csv", "kz1048")]
    assert names == [report.body["victim"]["name"] for report in reports]


def test_a_row_says_in_russian_what_the_body_says(reports):
    body = next(r.body for r in reports if r.body["respondent"] and r.body["relation"] == "spouse")
    row = dict(zip(COLUMNS, as_row(body), strict=True))
    assert row["relation"] == ("супруг" if body["respondent"]["sex"] == "male" else "супруга")
    assert row["complaint"] == ("да" if body["complaint"] else "нет")
    assert row["recorded_at"] == datetime.fromisoformat(body["recorded_at"]).strftime("%d.%m.%Y %H:%M")


def test_an_unknown_respondent_is_written_as_not_established(reports):
    rows = [dict(zip(COLUMNS, as_row(r.body), strict=True)) for r in reports if not r.body["respondent"]]
    assert rows
    assert {(row["respondent.name"], row["respondent.iin"]) for row in rows} == {("не установлен", "")}


def test_the_command_writes_the_journal_it_names(tmp_path, capsys):
    main([str(tmp_path / "journal.csv"), "--count", "5"])
    assert "5 reports" in capsys.readouterr().out
