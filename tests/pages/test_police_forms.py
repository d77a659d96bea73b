"""Do the police forms keep what was typed, say what is wrong beside it, and make one report of two clicks?"""

import re

import pytest
from starlette.testclient import TestClient

from plumbing.identity import new_id
from plumbing.serving import application
from tests.pages import police_door
from tests.police_intake.journal_text import iin

pytestmark = pytest.mark.stack
NOBODYS = "b722db45-1bd9-45b5-afb9-51f8028b1d8f"
GOOD = {
    "kui_number": "900", "station": "УП г. Павлодар", "territory": "551000000", "recorded_at": "2026-11-22T14:00",
    "victim_name": "Оспанова Дана", "victim_iin": iin("90040387993"), "by": "Айгүл", "narrative": "Крик за стеной.",
}


@pytest.fixture
def desk(stack):
    return police_door.desk()


@pytest.fixture
def client(desk):
    page = {"Accept": "text/html", "Accept-Language": "en"}
    return TestClient(application(desk), follow_redirects=False, headers=page)


def count(desk, what):
    return police_door.one(desk, f"SELECT count(*) FROM {what}")


def test_a_second_click_makes_no_second_report_and_leads_to_the_first(client, desk):
    before, form = count(desk, "reports"), {**GOOD, "act_id": new_id()}
    first, again = client.post("/reports/new", data=form), client.post("/reports/new", data=form)
    assert (first.status_code, again.status_code, count(desk, "reports")) == (303, 303, before + 1)
    assert first.headers["location"] == again.headers["location"] == f"/reports/{form['act_id']}?done=1"
    page = client.get(first.headers["location"]).text
    assert "Оспанова Дана" in page and "Крик за стеной" not in page


def test_a_wrong_value_is_told_beside_its_field_and_all_that_was_typed_is_kept(client, desk):
    before = count(desk, "reports")
    wrong = {**GOOD, "act_id": new_id(), "territory": "1", "victim_phone": "x", "children": "many", "recorded_at": "2030-01-01T00:00"}
    page = client.post("/reports/new", data=wrong)
    assert page.status_code == 422 and count(desk, "reports") == before
    assert {"territory-error", "children-error"} <= set(re.findall(r'id="([a-z_]+-error)"', page.text))
    assert "Крик за стеной." in page.text and "Оспанова Дана" in page.text
    between = client.post("/reports/new", data={**wrong, "territory": "551000000", "children": ""}).text
    assert {"victim_phone-error", "recorded_at-error"} <= set(re.findall(r'id="([a-z_]+-error)"', between))


def test_the_identity_number_fills_birth_date_and_sex(client, desk):
    before = count(desk, "reports")
    page = client.post("/reports/new", data={**GOOD, "fill": "yes", "act_id": new_id()})
    assert page.status_code == 200 and 'value="1990-04-03"' in page.text and count(desk, "reports") == before
    assert '<option value="female" selected>' in page.text


@pytest.mark.parametrize("typed, field", [
    ({"consent": "yes", "asked_apart": "no"}, "asked_apart"), ({"safe_contact": "only_at"}, "safe_contact_detail"),
])
def test_what_she_says_beside_him_and_a_contact_without_its_how_are_refused(client, desk, typed, field):
    for path, form in (("/reports/new", GOOD), (f"/reports/{police_door.first(desk)}/answers", {"by": "A", "report_id": "x"})):
        page = client.post(path, data={**form, **typed, "act_id": new_id()})
        assert page.status_code == 422 and f'id="{field}-error"' in page.text, path


def test_a_report_known_from_the_journal_is_found_and_only_completed(client, desk):
    found = client.post("/reports/find", data={"number": "3862", "station": police_door.STATION, "year": "2026"})
    assert found.headers["location"] == f"/reports/{police_door.first(desk)}/answers"
    told = {"report_id": police_door.first(desk), "by": "Айгүл", "consent": "no", "asked_apart": "yes", "act_id": new_id()}
    assert client.post(found.headers["location"], data=told).status_code == 303
    assert police_door.one(desk, f"SELECT consent FROM reports WHERE report_id = '{police_door.first(desk)}'") == "no"
    again = client.post("/reports/find", data={"number": "4", "station": "x", "year": "2026"})
    assert "No report is known" in again.text


def test_the_second_clerk_at_a_held_record_sees_who_was_first(client, desk):
    path = f"/held/{police_door.held(desk)}"
    form = {**police_door.HELD, "held_id": path[6:], "kui_number": "77"}
    still = client.post(path, data={**form, "kui_number": "", "by": "Aigul", "act_id": new_id()})
    assert still.status_code == 422 and 'id="kui_number-error"' in still.text and "Оспанова Дана" in still.text
    assert client.post(path, data={**form, "by": "Aigul", "act_id": new_id()}).status_code == 303
    second = client.post(path, data={**form, "kui_number": "78", "by": "Dana", "act_id": new_id()})
    assert second.status_code == 409 and "Aigul" in second.text and "registered" in second.text


def test_taking_back_asks_first_and_says_what_it_withdraws(client, desk):
    path = f"/reports/{police_door.first(desk)}/take-back"
    form = {"report_id": police_door.first(desk), "reason": "unfounded", "by": "Aigul", "act_id": new_id()}
    assert "withdraws everything at every holder" in client.post(path, data=form).text
    assert police_door.one(desk, f"SELECT active FROM reports WHERE report_id = '{police_door.first(desk)}'")
    client.post(path, data={**form, "confirmed": "yes"})
    assert not police_door.one(desk, f"SELECT active FROM reports WHERE report_id = '{police_door.first(desk)}'")


def test_reports_are_filtered_by_station_state_and_day(client):
    def listed(**asked):
        return len(re.findall(r'href="/reports/[0-9a-f-]{36}"', client.get("/reports", params={"station": "", **asked}).text))

    assert (listed(), listed(station=police_door.STATION), listed(station="x"), listed(state="taken_back")) == (3, 3, 0, 0)
    assert (listed(day="2026-11-22"), listed(day="2026-11-21"), listed(day="no day"), listed(state="waits")) == (3, 0, 3, 0)


def test_an_old_page_never_takes_back_what_another_clerk_kept(client, desk):
    path = f"/reports/{police_door.first(desk)}/answers"
    told = {"report_id": police_door.first(desk), "asked_apart": "yes", "seen": "1"}
    assert 'name="seen" value="1"' in client.get(path).text
    assert client.post(path, data={**told, "by": "Aigul", "consent": "yes", "act_id": new_id()}).status_code == 303
    late = client.post(path, data={**told, "by": "Dana", "consent": "not_asked", "injury": "light", "act_id": new_id()})
    assert late.status_code == 409 and "Somebody was quicker" in late.text and "Aigul" in late.text
    assert police_door.one(desk, f"SELECT consent FROM reports WHERE report_id = '{police_door.first(desk)}'") == "yes"


def test_a_station_chosen_once_stays_chosen_and_sees_its_own_tasks_only(client):
    def tasks(**asked):
        return client.get("/worklist", params=asked).text.count("<tr class=") - 1

    both = tasks()
    assert both == 2 and tasks(station=police_door.STATION) == both, "a held record and a possible double, both of this station"
    assert "selected" in client.get("/reports").text and police_door.STATION in client.get("/handover").text
    assert tasks(station="another station") <= 0, "nothing of another station"
    assert tasks() <= 0, "it was remembered"


@pytest.mark.parametrize("path", ["/reports/x", "/held/x", "/persons/x", f"/held/{NOBODYS}", f"/persons/{NOBODYS}", f"/reports/{NOBODYS}/answers"])
def test_what_nobody_knows_is_said_as_a_page(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("asked", [{"begins": "25:99"}, {"day": "x", "hours": "9"}, {"day": "2026-11-22", "begins": "08:00", "hours": "12"}])
def test_a_hand_over_is_drawn_for_any_hours_that_were_asked(client, asked):
    page = client.get("/handover", params=asked)
    assert page.status_code == 200 and "Hand-over of the shift" in page.text
