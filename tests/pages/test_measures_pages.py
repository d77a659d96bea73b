"""Do the pages of measures show what is due, lead every act through the step, and say why one is refused?"""

import json

import pytest
from starlette.testclient import TestClient

from plumbing.identity import new_id
from plumbing.serving import application
from tests.pages import police_door

pytestmark = pytest.mark.stack
NOBODYS = "b722db45-1bd9-45b5-afb9-51f8028b1d8f"


@pytest.fixture
def desk(stack):
    return police_door.desk_with_measures()


@pytest.fixture
def client(desk):
    page = {"Accept": "text/html", "Accept-Language": "en"}
    return TestClient(application(desk), follow_redirects=False, headers=page)


def order(desk):
    return police_door.measure(desk)


def act(client, desk, name, version, **typed):
    form = {"measure_id": order(desk), "act": name, "seen": str(version), "by": "Aigul", "act_id": new_id(), **typed}
    return client.post(f"/measures/{order(desk)}/act", data=form)


def state(desk):
    return police_door.one(desk, f"SELECT state FROM measures WHERE measure_id = '{order(desk)}'")


def test_an_order_is_led_from_the_page_through_its_life_and_what_is_due_stands_on_the_list(client, desk):
    listed = client.get("/measures").text
    assert "1 act is due today" in listed and "have no outcome yet" in listed and "Measures whose report nobody knows" in listed
    assert act(client, desk, "not_found", 1).headers["location"] == f"/measures/{order(desk)}?done=1"
    shown = client.get(f"/measures/{order(desk)}").text
    assert "not yet in force" in shown and "Searched today, not found" in shown and "Weekly check" not in shown
    assert act(client, desk, "serve", 2, at="2020-01-01T10:00").status_code == 409, "an end before its start"
    assert act(client, desk, "serve", 2).status_code == 303 and state(desk) == "served"
    assert act(client, desk, "breach", 3, code="called").status_code == 303
    assert "Broken, and still in force" in client.get("/measures").text


def test_a_refused_act_shows_the_state_and_keeps_what_was_typed(client, desk):
    page = act(client, desk, "checked", 1, code="kept", by="Дана")
    assert page.status_code == 409 and "It stands now: issued" in " ".join(page.text.split()) and state(desk) == "issued"
    missing = act(client, desk, "serve_refused", 1)
    assert missing.status_code == 409 and "Tell what the act needs" in missing.text


def test_a_measure_begins_on_its_report_and_a_rule_that_says_no_is_cited(client, desk):
    known = police_door.first(desk)
    path = f"/reports/{known}/measures"
    form = {"report_id": known, "kind": "special_requirements", "act": "impose", "months": "13", "reports_a_month": "2",
            "born": "unknown", "by": "Aigul"}
    page = client.post(path, data={**form, "act_id": new_id()})
    assert page.status_code == 409 and "art. 54" in page.text and "Not verified by a lawyer" in page.text
    assert client.post(path, data={**form, "months": "6", "act_id": new_id()}).headers["location"] == f"{path}?done=1"
    twice = client.post(path, data={"report_id": known, "kind": "protection_order", "act": "issue", "by": "A", "act_id": new_id()})
    assert twice.status_code == 409 and "There is one already on this report" in twice.text


def test_who_may_not_be_arrested_is_refused_with_the_fine_instead_and_no_health_stands_in_the_database(client, desk):
    known = police_door.first(desk)
    opened = {"report_id": known, "kind": "administrative_case", "act": "open", "code": "73", "by": "A", "act_id": new_id()}
    assert client.post(f"/reports/{known}/measures", data=opened).status_code == 303
    case = police_door.one(desk, "SELECT measure_id FROM measures WHERE kind = 'administrative_case'")

    def arrest(version, **typed):
        form = {"measure_id": case, "seen": str(version), "by": "Aigul", "act_id": new_id(), "days": "10", "born": "unknown", **typed}
        return client.post(f"/measures/{case}/act", data=form)

    client.post(f"/measures/{case}/act", data={"measure_id": case, "act": "send_to_court", "seen": "1", "by": "A", "act_id": new_id()})
    assert "Is there a bar on arrest?" in client.get(f"/measures/{case}").text
    page = arrest(2, act="arrest", bar="pregnant")
    assert page.status_code == 409 and "art. 50(2)" in page.text and "Possible instead: a fine." in page.text
    assert arrest(2, act="arrest").status_code == 303 and "no answer to: arrest/not-with-a-bar" in client.get(f"/measures/{case}").text
    kept = police_door.one(desk, "SELECT string_agg(m::text, ' ') FROM (SELECT told FROM measure_moves UNION SELECT told FROM measures) m")
    assert "pregnan" not in kept and "unanswered" in kept


def test_a_no_approach_order_is_asked_for_on_the_page_of_its_criminal_case_and_led_to_its_end(client, desk):
    known = police_door.first(desk)
    link = {"report_id": known, "kind": "criminal_link", "act": "link", "erdr_number": "2" * 15, "by": "A", "act_id": new_id()}
    assert client.post(f"/reports/{known}/measures", data=link).status_code == 303
    kinds = "SELECT measure_id FROM measures WHERE kind = '{}'"
    case = police_door.one(desk, kinds.format("criminal_link"))

    def acted(measure_id, version, name, **typed):
        form = {"measure_id": measure_id, "seen": str(version), "act": name, "by": "Aigul", "act_id": new_id(), **typed}
        return client.post(f"/measures/{measure_id}/act", data=form)

    assert "A court is asked for a no-approach order" in client.get(f"/measures/{case}").text
    assert acted(case, 1, "ask_no_approach").status_code == 303
    twice = acted(case, 2, "ask_no_approach")
    assert twice.status_code == 409 and "There is one already on this report" in twice.text
    found = police_door.one(desk, kinds.format("no_approach_order"))
    assert acted(found, 1, "sanction", until_day="2027-01-31", born="unknown").status_code == 303
    assert "Not announced to him, it protects nobody" in client.get(f"/measures/{found}").text
    assert acted(found, 2, "announce").status_code == 303
    inbox = client.get("/prosecutor").text
    assert "1 no-approach order" in inbox and "no source says who oversees them" in inbox and "Жұмабайов" not in inbox
    shown = client.get(f"/measures/{found}").text
    assert "1 Feb 2027, 00:00" in shown and f"/measures/{case}" in shown
    assert acted(found, 3, "breach", code="called").status_code == 303 and "Broken, and still in force" in client.get("/measures").text
    assert acted(found, 4, "end").status_code == 303
    assert police_door.one(desk, f"SELECT state FROM measures WHERE measure_id = '{found}'") == "ended"


def test_a_court_that_is_to_be_told_stands_on_the_list_and_in_the_inbox_until_a_person_has_noted_it(client, desk):
    known = police_door.first(desk)
    opened = {"report_id": known, "kind": "administrative_case", "act": "open", "code": "73", "by": "A", "act_id": new_id()}
    client.post(f"/reports/{known}/measures", data=opened)
    case = police_door.one(desk, "SELECT measure_id FROM measures WHERE kind = 'administrative_case'")
    sent = {"measure_id": case, "act": "send_to_court", "seen": "1", "by": "A", "act_id": new_id()}
    client.post(f"/measures/{case}/act", data=sent)
    assert "No court waits to be told" in client.get("/prosecutor").text
    assert client.post(f"/reports/{known}/unfounded", headers={"Idempotency-Key": "taken-back"}).status_code == 200
    assert "Notice to a court" in client.get("/measures").text and "1 notice is not given yet" in client.get("/prosecutor").text
    notice = police_door.one(desk, "SELECT measure_id FROM measures WHERE kind = 'court_notice'")
    shown = client.get(f"/measures/{notice}").text
    assert "tell the court" in shown and "administrative case" in shown and f"/measures/{case}" in shown
    told = {"measure_id": notice, "act": "court_told", "seen": "1", "by": "Aigul", "act_id": new_id()}
    assert client.post(f"/measures/{notice}/act", data=told).status_code == 303
    assert "No court waits to be told" in client.get("/prosecutor").text and "Notice to a court" not in client.get("/measures").text


def test_a_prosecutor_protests_and_revokes_and_police_do_not(client, desk):
    act(client, desk, "serve", 1)
    inbox = client.get("/prosecutor").text
    assert "Revoke" in inbox and "Protest" in inbox and "Сейітова" not in inbox and "Жұмабайов" not in inbox
    assert act(client, desk, "revoke", 2).status_code == 409 and state(desk) == "served", "police revoke nothing"
    form = {"measure_id": order(desk), "act": "revoke", "seen": "2", "by": "Prosecutor", "act_id": new_id()}
    assert client.post(f"/prosecutor/{order(desk)}/act", data=form).headers["location"] == "/prosecutor?done=1"
    assert state(desk) == "revoked" and "No order is under way" in client.get("/prosecutor").text


def test_what_waits_for_its_report_is_settled_by_a_person_who_names_it(client, desk):
    parked = police_door.one(desk, "SELECT parked_id FROM parked_measures")
    told = {"parked_id": parked, "by": "Dana"}
    wrong = client.post(f"/parked/{parked}", data={**told, "report_id": NOBODYS, "act_id": new_id()})
    assert wrong.status_code == 409 and "There is no such report" in wrong.text
    assert client.post(f"/parked/{parked}", data={**told, "act_id": new_id()}).status_code == 303
    assert police_door.one(desk, "SELECT settled_as FROM parked_measures") == "no_report"


def test_a_machine_announces_a_decision_and_what_nobody_knows_is_kept_and_answered_with_202(client, desk):
    told = {"kind": "criminal_link", "act": "link", "by": "court", "told": {"erdr_number": "2" * 15}}
    begun = client.post("/measures", json={"report_id": police_door.first(desk), **told})
    assert begun.status_code == 201 and json.loads(begun.text)["state"] == "investigated"
    again = client.post("/measures", json={"report_id": police_door.first(desk), **told}, headers={"Accept": "application/json"})
    assert again.status_code == 409 and again.json()["type"].endswith("second")
    waits = client.post("/measures", json={"report_id": NOBODYS, **told})
    assert waits.status_code == 202 and json.loads(waits.text)["state"] == "parked"
