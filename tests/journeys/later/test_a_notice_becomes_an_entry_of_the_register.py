"""The story of children in a home with violence: a notice, an entry, a look in time, and a mistake taken back."""

from datetime import timedelta

import pytest

from tests.journeys import telling
from tests.talking import ask, form

pytestmark = [pytest.mark.journey, pytest.mark.stack]
AKIMAT = "social_registry"


def entry_of(world, need):
    found = world.sql(AKIMAT, "SELECT entry_id, state, code, changes FROM register_entries WHERE %s = ANY(notices)", need)
    return found[0] if found else None


def listed(world, entry_id):
    return next((row for row in ask("GET", f"{world.url(AKIMAT)}/register.json")[1] if row["entry_id"] == entry_id), None)


def do(world, entry_id, act, **more):
    return form(f"{world.url(AKIMAT)}/register/act", entry_id=entry_id, act=act, by="Aigul", **more)


def test_a_notice_becomes_an_entry_only_by_a_person_and_is_looked_at(whole):
    report = telling.post(whole, telling.report(whole, children=2))
    need = telling.need_id(whole, report, "child_notice")
    assert entry_of(whole, need) is None, "a notice alone opens nothing"
    telling.act(whole, AKIMAT, need, "visit")
    whole.rest()
    telling.act(whole, AKIMAT, need, "enter_after_visit", code="police_notice")
    entry_id, *_ = entry_of(whole, need)
    row = listed(whole, entry_id)
    assert (row["state"], row["children"], row["region"], row["with"]) == ("opened", 2, "KZ-55", "akimat-KZ-55")
    assert entry_id not in str(whole.see(report)), "police hear that the notice was decided, and no more"
    assert do(whole, entry_id, "assess", code="D", seen="1") == 303
    assert do(whole, entry_id, "assess", code="D", seen="1") == 409, "a second click"
    whole.put_clock_forward(timedelta(days=35), AKIMAT)
    whole.wait(lambda: listed(whole, entry_id)["with"] == "social_protection_department")
    assert do(whole, entry_id, "review", code="B", seen="2") == 303
    whole.rest()
    assert listed(whole, entry_id)["with"] == ""
    assert do(whole, entry_id, "close", code="need_ended", seen="3") == 303
    assert entry_of(whole, need)[1:3] == ("closed", "need_ended")


def test_an_unfounded_report_takes_its_entry_along(whole):
    report = telling.post(whole, telling.report(whole, children=1))
    need = telling.need_id(whole, report, "child_notice")
    telling.act(whole, AKIMAT, need, "enter", code="police_notice")
    entry_id = entry_of(whole, need)[0]
    whole.take_back(report)
    whole.rest()
    left = whole.sql(AKIMAT, "SELECT state, code, household_ref, level FROM register_entries WHERE entry_id = %s", entry_id)
    assert left == [("closed", "unfounded", "", "")] and listed(whole, entry_id) is None
    assert whole.sql(AKIMAT, "SELECT count(*) FROM keys.one_time WHERE need_id = %s", need) == [(0,)]
