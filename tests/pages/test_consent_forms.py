"""Does an officer take what she agrees to in one click, see how far her withdrawal has come, and print the notice in her language?"""

import pytest
from starlette.testclient import TestClient

from plumbing.serving import application
from services.police_intake.consent.messages import ConsentWithdrawalAcknowledged, ConsentWithdrawalPassedOn
from tests import stores
from tests.pages import police_door

pytestmark = pytest.mark.stack
YES = {"by": "Aigul", "consent": "yes", "asked_apart": "yes", "notice": "help/1"}


@pytest.fixture
def desk(stack):
    return police_door.desk()


@pytest.fixture
def client(desk):
    return TestClient(application(desk), follow_redirects=False, headers={"Accept": "text/html", "Accept-Language": "en"})


def said(desk, report, what):
    return police_door.one(desk, f"SELECT {what} FROM consents WHERE report_id = '{report}' ORDER BY version DESC LIMIT 1")


@pytest.mark.parametrize("language, words", [("ru", "Мы спрашиваем"), ("kk", "Сізге көмек"), ("en", "We ask whether")])
def test_the_notice_is_read_in_her_language(client, language, words):
    page = client.get(f"/notices/help/1?language={language}").text
    assert f'<div lang="{language}"' in page and words in page


def test_a_notice_that_never_was_is_not_found(client):
    assert client.get("/notices/help/9").status_code == 404


def test_what_the_other_side_will_see_stands_before_the_act(client, desk):
    page = client.get(f"/reports/{police_door.first(desk)}/answers").text
    assert page.index("What the other side will see") < page.index("Keep</button>") and "nothing" in page


def test_one_click_agrees_to_the_notice_and_ticks_to_a_part(client, desk):
    report = police_door.first(desk)
    part = {**YES, "report_id": report, "scope": "part", "recipients": "crisis_centre", "classes": ["name"], "term_days": "7"}
    assert client.post(f"/reports/{report}/answers", data=part).status_code == 303
    assert said(desk, report, "data_classes") == ["name"] and said(desk, report, "purposes") == ["shelter"]
    assert client.post(f"/reports/{report}/answers", data={**YES, "report_id": report}).status_code == 303
    assert said(desk, report, "version") == 3 and len(said(desk, report, "data_classes")) == 4


def test_more_than_the_notice_is_refused_and_told(client, desk):
    report = police_door.first(desk)
    more = {**YES, "report_id": report, "scope": "part", "recipients": "crisis_centre", "classes": ["diary"], "term_days": "7"}
    answer = client.post(f"/reports/{report}/answers", data=more)
    assert answer.status_code == 409 and "cannot agree to more" in answer.text


def test_a_withdrawal_is_confirmed_first_and_then_counted_holder_by_holder(client, desk):
    report = police_door.first(desk)
    form = {"report_id": report, "by": "Aigul", "how": "spoken"}
    asked = client.post(f"/reports/{report}/consent/withdrawn", data=form)
    assert asked.status_code == 200 and "What the other side will see" in asked.text
    assert client.post(f"/reports/{report}/consent/withdrawn", data={**form, "confirmed": "yes"}).status_code == 303
    assert "being passed on" in client.get(f"/reports/{report}/consent").text
    version = said(desk, report, "version")
    desk.step.run(stores.heard([ConsentWithdrawalPassedOn(report, version, 2), ConsentWithdrawalAcknowledged(report, version, "n")]))
    assert "withdrawal: 1 of 2 holders acknowledged" in client.get(f"/reports/{report}/consent").text


@pytest.mark.parametrize("change", ["UPDATE consents SET state = 'given'", "DELETE FROM consents", "TRUNCATE consents"])
def test_what_she_said_is_never_changed_in_the_database(desk, change):
    with pytest.raises(Exception, match="P0001"), desk.step.database.transaction() as tx:
        tx.run(change)


def test_what_was_told_without_her_yes_is_reviewed_though_its_report_was_taken_back(client, desk):
    report = police_door.first(desk)
    with desk.step.database.transaction() as tx:
        tx.run("INSERT INTO disclosures VALUES (%s, 1, 'danger_to_life', 'allowed', 'Dana', '', 'Arman', '', now(), '{name}', '',"
               " '', now(), now(), NULL)", (report,))
    taken_back = client.post(f"/reports/{report}/unfounded", headers={"Accept": "application/json"})
    page = client.get(f"/reports/{report}/consent").text
    assert taken_back.status_code == 200 and "Review as the third person" in page
    assert "Take her consent back" not in page and "Ask a second person" not in page


def test_a_machine_that_takes_her_consent_back_twice_is_told_the_same(desk):
    door, report = TestClient(application(desk)), police_door.first(desk)
    url, key = f"/reports/{report}/consent-withdrawal", {"Idempotency-Key": "back-1"}
    first, again = (door.post(url, json={"by": "Aigul"}, headers=key) for _ in range(2))
    assert (first.status_code, first.json()) == (again.status_code, again.json()) and first.json()["state"] == "consent_withdrawn"
    assert door.post(url, json={"by": "Another"}, headers=key).status_code == 422
    assert door.post("/reports/no-such-report/consent-withdrawal", json={"by": "Aigul"}).status_code == 404
