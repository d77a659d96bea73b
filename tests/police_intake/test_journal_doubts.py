"""Is a bad field set to unknown and named, and the report kept?"""

from datetime import date

import pytest

from services.police_intake.report import NARRATIVE_CHARACTERS_MAX, SafeContactKind
from tests.police_intake.journal_text import iin, row_with


def doubted(column: str, text: str) -> bool:
    """Is exactly this column doubted, or none? The report is never lost."""
    row = row_with(**{column: text})
    assert row.verdict == "report"
    assert row.doubts in ((), (column,))
    return bool(row.doubts)


@pytest.mark.parametrize(
    "number",
    ["740812879935", "12345", "6,1E+11", "40812879936", "74-08-12-879936", "750812879936", "9" * 12, "#ЗНАЧ!"],
)
def test_a_typo_in_the_iin_never_loses_the_report(number):
    assert doubted("ИИН потерпевшего", number)


@pytest.mark.parametrize("number", ["", "-", "б/н", "нет", "не установлен", "７４０８１２８７９９３６"])
def test_an_iin_nobody_knows_is_no_mistake(number):
    assert not doubted("ИИН потерпевшего", number)


def test_an_iin_with_spaces_is_mended_and_said_so():
    row = row_with(**{"ИИН потерпевшего": "740812 879936"})
    assert (row.doubts, row.report.victim.iin) == (("ИИН потерпевшего",), "740812879936")


def test_one_iin_for_two_people_is_trusted_for_neither():
    row = row_with(**{"ИИН лица": "740812879936", "Дата рождения лица": ""})
    assert row.doubts == ("ИИН потерпевшего", "ИИН лица")
    assert not row.report.victim.iin_trusted and not row.report.respondent.iin_trusted


def test_an_iin_of_another_birth_date_is_not_believed():
    row = row_with(**{"Дата рождения потерпевшего": "13.08.1974"})
    assert (row.doubts, row.report.victim.iin) == (("ИИН потерпевшего",), None)


def test_a_synthetic_iin_passes_only_where_it_is_allowed():
    assert row_with(**{"ИИН потерпевшего": iin("74081247993")}).report.victim.iin_trusted


@pytest.mark.parametrize(
    "text", ["31.02.2022 10:00", "25.09.2022 25:00", "25.09.2022 07:07", "01.01.2099 10:00", "вчера", "25.09.2022"]
)
def test_an_impossible_time_of_the_event_is_doubted(text):
    assert doubted("Дата и время события", text)


@pytest.mark.parametrize("text", ["", "неизвестно", "2022-09-25T05:36", "25/09/2022 05:36", "25.09.22 05:36:10"])
def test_other_ways_to_write_a_time_are_read(text):
    assert not doubted("Дата и время события", text)


@pytest.mark.parametrize("text", ["31.02.1974", "01.01.2030", "01.01.1890", "1974", "12.08.10", "12.08.74"])
def test_an_impossible_or_shortened_birth_date_is_doubted(text):
    row = row_with(**{"Дата рождения лица": text, "ИИН лица": ""})
    assert (row.verdict, row.doubts) == ("report", ("Дата рождения лица",))
    assert row.report.respondent.birth_date == (date(1974, 8, 12) if text == "12.08.74" else None)


@pytest.mark.parametrize("text", ["двое", "-1", "1,5", "2.0", "21", "999999999999", "два", "да"])
def test_a_number_of_children_nobody_can_count_is_unknown(text):
    assert doubted("Дети в доме", text)
    assert row_with(**{"Дети в доме": text}).report.children is None


@pytest.mark.parametrize(("text", "children"), [("", None), ("нет", 0), ("0", 0), ("２", 2), (" 20 ", 20)])
def test_a_number_of_children_is_read(text, children):
    row = row_with(**{"Дети в доме": text})
    assert (row.doubts, row.report.children) == ((), children)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("Канал", "голубь"), ("Заявитель", "почтальон Печкин"), ("Кем приходится потерпевшему", "кум"),
        ("Опьянение", "да"), ("Насилие", "физическое, странное"), ("Вред здоровью", "хз"),
        ("Заявление о привлечении", "потом"), ("Согласие на помощь", "может быть"),
        ("Безопасная связь", "не звонить, только через сестру"), ("Безопасная связь", "да"),
        ("КАТО", "990000000"), ("КАТО", "7,91E+08"), ("КАТО", "79100000"),
        ("Телефон потерпевшего", "8 701"), ("Телефон потерпевшего", "8 701 022 03 83, 8 702 000 11 22"),
        ("Потерпевший", "Сейітовa Зәуре"), ("Потерпевший", "12345"), ("Потерпевший", "#ССЫЛКА!"),
        ("Фабула", "Ударил\x07."), ("Фабула", "\x00Ударил."), ("Фабула", "уда\u202eрил"), ("№ КУИ", "3862,0"),
        ("Дата и время сообщения", "25.09.2022"),
    ],
)  # fmt: skip
def test_a_word_nobody_understands_is_doubted_and_the_rest_is_routed(column, text):
    assert doubted(column, text)


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("Фабула", "<script>alert(1)</script>"), ("Фабула", '=HYPERLINK("http://x";"y")'), ("Фабула", "а\r\nб\tв"),
        ("Фабула", "'; DROP TABLE reports;--"), ("Адрес события", "@SUM(1+1)"), ("Оружие", "кухонный нож"),
        ("Канал", "ЗАКОН  И ПОРЯДОК"), ("Кем приходится потерпевшему", "бұрынғы күйеуі"),
        ("Кем приходится потерпевшему", "енесі"), ("Опьянение", "мас күйінде"), ("Вред здоровью", "ЛЕГКИЙ"),
        ("Насилие", "сексуальное и физическое"), ("Телефон потерпевшего", "+7 (701) 022-03-83"),
        ("КАТО", ""), ("КАТО", "７９１００００００"), ("Согласие на помощь", ""), ("Потерпевший", "Seitova Zaure"),
    ],
)  # fmt: skip
def test_plain_text_and_other_words_for_the_same_are_not_doubted(column, text):
    assert not doubted(column, text)


def test_a_story_over_the_limit_is_kept_whole_and_shown_cut():
    within, over = "я" * NARRATIVE_CHARACTERS_MAX, "я" * (NARRATIVE_CHARACTERS_MAX + 1)
    row = row_with(Фабула=over)
    assert not doubted("Фабула", within)
    assert (row.doubts, row.report.narrative, row.content["narrative"]) == (("Фабула",), within, over)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", "never"), ("не звонить", "never"), ("как получится", "never"), ("нельзя с 10 до 12", "never"),
        ("с 10 до 12, код Айна", "only_at"), ("после 18:00", "only_at"), ("8 702 000 11 22", "only_at"),
        ("через сестру", "through_trusted_person"), ("әпкесі арқылы", "through_trusted_person"),
    ],
)  # fmt: skip
def test_nobody_is_called_without_a_clear_permission(text, kind):
    assert row_with(**{"Безопасная связь": text}).report.safe_contact.kind == SafeContactKind(kind)


@pytest.mark.parametrize(("text", "weapon"), [("", (None, None)), ("нет", (None, False)), ("нож", ("нож", True))])
def test_a_weapon_is_seen_not_seen_or_unsaid(text, weapon):
    report = row_with(Оружие=text).report
    assert (report.weapon, report.weapon_seen) == weapon
