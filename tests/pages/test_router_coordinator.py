"""Does the coordinator see who waits, why, and what was tried, in three languages and by keyboard, and no victim's place?"""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from plumbing.languages import Speech
from plumbing.moments import filters
from plumbing.service import Heard
from plumbing.serving import application
from plumbing.templating import templates
from services.referral_router import messages as m
from services.referral_router.commands import NoteNeed
from services.referral_router.wiring import SERVICE
from tests import stores
from tests.pages import doors
from tests.pages.looking import serious, shoot, walk
from tests.pages.test_texts import Bracketed, outside_brackets
from tests.referral_router.region import report
from tests.stores import NOW

pytestmark = pytest.mark.stack
CENTRES = [m.CentreCapacity(f"secret-{n}", "KZ-55", "crisis_centre", 2, False, True, 1) for n in (1, 2)]
DETOX = m.ClinicCapacity("detox-9", "KZ-55", "detox", 3, True, 1)
PAGES = ("/worklist", "/needs", "/needs/{shelter}", "/needs/{detox}", "/reports/report")


def ids(desk):
    return dict(stores.rows(desk.settings.dsn, "SELECT kind, need_id FROM needs WHERE report_id = 'report'"))


@pytest.fixture
def desk(stack):
    """She was refused by two centres; he is asked for in detox; twenty-four others wait for their inspector."""
    others = [report(report_id=f"r{n}", victim_ref=f"she{n}", household_ref=f"home{n}", respondent_ref=None, consent="no") for n in range(24)]
    desk = doors.desk_of(SERVICE, [*CENTRES, DETOX, report(intoxication="alcohol", recorded_at=NOW - timedelta(hours=1)), *others])
    shelter = ids(desk)["shelter"]
    for attempt in (1, 2):
        desk.step.run([Heard(m.SocialRefused(shelter, attempt, "full"), f"refused/{attempt}", shelter)])
    desk.act(NoteNeed(shelter, "no_place", "Aigul", "telephone", "Dana"), shelter)
    return desk


@pytest.fixture
def client(desk):
    return TestClient(application(desk), follow_redirects=False, headers={"Accept": "text/html", "Accept-Language": "en"})


@pytest.fixture
def door(desk):
    with doors.opened(desk) as opened:
        yield opened


@pytest.mark.parametrize("path", PAGES)
def test_no_page_names_where_a_victim_may_be_but_his_place_is_told(desk, client, path):
    answer = client.get(path.format(**ids(desk)))
    assert answer.status_code == 200 and "secret-" not in answer.text
    if "detox" in path:
        assert "detox-9" in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_every_visible_text_of_the_coordinator_comes_from_the_catalogue(desk, path):
    speech = desk.speeches["en"] = Speech("en", Bracketed(), desk.speeches["en"].words)
    desk.templates["en"] = templates(desk.service.folder, speech, filters(speech))
    page = TestClient(application(desk), headers={"Accept-Language": "en", "Accept": "text/html"}).get(path.format(**ids(desk)))
    data = {"report", "Aigul", "Dana"}
    assert [one for one in outside_brackets(page.text) if not data & set(one.replace("(", " ").replace(")", " ").replace(",", " ").split())] == []


def test_the_list_says_why_and_what_was_tried_and_numbers_open_the_list_behind_them(client):
    page = client.get("/worklist", params={"kind": "shelter"}).text
    assert "asked so far: 2, nobody could help with: a safe place" in page and page.count("refused: full") == 2
    assert "1 need, the highest risk first, then the oldest" in page and "/needs?kind=offer_help&amp;state=with_person" in page
    assert "24 needs" in client.get("/needs", params={"kind": "offer_help", "state": "with_person"}).text


def test_a_long_list_comes_in_parts_and_keeps_its_filter(client):
    first, second = (client.get("/worklist", params={"kind": "offer_help", "page": n}).text for n in (1, 2))
    assert first.count(">Open<") == 20 and second.count(">Open<") == 4 and "kind=offer_help&amp;page=2" in first
    assert "Nobody waits here." in client.get("/worklist", params={"region": "KZ-10"}).text


def test_asking_again_shows_first_what_the_other_side_will_see(desk, client):
    need_id = ids(desk)["shelter"]
    asked = client.post("/needs/ask-again", data={"need_id": need_id, "by": "Aigul"})
    assert asked.status_code == 200 and "What the other side will see" in asked.text
    done = client.post("/needs/ask-again", data={"need_id": need_id, "by": "Aigul", "confirmed": "yes"})
    assert done.status_code == 303
    assert stores.rows(desk.settings.dsn, f"SELECT state FROM needs WHERE need_id = '{need_id}'") == [("withdrawing",)]


def test_what_is_unknown_is_said_so_and_an_empty_name_is_told_beside_its_field(desk, client):
    assert client.get("/needs/nobody").status_code == 404 and client.get("/reports/none").status_code == 404
    again = client.post("/needs/note", data={"need_id": ids(desk)["shelter"], "said": "no_place", "channel": "telephone"})
    assert again.status_code == 422 and 'id="note-by-error"' in again.text and 'value="telephone" checked' in again.text


@pytest.mark.browser
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_the_coordinator_has_no_serious_barrier(door, look, language, path):
    page = look(language)
    page.goto(door.url + path.format(**ids(door.desk)))
    assert page.locator("html").get_attribute("lang") == language and serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the screen"
    assert walk(page)[0].startswith("a "), path
    shoot(page, "router-" + path.strip("/").replace("/", "-").replace("{", "").replace("}", ""))


@pytest.mark.browser
def test_a_note_by_telephone_is_kept_by_keyboard_alone_and_stands_in_the_journey(door, look):
    page = look("en")
    page.goto(f"{door.url}/needs/{ids(door.desk)['shelter']}")
    assert {"button Settle", "button Ask again", "button Keep the note"} <= set(walk(page))
    page.get_by_label("What was said", exact=True).focus()
    page.keyboard.type("I look")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Saule, centre")
    page.keyboard.press("Tab")
    page.keyboard.type("Aigul")
    page.keyboard.press("Enter")
    page.get_by_text("This has been done and kept.").wait_for(timeout=10_000)
    assert page.locator(".q-timeline", has_text="I look after this (by telephone, Saule, centre)").count() == 1
