"""Do the police pages work by keyboard and by ear, in three languages, on a station's small screen?"""

import pytest
from playwright.sync_api import expect
from starlette.testclient import TestClient

from plumbing.languages import Speech
from plumbing.moments import filters
from plumbing.serving import application
from plumbing.templating import templates
from services.police_intake.risk.loading import load
from services.police_intake.wiring import SERVICE
from tests.pages import doors, police_door
from tests.pages.looking import serious, shoot, walk
from tests.pages.test_texts import Bracketed, outside_brackets

pytestmark = pytest.mark.stack
# What stands in these cases: people, a station, columns as written.
DATA = ("Сейітова", "Жұмабайов", "Оспанова", "Енбекшинское", "Потерпевший", "Другой", "Позвонила", "Aigul")
# What a grid asks and what it cannot tell stand in the grid itself, in all three languages or it is not loaded.
GRIDS = tuple(text for grid in load().versions for text in (grid.limits["en"], *(question.text["en"] for question in grid.questions)))
# What a law is called stands in acts.toml, in all three languages or it is not loaded.
PACKS = (SERVICE.law.measures.terms, SERVICE.law.registration.pack)
CITED = tuple(rule.citation.words["en"] for pack in PACKS for rule in pack.rules)

NAMES = {"/reports/new": "police-new", "/reports": "police-reports", "/worklist": "police-worklist", "/handover": "police-handover"}


@pytest.fixture
def police(stack):
    with doors.opened(police_door.desk_with_measures()) as opened:
        yield opened


def test_every_text_of_every_police_page_comes_from_the_catalogue(stack):
    desk = police_door.desk_with_measures()
    for name, known in desk.speeches.items():  # papers speak two languages, whatever the page speaks
        desk.speeches[name] = speech = Speech(name, Bracketed(), known.words)
        desk.templates[name] = templates(desk.service.folder, speech, filters(speech))
    client = TestClient(application(desk), headers={"Accept-Language": "en", "Accept": "text/html"})
    for path in police_door.paths(desk):
        left = [one for one in outside_brackets(client.get(path).text)
                if one not in GRIDS and one.rstrip(".") not in CITED and not any(word in one for word in DATA)]
        assert left == [], path


@pytest.mark.browser
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_each_police_page_is_walked_by_keyboard_and_has_no_serious_barrier(police, look, language):
    page = look(language)
    for path in police_door.paths(police.desk):
        page.goto(police.url + path)
        assert page.locator("html").get_attribute("lang") == language
        assert serious(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than the screen"
        reached = walk(page)
        assert len(reached) > 6 and reached[0].startswith("a "), path
        shoot(page, NAMES.get(path, ""))


@pytest.mark.browser
def test_a_held_record_is_completed_by_keyboard_without_javascript(police, look):
    page = look("ru", False)
    page.goto(f"{police.url}/worklist")
    page.get_by_role("link", name="запись для исправления").press("Enter")
    page.get_by_label("Номер КУИ").fill("77")
    page.get_by_label("Ваше имя").first.fill("Айгүл")
    page.get_by_label("Ваше имя").first.press("Enter")
    page.get_by_text("Это выполнено и сохранено.").wait_for()
    page.get_by_role("link", name="К сообщению").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Сообщение 77")


@pytest.mark.browser
def test_two_people_are_made_one_and_two_again_on_one_page(police, look):
    page = look("en")
    page.goto(f"{police.url}/persons/{police_door.doubted(police.desk)}")
    form = page.locator("form", has_text="The same person").first
    form.get_by_label("Your name").fill("Aigul")
    form.get_by_role("button").click()
    back = page.locator("form", has_text="Two people after all")
    back.get_by_label("Your name").fill("Dana")
    back.get_by_role("button").click()
    expect(page.locator(".q-timeline li")).to_have_count(2)
    assert serious(page) == []


@pytest.mark.browser
def test_the_hand_over_list_prints_its_tables_and_no_form(police, look):
    page = look("kk")
    page.goto(f"{police.url}/handover")
    page.emulate_media(media="print")
    assert page.locator("table").first.is_visible() and not page.locator("main form").first.is_visible()
