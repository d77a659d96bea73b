"""Has every held life a clock and a person, and is nothing held for a fault that is no message's?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from plumbing import clocks
from plumbing.postgres import Fault
from plumbing.recovery import redrive
from plumbing.service import Heard
from tests import stores
from tests.plumbing.ledger import UNLUCKY, Add, told
from tests.stores import NOW

pytestmark = pytest.mark.stack
TASK = "SELECT subject, queue, key, due_at, level, closed_by FROM tasks WHERE kind = 'letter' ORDER BY 1"
CLOCK = "SELECT subject, due_at FROM clocks WHERE step LIKE 'task/letter/%' AND ended_at IS NULL ORDER BY 1"
LETTERS = "SELECT count(*) FROM dead_letters WHERE redriven_at IS NULL"
IN_AN_HOUR = NOW + timedelta(hours=1)


def test_a_life_that_is_held_becomes_one_persons_task_with_a_clock_and_rings(dsn, step):
    step.run([told("a", UNLUCKY, 1), told("a", 1, 2), told("b", 1, 3)])
    step.run([told("a", 1, 4)])
    assert stores.rows(dsn, TASK) == [("letter/a", "operations", "a", IN_AN_HOUR, 0, None)]
    assert stores.rows(dsn, CLOCK) == [("letter/a", IN_AN_HOUR)]
    assert stores.rows(dsn, "SELECT subject, task FROM alerts") == [("letter/a", "letter")]


def test_a_second_letter_of_a_held_life_does_not_wind_its_clock_up_again(dsn, step):
    step.run([told("a", UNLUCKY, 1)])
    stores.rows(dsn, "UPDATE tasks SET level = 3 RETURNING 1")
    bad = told("a", 1, 2)
    step.run([replace(bad, message=None, problem="bytes are no message")])
    assert stores.rows(dsn, TASK) == [("letter/a", "operations", "a", IN_AN_HOUR, 3, None)]


def test_a_task_about_a_held_life_climbs_while_nobody_acts(dsn, step):
    step.run([told("a", UNLUCKY, 1)])
    with step.database.transaction() as tx:
        due = clocks.due(tx, IN_AN_HOUR, 10)
    step.run([Heard(clock, f"clock/{clock.subject}/{clock.step}", clock.key) for clock in due])
    assert stores.rows(dsn, TASK)[0][4] == 1
    assert stores.rows(dsn, CLOCK) == [("letter/a", NOW + timedelta(hours=2))]


def test_the_last_letter_that_goes_closes_the_task_and_stops_its_clock(dsn, step, monkeypatch):
    step.run([told("a", UNLUCKY, 1), told("a", 2, 2)])
    monkeypatch.setattr(step.codec, "decode", lambda value, views: Add("a", 5))
    assert redrive(step, "a", "Aigul") == (2, "")
    assert stores.rows(dsn, TASK)[0][5] == "Aigul" and stores.rows(dsn, CLOCK) == []


def test_while_a_letter_is_left_the_clock_of_its_life_goes_on(dsn, step, monkeypatch):
    step.run([told("a", UNLUCKY, 1), told("a", 2, 2)])
    amounts = iter((5, UNLUCKY))
    monkeypatch.setattr(step.codec, "decode", lambda value, views: Add("a", next(amounts)))
    assert redrive(step, "a", "Aigul")[0] == 1
    assert stores.rows(dsn, TASK)[0][5] is None and len(stores.rows(dsn, CLOCK)) == 1


def test_a_column_that_is_missing_puts_no_message_into_the_letters(dsn, step):
    stores.rows(dsn, "ALTER TABLE accounts RENAME COLUMN total TO gone; SELECT 1")
    with pytest.raises(Fault, match="42703"):
        step.run([told("a", 1, 1), told("b", 2, 2)])
    assert stores.rows(dsn, LETTERS) == [(0,)] and stores.rows(dsn, "SELECT next_number FROM inbox") == [(1,)]


def test_a_fault_in_the_code_that_keeps_puts_no_message_into_the_letters(dsn, step):
    def forget(tx, events):
        raise KeyError("no such event")

    step.service = replace(step.service, record=forget)
    with pytest.raises(KeyError):
        step.run([told("a", 1, 1)])
    assert stores.rows(dsn, LETTERS) == [(0,)]


@pytest.mark.parametrize("text", ["a NUL \0", "half a pair \ud800"], ids=ascii)
def test_a_letter_no_database_keeps_is_the_messages_own_fault(dsn, step, text):
    record = step.service.record

    def spoiled(tx, events):
        if events:
            tx.rows("SELECT %s", (text,))
        record(tx, events)

    step.service = replace(step.service, record=spoiled)
    step.run([told("a", 1, 1)])
    assert stores.rows(dsn, LETTERS) == [(1,)]
