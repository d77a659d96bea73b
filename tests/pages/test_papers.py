"""Are all papers of a measure printed from one entry, in Russian and Kazakh, and is nothing on them that would find her?"""

import re

import pytest
from babel.dates import format_date

from plumbing.identity import new_id
from plumbing.plain import plain
from services.police_intake.risk.loading import GRIDS
from services.police_intake.web.measure_law import papers_of
from services.police_intake.web.paper_fields import FIELDS, Field
from services.police_intake.web.papers import LANGUAGES
from tests import stores
from tests.pages import doors, police_door
from tests.pages.noisy import CHILDS_IIN, DIAGNOSIS, NOISY, noise
from tests.pages.printing import TITLES, act, begun, by_title, client_of, made, no_approach, printed, sanction
from tests.police_intake.intake import NOW, fields

pytestmark = pytest.mark.stack
OF_ORDER = ("order", "report", "motion", "receipt")


@pytest.fixture
def desk(stack):
    return made()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_an_order_that_was_entered_prints_four_papers_in_russian_and_kazakh_whatever_the_pages_language(desk, language):
    order = begun(desk)
    assert f'href="/measures/{order}/papers"' in client_of(desk).get(f"/measures/{order}").text
    papers = by_title(printed(desk, order, language))
    assert list(papers) == [(name, spoken) for name in OF_ORDER for spoken in LANGUAGES]
    for (name, spoken), text in papers.items():
        assert "Сейітова Зәуре" in text or name == "receipt", name
        assert "Жұмабайов Ерлан" in text and "Айгүл Серікқызы" in text and "Енбекшинское УП" in text, name
        assert ("Юристом не проверено." if spoken == "ru" else "Заңгер тексермеген.") in text, name
        assert format_date(NOW.date(), "long", locale=spoken) in text, name
    assert "30 дней со дня вручения" in papers["order", "ru"] and "опубликованный источник" in papers["order", "ru"]
    assert "от 3 до 12 месяцев" in papers["motion", "ru"] and "54-бап" in papers["motion", "kk"]


def test_what_nobody_told_is_a_line_for_a_hand_and_service_is_written_once_it_is_known(desk):
    order = begun(desk)
    before = by_title(printed(desk, order))
    for name in ("Звание и должность", "Место жительства этого лица", "Куда и в какой срок"):
        assert '<span class="q-line">' in before["order", "ru"].split(name)[1][:150], name
    assert '<span class="q-line">' in before["receipt", "ru"].split("Вручено</dt>")[1][:120] and "☐" in before["receipt", "ru"]
    act(desk, order, "serve_refused", witnessed="yes")
    after = by_title(printed(desk, order))
    assert "22 нояб. 2026" in after["receipt", "ru"] and "да, при свидетеле" in after["receipt", "ru"]
    assert "22 дек. 2026" in after["order", "ru"].split("Действует до")[1][:150]


def test_nothing_that_would_find_her_or_tell_on_her_stands_on_the_bytes_of_the_page(desk):
    [report] = police_door.opened.reports(desk.settings.dsn, "77001")
    asked = {f"q_{one.id}": "yes" for one in GRIDS.versions[0].questions}
    form = {"report_id": report, "by": "Aigul", "grid": GRIDS.versions[0].id, "asked_apart": "yes", "leaves_region": "yes", **asked}
    assert client_of(desk).post(f"/reports/{report}/risk/assessed", data=form).status_code == 303
    order = begun(desk)
    begun(desk, kind="special_requirements", act="request")
    secret = set(noise(plain(fields(**NOISY))))
    hers = {"address", "narrative", "outcome", "weapon", "officer", "reporter", "safe_contact.detail", "victim.phone", "victim.iin", "respondent.iin"}
    assert hers <= {name for name, _ in secret} and {CHILDS_IIN, DIAGNOSIS + "."} <= {word for _, word in secret}
    asked, bound = no_approach(desk), no_approach(desk, "77002")
    sanction(desk, bound)
    for language, measure in ((one, measure) for one in ("kk", "ru", "en") for measure in (order, asked, bound)):
        page = printed(desk, measure, language).encode()
        assert [name for name, word in secret if word.encode() in page] == [] and DIAGNOSIS.encode() not in page
        assert b"1974" not in page and b"/risk" not in page and report.encode() not in page, measure


def test_no_word_of_her_consent_the_danger_or_a_shelter_stands_on_any_paper(desk):
    order = begun(desk)
    for name in LANGUAGES:
        say, sheets = desk.speeches[name], [text for (_, language), text in by_title(printed(desk, order)).items() if language == name]
        words = [say.word(code, kind) for kind, codes in {
            "grade": ("standard", "high", "extreme"), "need": ("shelter", "detox", "examination", "child_help"), "injury": ("grave",),
            "contact": ("never", "only_at"), "consent": ("not_asked",), "reporter": ("neighbour",), "column": ("consent", "safe_contact", "address"),
        }.items() for code in codes]
        # Within a word of another meaning they are nobody's secret.
        assert [word for word in words for text in sheets if re.search(rf"\b{re.escape(word)}\b", text)] == []


def test_what_police_saw_of_the_family_and_their_number_stand_on_their_own_paper_alone(desk):
    papers = by_title(printed(desk, begun(desk)))
    for (name, language), text in papers.items():
        told = ("77001", "сексуальное" if language == "ru" else "сексуалдық", "наркотики</dd>" if language == "ru" else "есірткі</dd>")
        assert [word in text for word in told] == [name == "report"] * 3, name


def test_a_measure_without_papers_is_refused_in_words_and_has_no_link(desk):
    case = begun(desk, kind="incident_outcome", act="no_action", code="no_signs")
    assert "/papers" not in client_of(desk).get(f"/measures/{case}").text
    answer = client_of(desk, "ru").get(f"/measures/{case}/papers")
    assert answer.status_code == 404 and "бумаги не печатаются" in answer.text and "Сейітова" not in answer.text
    assert client_of(desk).get(f"/measures/{new_id()}/papers").status_code == 404


def test_an_order_that_has_ended_is_not_printed_as_if_it_were_in_force(desk):
    order = begun(desk)
    act(desk, order, "serve")
    act(desk, order, "supersede", code="no_approach")
    assert client_of(desk).get(f"/measures/{order}/papers").status_code == 404
    request = begun(desk, kind="special_requirements", act="request")
    papers = by_title(printed(desk, request))
    assert {name for name, _ in papers} == {"report", "motion"}
    assert '<span class="q-line">' in papers["motion", "ru"].split("предписание вынесено")[1][:120], "an order that has ended is not named"


def test_who_prints_is_written_down_with_the_purpose_and_nobody_is_shown_while_it_cannot_be(desk):
    order = begun(desk)
    assert client_of(desk).get(f"/measures/{order}/papers?purpose=court").status_code == 200
    [(purpose, shown)] = stores.rows(desk.settings.dsn, "SELECT purpose, fields FROM audit WHERE action = 'read' AND 'victim' = ANY(fields)")
    assert purpose == "court" and {"victim", "respondent", "kui_number"} <= set(shown) and "address" not in shown
    with desk.step.database.transaction() as tx:
        tx.run("REVOKE INSERT ON audit FROM CURRENT_USER")
    away = client_of(desk).get(f"/measures/{order}/papers")
    assert away.status_code == 503 and "Сейітова" not in away.text


def test_the_page_writes_each_field_of_the_table_in_its_order_and_no_other(desk, monkeypatch):
    """Each field is written as its own name: what stands on the page is then the table itself."""
    papers = papers_of(desk)
    order, asked, bound = begun(desk), no_approach(desk), no_approach(desk, "77002")
    sanction(desk, bound)
    for name in list(FIELDS):
        monkeypatch.setitem(FIELDS, name, Field(lambda known, say, rule, name=name: f"«{name}»"))
    on_page = by_title(printed(desk, order)) | by_title(printed(desk, asked)) | by_title(printed(desk, bound))
    for paper in papers:
        assert paper.id in TITLES
        for language in LANGUAGES:
            assert re.findall(r"«(\w+)»", on_page[paper.id, language]) == list(paper.fields)


@pytest.mark.browser
def test_each_paper_begins_on_a_new_sheet_and_nothing_else_is_printed(desk, look):
    order = begun(desk)
    with doors.opened(desk) as door:
        page = look("kk", False)
        page.goto(f"{door.url}/measures/{order}/papers")
        page.emulate_media(media="print")
        assert not page.locator(".q-header").is_visible() and not page.locator("h1").is_visible() and not page.locator(".q-exit").is_visible()
        breaks = page.eval_on_selector_all(".q-paper", "all => all.map(one => getComputedStyle(one).breakBefore)")
        assert breaks == ["auto", "page", "page", "page"]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        sheets = len(re.findall(rb"/Type /Page\b", page.pdf(format="A4", prefer_css_page_size=True)))
        assert sheets == 8, "each paper has a sheet in Russian and one in Kazakh"
