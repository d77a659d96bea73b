"""Do detox, narcologists and treatment facilities find on their pages who waits, and do they see what others will see?"""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from plumbing.clocks import ClockDue
from plumbing.languages import Speech
from plumbing.moments import filters
from plumbing.serving import application
from plumbing.templating import templates
from services.health_narcology import messages as m
from services.health_narcology.wiring import SERVICE
from tests import stores
from tests.health_narcology.script import CENTRES, asked
from tests.health_narcology.script_of_cases import CLINIC, HOSPITALS, TO_BED, begun, step_of
from tests.pages import doors
from tests.pages.looking import serious, shoot, walk
from tests.pages.test_texts import Bracketed, outside_brackets
from tests.stores import NOW

PAGES = ("/worklist", "/examinations", "/cases", "/cases?state=queued", "/beds", "/beds?facility=treatment-1")
MANY = 24


def messages():
    """Somebody in every place: expected, brought, admitted; proposed; in court, in bed, and waiting for one."""
    detox = [asked("a"), asked("b"), asked("c"), *(m.StaffAct(need, "brought", "A") for need in "bc"), m.StaffAct("c", "admitted", "A")]
    proposals = [asked(f"p-{n:02}", 1, "clinic-1", "examination") for n in range(MANY)]
    cases = [one for need in ("q1", "q2", "q3", "q4") for one in (*begun(need), *(step_of(name, need) for name in TO_BED))]
    fresh = [*begun("new"), *begun("sued"), step_of("declined", "sued"), step_of("filed", "sued"), m.HealthReferralWithdrawn("sued", 1)]
    return [*CENTRES, CLINIC, *HOSPITALS, *detox, *proposals, *cases, step_of("hospitalised", "q1"), *fresh]


@pytest.fixture
def clinic(stack):
    with doors.opened(doors.desk_of(SERVICE, messages())) as opened:
        yield opened


@pytest.fixture
def page(stack):
    """Its pages as plain HTML, without a browser."""
    desk = doors.desk_of(SERVICE, messages())
    with TestClient(application(desk), headers={"Accept-Language": "en", "Accept": "text/html"}) as client:
        client.desk = desk
        yield client


def order(page, need, name, **more):
    return page.post("/cases/act", data={"need_id": need, "act": name, "by": "Aigul", **more})


@pytest.mark.browser
@pytest.mark.stack
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_speaks_the_readers_language_and_has_no_serious_barrier(clinic, look, language):
    page = look(language)
    for path in PAGES:
        page.goto(clinic.url + path)
        assert page.locator("html").get_attribute("lang") == language
        assert serious(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than the screen"
        assert walk(page)[0].startswith("a "), path
        shoot(page, "health" + path.replace("/", "-"))


@pytest.mark.browser
@pytest.mark.stack
@pytest.mark.parametrize("language, javascript", [("en", True), ("ru", False), ("kk", False)])
def test_a_petition_is_filed_by_keyboard_after_seeing_what_police_will_read(clinic, look, language, javascript):
    page, speech = look(language, javascript), clinic.desk.speeches[language]
    clinic.desk.act(step_of("declined", "new"), "new")
    page.goto(f"{clinic.url}/cases?state=declined")
    page.locator("summary", has_text=speech.say("Petition filed")).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Айгүл")
    page.keyboard.press("Enter")
    page.get_by_text(speech.word("before_court", "outside")).wait_for()
    assert not javascript or serious(page) == []  # axe itself is a script
    page.get_by_role("button", name=speech.say("Yes, do it")).press("Enter")
    page.get_by_text(speech.say("This has been done and kept.")).wait_for()
    page.goto(f"{clinic.url}/cases?state=filed")
    assert page.locator("tbody tr").count() == 2


@pytest.mark.browser
@pytest.mark.stack
def test_every_act_of_a_case_is_reached_by_keyboard_and_the_focus_is_seen(clinic, look):
    page = look("en")
    page.goto(f"{clinic.url}/cases?state=examined")
    reached = walk(page)
    assert reached[0].startswith("a Skip") and "summary Voluntary treatment accepted" in reached


@pytest.mark.stack
@pytest.mark.parametrize("path", PAGES)
def test_every_visible_text_comes_from_the_catalogue(page, path):
    desk = page.desk
    speech = Speech("en", Bracketed(), desk.speeches["en"].words)
    desk.templates["en"] = templates(desk.service.folder, speech, filters(speech))
    ours = [one for one in outside_brackets(page.get(path).text) if "treatment-" not in one]
    assert ours == []


@pytest.mark.stack
def test_a_long_list_is_read_in_parts(page):
    first, second = page.get("/examinations"), page.get("/examinations?page=2")
    assert (first.text.count("<tr class="), second.text.count("<tr class=")) == (21, MANY - 20 + 1)
    assert 'aria-label="Page 2"' in first.text and page.get("/examinations?page=x").status_code == 200


@pytest.mark.stack
@pytest.mark.parametrize("query, entries", [("?region=KZ-55", 3), ("?region=KZ-10", 0), ("?facility=detox-2", 0), ("?state=brought", 1)])
def test_a_list_is_narrowed_by_region_facility_and_state(page, query, entries):
    assert page.get(f"/worklist{query}").text.count("<tr class=") - 1 - _tasks(page) == entries


@pytest.mark.stack
def test_who_is_due_for_release_is_marked_late(page, monkeypatch):
    monkeypatch.setattr(stores.Stopped, "at", lambda self, now: NOW + timedelta(hours=25))
    page.desk.act(ClockDue("c", "stay/1/24", NOW, "c"), "c")
    shown = page.get("/worklist?state=due").text
    assert "q-late" in shown and "Release" in shown and "late by" in shown


@pytest.mark.stack
def test_those_who_wait_for_a_bed_are_shown_with_their_age_oldest_first(page):
    shown = page.get("/cases?state=queued").text
    assert "2 open cases" in shown and "in force, without a bed:" in shown
    assert shown.index("q3-lifted") < shown.index("q4-lifted")


@pytest.mark.stack
def test_a_bed_that_comes_free_is_offered_to_the_first_of_them(page):
    done = page.post("/beds/left", data={"facility_code": "treatment-1", "by": "Aigul"})
    assert done.status_code == 200 and "This has been done and kept." in done.text
    assert "1 open case" in page.get("/cases?state=queued").text
    assert "q4-lifted" in page.get("/cases?state=queued").text


@pytest.mark.stack
def test_a_withdrawn_report_stands_beside_the_case_a_court_has(page):
    assert "the report was taken back: the court must be told" in page.get("/cases?state=filed").text


@pytest.mark.stack
def test_the_clinic_reads_that_a_card_is_destroyed_when_the_case_ends(page):
    told = "to be forgotten: the card is destroyed when the case ends"
    assert told not in page.get("/cases?state=filed").text
    page.desk.step.run(stores.heard([m.RespondentCardErased("sued")]))
    assert told in page.get("/cases?state=filed").text


@pytest.mark.stack
def test_a_wrong_term_is_refused_in_words(page):
    for name in ("accepted", "granted"):
        shown = order(page, "sued", name, months="3", confirmed="yes")
    assert shown.status_code == 409 and "The court sets a term of 6 to 24 months." in shown.text


@pytest.mark.stack
def test_an_answer_by_telephone_is_kept_with_the_name_of_who_gave_it(page):
    done = page.post("/worklist/act", data={"need_id": "a", "act": "brought", "by": "Saule", "channel": "telephone", "confirmed": "yes"})
    assert done.status_code == 200 and "This has been done and kept." in done.text
    [(told,)] = stores.rows(page.desk.settings.dsn, "SELECT message FROM decisions WHERE heard = 'StaffAct' AND key = 'a'")
    assert (told["by"], told["channel"]) == ("Saule", "telephone")


@pytest.mark.stack
def test_machines_are_asked_nothing_twice(page):
    told = page.post("/cases/act", data={"need_id": "new", "act": "filed", "by": "A"}, headers={"Accept": "*/*"})
    assert told.status_code == 409 and told.json()["type"] == "urn:qorgan:problem:wrong-state"
    done = page.post("/cases/act", data={"need_id": "new", "act": "declined", "by": "A"}, headers={"Accept": "*/*"}, follow_redirects=False)
    assert done.status_code == 303


def _tasks(page):
    """Rows of the table of tasks, which stands below."""
    return page.get("/worklist?state=none").text.count("<tr class=") - 1
