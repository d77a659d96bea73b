"""Does the roster show which district has nobody, and is a shift entered and ended on the page?"""

import re

import pytest
from starlette.testclient import TestClient

from plumbing.identity import new_id
from plumbing.serving import application
from tests.pages import police_door

pytestmark = pytest.mark.stack


@pytest.fixture
def desk(stack):
    return police_door.desk_with_measures()


@pytest.fixture
def client(desk):
    page = {"Accept": "text/html", "Accept-Language": "en"}
    return TestClient(application(desk), follow_redirects=False, headers=page)


def form(**changes):
    usual = {
        "station": police_door.STATION, "inspector": "inspector-7", "is_woman": "yes", "since": "2026-11-22T14:00",
        "until": "2026-11-22T22:00", "by": "Aigul", "act_id": new_id(),
    }
    return {**usual, **changes}


def shown(client):
    return " ".join(re.sub(r"<[^>]+>", " ", client.get("/roster").text).split())


def test_the_district_has_nobody_until_a_shift_is_entered_and_again_when_it_ends(client, desk):
    assert "1 district has nobody on shift now" in shown(client) and "Nobody is on shift" in shown(client)
    assert client.post("/roster", data=form()).headers["location"] == "/roster?done=1"
    page = shown(client)
    assert "0 districts have nobody" in page and "A woman is on shift until 22 Nov 2026, 22:00 UTC+5" in page
    assert "November 22, 2026" not in page.split("Nobody on:")[1] and "November 23, 2026" in page
    shift = police_door.one(desk, "SELECT shift_id FROM shifts")
    assert client.post(f"/roster/{shift}/end", data={"shift_id": shift, "by": "Dana", "act_id": new_id()}).status_code == 303
    assert "Nobody is on shift" in shown(client) and "inspector-7" not in shown(client)
    again = client.post(f"/roster/{shift}/end", data={"shift_id": shift, "by": "Dana", "act_id": new_id()})
    assert again.status_code == 409 and "This shift is over already." in again.text


def test_a_shift_that_cannot_be_is_refused_in_words_and_what_was_typed_stays(client):
    page = client.post("/roster", data=form(until="2026-11-22T13:00"))
    assert page.status_code == 409 and "A shift does not end before it begins." in page.text and 'value="inspector-7"' in page.text
    assert "No report was ever written at such a station" in client.post("/roster", data=form(station="Nowhere else")).text
    assert client.post("/roster", data=form()).status_code == 303
    assert "on the roster of this district at that time already" in client.post("/roster", data=form()).text


def test_a_citizens_number_is_no_id_of_an_inspector(client, desk):
    for number in ("740812700000", "iin-740812-700000"):
        page = client.post("/roster", data=form(inspector=number))
        assert page.status_code == 422 and "looks like a citizen&#39;s number" in page.text
    assert police_door.one(desk, "SELECT count(*) FROM shifts") == 0


def to_be_told(client, desk, **said):
    """He was not found, so she must be told that the order is not in force; and what she said of who is to come."""
    report_id, order = police_door.first(desk), police_door.measure(desk)
    told = {"report_id": report_id, "by": "Aigul", "act_id": new_id(), **said}
    assert client.post(f"/reports/{report_id}/answers", data=told).status_code == 303
    act = {"measure_id": order, "act": "not_found", "seen": "1", "by": "Aigul", "act_id": new_id()}
    assert client.post(f"/measures/{order}/act", data=act).status_code == 303
    return client.get("/worklist").text, report_id


def first_row(page):
    return page.split("<tbody")[1].split("</tr>")[0]


def test_for_her_who_wants_a_woman_the_worklist_names_one_and_says_first_of_all_if_none_is_there(client, desk):
    client.post("/roster", data=form(inspector="he-1", is_woman="no"))
    page, report_id = to_be_told(client, desk, wants_woman="yes")
    assert "no woman on shift in this district: call the district's manager" in first_row(page) and "he-1" not in page
    report = " ".join(client.get(f"/reports/{report_id}").text.split())
    assert 'Wants a woman to come</dt><dd class="govuk-summary-list__value">yes' in report
    client.post("/roster", data=form(inspector="she-1"))
    page = client.get("/worklist").text
    assert "she-1" in page and "call the district" not in page


def test_who_has_no_such_wish_is_given_to_whoever_is_on_shift(client, desk):
    assert "Nobody is on shift in this district" in to_be_told(client, desk)[0]
    client.post("/roster", data=form(inspector="he-1", is_woman="no"))
    assert "he-1" in client.get("/worklist").text


def test_the_same_form_sent_twice_enters_one_shift(client, desk):
    sent = form()
    assert [client.post("/roster", data=sent).status_code for _ in range(2)] == [303, 303]
    assert police_door.one(desk, "SELECT count(*) FROM shifts") == 1
