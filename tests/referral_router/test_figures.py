"""Do the router's figures say how many wait past their clock, and how many answers came in time?"""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from plumbing.postgres import Database
from services.referral_router import store
from services.referral_router.wiring import SERVICE
from tests import stores

pytestmark = pytest.mark.stack
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
PAST, FUTURE = NOW - timedelta(minutes=5), NOW + timedelta(minutes=5)
NEED = "INSERT INTO needs SELECT x, 'r', %s, x, 'KZ-75', 1, 0, '', '', '', '', '', %s, '', 1, '', '{}', 0, 1, null, %s, %s FROM unnest(ARRAY[%s]) x"


@pytest.fixture
def tx():
    with closing(Database(stores.fresh_database(SERVICE), "tests")) as database, database.transaction() as one:
        one.run("INSERT INTO reports VALUES ('r', 1, 'v', null, 'h', true, '{}', now())")
        yield one


def need(tx, name, kind, state):
    tx.run(NEED, (kind, state, PAST, PAST, name))


def told(tx):
    return {(name, *labels): value for name, labels, value in store.figures(tx, NOW)}


def test_who_waits_past_a_clock_is_counted_once_however_many_clocks_ran_out(tx):
    for name, state in ("a", "with_person"), ("b", "asked"), ("c", "asked"), ("d", "withdrawn"):
        need(tx, name, "shelter", state)
    for subject, due in ("a", PAST), ("d", PAST), ("c", FUTURE):
        tx.run("INSERT INTO tasks VALUES (%s, 'need', 'coordinator', 'why', '', 'k', %s, %s)", (subject, PAST, due))
    for subject in "a", "b":
        tx.run("INSERT INTO clocks VALUES (%s, 'answer/1', %s, 'k')", (subject, PAST))
    found = told(tx)
    assert found["qorgan_people_waiting_past_clock", "shelter"] == 2
    assert found["qorgan_longest_wait_seconds", "shelter"] == 300
    assert found["qorgan_needs", "shelter", "asked"] == 2


def test_an_answer_is_late_when_its_clock_rang_and_other_clocks_are_none_of_it(tx):
    rows = [("a", "answer/1", True), ("b", "answer/1", False), ("c", "task/need/2026", False), ("d", "arrival/1", True)]
    for subject, step, rung in rows:
        tx.run("INSERT INTO clocks VALUES (%s, %s, %s, 'k', %s, %s)", (subject, step, PAST, NOW, rung))
    tx.run("INSERT INTO clocks VALUES ('e', 'answer/1', %s, 'k')", (FUTURE,))
    found = told(tx)
    assert (found["qorgan_answers", "in_time"], found["qorgan_answers", "late"]) == (2, 1)


def test_a_refusal_for_a_medical_reason_is_told_under_no_code(tx):
    need(tx, "a", "detox", "asked")
    for number, outcome in enumerate(("full", "severe", "", "silent", "expired")):
        tx.run("INSERT INTO attempts VALUES ('a', %s, 'dt', %s, %s)", (number, PAST, outcome))
    found = told(tx)
    assert [key for key in found if key[0] == "qorgan_refusals"] == [("qorgan_refusals", "full")]
    assert {key[1]: value for key, value in found.items() if key[0] == "qorgan_attempts"} == {
        "refused": 1, "ended": 2, "awaited": 1, "silent": 1}
