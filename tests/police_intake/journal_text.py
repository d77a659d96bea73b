"""How does a journal look that a clerk might send?"""

from datetime import datetime, timedelta, timezone
from pathlib import Path

from services.police_intake.identity_number import check_digit
from services.police_intake.journal import Journal, ReadRow, read_journal, read_row

NOW = datetime(2026, 3, 10, 12, tzinfo=timezone(timedelta(hours=5)))
SAMPLES = Path(__file__).parent / "journals"
TITLE = "Книга учёта информации. Выгрузка на 01.10.2022 08:00"
GOOD = {
    "№ КУИ": "3862",
    "Дата и время сообщения": "25.09.2022 07:06",
    "Дата и время события": "25.09.2022 05:36",
    "Орган": "Енбекшинское УП г. Шымкент",
    "КАТО": "791000000",
    "Канал": "102",
    "Заявитель": "сосед",
    "Потерпевший": "Сейітова Зәуре",
    "Дата рождения потерпевшего": "12.08.1974",
    "ИИН потерпевшего": "740812879936",
    "Телефон потерпевшего": "8 701 022 03 83",
    "Лицо, указанное в сообщении": "Жұмабайов Ерлан Арманович",
    "Дата рождения лица": "20.02.1998",
    "ИИН лица": "980220796851",
    "Кем приходится потерпевшему": "супруг",
    "Опьянение": "алкоголь",
    "Насилие": "физическое",
    "Вред здоровью": "лёгкий",
    "Оружие": "нет",
    "Дети в доме": "2",
    "Заявление о привлечении": "нет",
    "Согласие на помощь": "да",
    "Безопасная связь": "через сестру",
    "Адрес события": "ул. Абая, 2",
    "Фабула": "Ударил.",
    "Решение": "",
    "Исполнитель": "Әбдіков",
}


def journal_of(*rows: dict[str, str], title: str = TITLE, delimiter: str = ";") -> str:
    """One title row, the header of the first row, and the rows."""
    lines = [title, delimiter.join(map(quoted, rows[0]))]
    lines += [delimiter.join(map(quoted, row.values())) for row in rows]
    return "\r\n".join(lines) + "\r\n"


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if set(cell) & set(';,\t"\n\r|') else cell


def ruled(text: str | bytes) -> list[ReadRow]:
    journal = opened(text)
    return [read_row(row, journal.extracted_at, NOW) for row in journal.rows]


def opened(text: str | bytes) -> Journal:
    return read_journal(text if isinstance(text, bytes) else text.encode("utf-8-sig"))


def row_with(**changes: str) -> ReadRow:
    """The verdict on a good record after changes; a keyword's underscores are blanks."""
    cells = GOOD | {name.replace("_", " "): text for name, text in changes.items()}
    [row] = ruled(journal_of(cells))
    return row


def raw_row(*cells: str) -> ReadRow:
    """The verdict on one line that follows a good record."""
    return ruled(journal_of(GOOD) + ";".join(cells) + "\r\n")[1]


def iin(first11: str) -> str:
    """An IIN with the check digit that belongs to it."""
    return f"{first11}{check_digit(first11)}"
