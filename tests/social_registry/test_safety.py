"""Does her centre hear that he comes out, with a clock until a named person has told her, and do police hear nothing of it?"""

from dataclasses import replace
from datetime import timedelta

import pytest

from plumbing.service import CommandRefused
from plumbing.tasks import TaskClosed, TaskOpened
from services.social_registry import decisions, safety
from services.social_registry import messages as m
from services.social_registry.facts import OCCUPYING, WARNINGS
from tests.social_registry.lives import MOMENT, known, only, referral

HOUR = timedelta(hours=1)


def told(kind="released", hours=0, need="need"):
    return m.OffenderStatusForSafety(need, kind, MOMENT.now + hours * HOUR)


def guest(state):
    return known(kept=referral("shelter", state))


@pytest.mark.parametrize("state", OCCUPYING)
@pytest.mark.parametrize(("hours", "due"), [(0, 1), (1, 1), (240, 239)])
def test_her_centre_is_to_tell_her_an_hour_before_or_within_the_hour(state, hours, due):
    task, = safety.take(told(hours=hours), guest(state), MOMENT)
    assert isinstance(task, TaskOpened) and task.due_at == MOMENT.now + due * HOUR
    assert (task.kind, task.queue) == ("safety_released", referral("shelter", state).facility_code)


@pytest.mark.parametrize("kind", sorted(safety.REASONS))
def test_each_kind_has_its_own_sentence_and_one_that_is_not_known_is_no_task(kind):
    assert safety.take(told(kind), guest("arrived"), MOMENT)[0].reason == safety.REASONS[kind]
    assert set(safety.REASONS) == set(WARNINGS)
    assert safety.take(told("unknown"), guest("arrived"), MOMENT) == ()


@pytest.mark.parametrize("facts", [guest("left"), guest("no_show"), guest("refused"), {}, known(kept=referral("notice", "decided"))])
def test_who_is_not_here_is_no_task_of_a_centre(facts):
    assert safety.take(told(), facts, MOMENT) == ()


def test_said_twice_it_is_one_task_with_the_newer_hour():
    first, again = (safety.take(told(hours=hours), guest("arrived"), MOMENT)[0] for hours in (5, 9))
    assert (first.subject, first.kind) == (again.subject, again.kind) and again.due_at > first.due_at


def test_who_told_her_is_kept_by_name_and_nothing_is_said_to_anybody():
    closed = safety.acknowledge(m.AcknowledgeSafety("need", "released", "Dana"), guest("arrived"), MOMENT)
    assert closed == (TaskClosed("need", "safety_released", "Dana"),), "no event: police never learn that she is here"
    refused, = safety.acknowledge(m.AcknowledgeSafety("need", "something", "Dana"), guest("arrived"), MOMENT)
    assert isinstance(refused, CommandRefused)


def test_when_she_has_left_the_centre_is_asked_no_more():
    events = decisions.act(m.StaffAct("need", "left", "Dana"), guest("arrived"), MOMENT)
    assert {one.kind for one in only(events, TaskClosed)} >= set(safety.KINDS)
    assert replace(only(events, TaskClosed)[0]).by == "Dana"
