"""Are the papers of a no-approach order printed as the others are, without a word that is the court's to say?"""

from datetime import date

import pytest
from babel.dates import format_date

from services.police_intake.web.papers import LANGUAGES
from tests.pages.printing import act, by_title, client_of, made, no_approach, printed, sanction

pytestmark = pytest.mark.stack


@pytest.fixture
def desk(stack):
    return made()


def test_a_no_approach_order_prints_the_motion_then_its_announcement_and_receipt_and_says_nothing_for_the_court(desk):
    asked = no_approach(desk)
    assert f'href="/measures/{asked}/papers"' in client_of(desk).get(f"/measures/{asked}").text
    papers = by_title(printed(desk, asked, "kk"))
    assert list(papers) == [(name, spoken) for name in ("report", "no_approach_motion") for spoken in LANGUAGES]
    for spoken in LANGUAGES:
        motion = papers["no_approach_motion", spoken]
        assert "2" * 15 in motion and "Сейітова Зәуре" in motion and "Жұмабайов Ерлан" in motion and motion.count("q-line") > 8
    sanction(desk, asked)
    for spoken, uncertain in (("ru", "источник не найден"), ("kk", "дереккөзі табылмады")):
        papers = by_title(printed(desk, asked, "ru"))
        assert list(papers) == [(name, one) for name in ("announcement", "announcement_receipt") for one in LANGUAGES]
        told = papers["announcement", spoken]
        assert format_date(date(2027, 1, 31), "long", locale=spoken) in told and uncertain in told
    assert '<span class="q-line">' in papers["announcement", "ru"].split("Что запрещает суд")[1][:150], "no word is put into its mouth"
    assert '<span class="q-line">' in papers["announcement_receipt", "ru"].split("Объявлен</dt>")[1][:120]
    act(desk, asked, "announce")
    receipt = by_title(printed(desk, asked))["announcement_receipt", "ru"]
    assert "22 нояб. 2026" in receipt.split("Объявлен</dt>")[1][:120] and "Айгүл Серікқызы" in receipt
    act(desk, asked, "end")
    assert client_of(desk).get(f"/measures/{asked}/papers").status_code == 404


def test_where_the_court_has_set_no_last_day_the_paper_says_so(desk):
    asked = no_approach(desk)
    sanction(desk, asked, "none")
    assert "судом не установлен" in by_title(printed(desk, asked))["announcement", "ru"]
