"""Is every open entry of the register looked at by somebody, in time?"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from plumbing.clocks import ClockDue, ClockSet, ClockStopped
from plumbing.tasks import TaskOpened
from services.social_registry import decisions
from services.social_registry.terms import end_of
from tests.social_registry.lives import AKIMAT, MOMENT, only
from tests.social_registry.register_lives import at_home, do, enter, entry


def rung(step, kept):
    return decisions.ring(ClockDue("entry", step, MOMENT.now, "entry"), at_home(kept), MOMENT)


def clocks(events):
    return {clock.step: clock.due_at for clock in only(events, ClockSet)}


def test_an_entry_is_assessed_within_two_weeks_or_somebody_above_hears_of_it():
    events = enter()
    task = only(events, TaskOpened)[-1]
    assert task.due_at == datetime(2026, 12, 6, 19, tzinfo=UTC), "the end of that day in Kazakhstan"
    assert clocks(events) == {"overdue/1": task.due_at + timedelta(days=3)}


def test_a_review_is_a_clock_until_it_comes_near_and_then_a_task():
    events = do("assess", entry("opened"))
    kept = next(event.entry for event in events if hasattr(event, "entry"))
    assert clocks(events) == {"review/2": end_of(kept.due_on) - timedelta(days=14)} and not only(events, TaskOpened)
    near = rung("review/2", kept)
    assert [(task.kind, task.queue, task.due_at) for task in only(near, TaskOpened)] == [("review", AKIMAT.code, end_of(kept.due_on))]
    assert set(clocks(near)) == {"overdue/2"}


@pytest.mark.parametrize(("state", "kind"), [("opened", "assess"), ("reviewed", "review")])
def test_an_overdue_look_goes_to_the_named_queue_above_the_akimat(state, kind):
    task, = rung("overdue/1", entry(state))
    assert (task.kind, task.queue, task.region) == (kind, "social_protection_department", "KZ-55")
    assert "not verified by a lawyer" in task.reason


@pytest.mark.parametrize("step", ["review/1", "overdue/1"])
def test_a_clock_of_an_earlier_look_or_of_a_closed_entry_rings_for_nobody(step):
    assert rung(step, entry("reviewed", looks=2)) == () and rung(step, entry("closed")) == ()


@pytest.mark.parametrize("name, state", [("assess", "opened"), ("review", "reviewed"), ("close", "assessed")])
def test_a_look_stops_the_clocks_of_the_one_before(name, state):
    stopped = only(do(name, entry(state)), ClockStopped)
    assert {clock.step for clock in stopped if clock.subject == "entry"} == {"review/", "overdue/"}


def test_listing_a_child_leaves_the_clocks_as_they_are():
    kept = replace(entry("reviewed"), changes=4)
    events = do("list_child", kept, child=3)
    assert not only(events, ClockSet) and not only(events, ClockStopped)
    assert rung("review/1", next(event.entry for event in events if hasattr(event, "entry")))
