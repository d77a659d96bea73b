"""Is a respondent's complaint found in the inbox of its region's prosecutor, and answered there in time? By HTTP, behind doors."""

import re
from datetime import timedelta

import pytest

from plumbing import figures, metrics
from plumbing.identity import new_id
from tests.doors import seeds
from tests.doors.browsing import main_of
from tests.doors.seeds import ids
from tests.stores import NOW, rows

pytestmark = pytest.mark.stack
HOUR = timedelta(hours=1)


def complain(clerk, measure, **typed):
    form = {"measure_id": measure, "kind": "respondent_complaint", "act": "receive", "code": "goes_too_far", "act_id": new_id()}
    return clerk.post(f"/measures/{measure}/complaint", data={**form, **typed})


def answer(prosecutor, measure, act, seen=1):
    form = {"measure_id": measure, "act": act, "seen": str(seen), "act_id": new_id()}
    return prosecutor.post(f"/prosecutor/{measure}/act", data=form)


def complaints(police):
    return dict(rows(police.desk.settings.dsn, "SELECT measure_id, state FROM measures WHERE kind = 'respondent_complaint'"))


def overdue(kind, police):
    """As operations read it: acts of this kind past their clock."""
    figures.show(police.desk.step)
    told = metrics.page()[0].decode()
    return re.search(rf'^qorgan_tasks_overdue{{kind="{kind}",service="police_intake"}} (.*)$', told, re.MULTILINE)[1]


def test_a_complaint_entered_by_the_desk_waits_in_the_inbox_of_its_region_alone(police, at):
    own, foreign = ids(police, "measure")
    clerk = at("clerk")
    assert "goes too far" in clerk.get(f"/measures/{own}").text
    assert complain(clerk, own).headers["location"] == f"/measures/{own}?done=1"
    assert complain(at("clerk-shymkent"), foreign, code="it_was_not_he").status_code == 303
    text = main_of(at("prosecutor").get("/prosecutor"))
    assert "1 complaint waits for an answer" in text and "goes too far" in text and seeds.OWN_STATION in text
    assert "it was not he" not in text.replace("It was", "it was") and seeds.FOREIGN_STATION not in text
    assert len(complaints(police)) == 2


def test_a_complaint_is_rejected_or_sent_to_be_examined_and_only_by_the_prosecutor(police, at):
    own, _ = ids(police, "measure")
    clerk, prosecutor = at("clerk"), at("prosecutor")
    complain(clerk, own), complain(clerk, own, code="not_by_the_rules")
    first, second = complaints(police)
    form = {"measure_id": first, "act": "reject", "seen": "1", "act_id": new_id()}
    assert clerk.post(f"/measures/{first}/act", data=form).status_code == 409, "police answer no complaint"
    assert answer(prosecutor, first, "reject").headers["location"] == "/prosecutor?done=1"
    assert answer(prosecutor, second, "examine_again").status_code == 303
    text = main_of(prosecutor.get("/prosecutor"))
    assert "No complaint waits for an answer" in text and "to be examined" in text and "in time" in text
    assert complaints(police) == {first: "rejected", second: "to_be_examined"}
    form |= {"measure_id": second, "act": "examined", "code": "stands", "seen": "2", "act_id": new_id()}
    assert clerk.post(f"/measures/{second}/act", data=form).status_code == 303 and complaints(police)[second] == "examined"


def test_revoking_the_order_by_the_act_there_always_was_answers_the_complaint_about_it(police, at):
    own, _ = ids(police, "measure")
    complain(at("clerk"), own)
    prosecutor = at("prosecutor")
    assert f'href="#order-{own}"' in prosecutor.get("/prosecutor").text
    assert answer(prosecutor, own, "revoke").status_code == 303
    text = main_of(prosecutor.get("/prosecutor"))
    assert list(complaints(police).values()) == ["order_revoked"] and "order revoked" in text and "No order is under way" in text


def test_an_answer_after_its_clock_is_shown_as_late_and_was_counted_with_the_other_clocks(police, at):
    own, _ = ids(police, "measure")
    assert complain(at("clerk"), own).status_code == 303
    [complaint] = complaints(police)
    with police.desk.step.database.transaction() as tx:
        tx.run(f"UPDATE tasks SET due_at = '{NOW - 5 * HOUR}' WHERE subject = '{complaint}'")
    assert overdue("respondent_complaint", police) == "1.0"
    prosecutor = at("prosecutor")
    assert "late by 5 h" in main_of(prosecutor.get("/prosecutor"))
    assert answer(prosecutor, complaint, "reject").status_code == 303 and overdue("respondent_complaint", police) == "0.0"
    assert "answered late by 5 h" in main_of(prosecutor.get("/prosecutor"))


def test_a_complaint_changes_neither_the_order_nor_her_grade_nor_what_was_opened_for_her(police, at):
    own, _ = ids(police, "measure")
    hers = ("SELECT (SELECT json_agg(m ORDER BY measure_id) FROM measures m WHERE kind <> 'respondent_complaint')::text,"
            " (SELECT json_agg(k) FROM risk_steps k)::text, (SELECT json_agg(n) FROM needs_seen n)::text,"
            " (SELECT count(*) FROM tasks WHERE kind <> 'respondent_complaint'), (SELECT count(*) FROM outbox)")
    before = rows(police.desk.settings.dsn, hers)
    complain(at("clerk"), own)
    assert complaints(police) and rows(police.desk.settings.dsn, hers) == before


def test_who_may_not_enter_or_see_complaints_is_refused(police, at):
    own, foreign = ids(police, "measure")
    assert complain(at("officer"), own).status_code == 404, "who did it does not write down what is said against it"
    assert complain(at("clerk"), foreign).status_code == 404 and not complaints(police)
    assert at("clerk").get("/prosecutor").status_code == 403
