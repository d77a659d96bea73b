"""Does something ring for everything a person must answer: never zero times, hardly ever twice, and on to the next one?"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from plumbing.alerts import raising
from plumbing.alerts.failures import PermanentFailure, TemporaryFailure
from plumbing.alerts.raising import Ring, RingStopped
from plumbing.clocks import ClockDue
from plumbing.service import Heard
from plumbing.tasks import TaskClosed, TaskOpened, record, ring_of
from tests import stores
from tests.plumbing.ledger import LEDGER, Add, Grown
from tests.plumbing.ringing import TWO, Bell, later, look, raise_alerts, sender
from tests.stores import NOW

pytestmark = pytest.mark.stack
HOUR = timedelta(hours=1)


def act(database, key, by="Aigul"):
    """Somebody sent a form with a name."""
    with database.transaction() as tx:
        raising.record(tx, [], [([], key, by)], NOW)


def put_down(database, decided):
    with database.transaction() as tx:
        raising.record(tx, [lambda event: event], decided, NOW)


def test_an_alert_is_written_in_the_transaction_of_its_event_or_not_at_all(dsn, step):
    step.service = replace(LEDGER, rings=lambda event: Ring(event.need_id, "desk", NOW) if isinstance(event, Grown) else None)
    step.run([Heard(Add("a", 1), "m/1", "a")])
    with pytest.raises(KeyboardInterrupt):
        step.run([Heard(Add("b", 1), "m/2", "b")], lambda tx, now: (_ for _ in ()).throw(KeyboardInterrupt))
    assert stores.rows(dsn, "SELECT subject, queue, state FROM alerts") == [("a", "desk", "created")]


def test_a_task_rings_when_it_is_opened_and_again_when_nobody_did_it(dsn, database):
    task = TaskOpened("life", "need", "desk", "why", NOW - HOUR, "life", "KZ-55")
    with database.transaction() as tx:
        record(tx, [(task, NOW)])
        raising.record(tx, [ring_of], [([task], "life", "")], NOW)
        raising.ring_late(tx, [ClockDue("life", "task/need/then", NOW, "life")], NOW)
    bell = Bell()
    assert sender(dsn, bell=bell).look() == 1
    assert bell.rang == [("desk", "Qorgan: ждут – 2, срок был 14:07. Откройте список.")]


def test_what_rings_for_a_task_that_is_done_rings_no_longer(dsn, database):
    task, bell = TaskOpened("life", "need", "desk", "why", NOW, "life"), Bell()
    with database.transaction() as tx:
        record(tx, [(task, NOW), (TaskClosed("life", "need", "Aigul"), NOW)])
        raising.record(tx, [ring_of], [([task], "life", "")], NOW)
    assert sender(dsn, bell=bell).look() == 0 and bell.rang == []


def test_a_burst_of_three_hundred_rings_once_and_says_how_many(dsn, database):
    bell = Bell()
    raise_alerts(database, 300)
    one = sender(dsn, bell=bell)
    assert (one.look(), one.look()) == (1, 0)
    assert bell.rang == [("desk", "Qorgan: новых – 300, ответить до 16:07. Откройте список.")]


def test_no_recipient_is_rung_more_often_than_one_can_bear_and_nothing_is_forgotten(dsn, database):
    bell = Bell()
    one = sender(dsn, replace(TWO, rings_per_hour=3, wait_minutes=600), bell)
    for _ in range(6):
        raise_alerts(database)
        one.look()
    assert len(bell.rang) == 3
    later(database, 61)
    one.look()
    assert len(bell.rang) == 4 and "новых – 3" in bell.rang[-1][1]


def test_what_comes_soon_after_a_call_waits_a_moment_and_is_told_together(dsn, database):
    bell = Bell()
    one = sender(dsn, replace(TWO, gap_seconds=30), bell)
    raise_alerts(database)
    one.look()
    raise_alerts(database, 5)
    assert one.look() == 0
    later(database, 1)
    assert one.look() == 1 and "новых – 5" in bell.rang[-1][1]


def test_whom_nobody_answers_is_passed_on_to_the_next_and_ends_with_the_last(dsn, database):
    bell = Bell()
    raise_alerts(database)
    one = sender(dsn, bell=bell)
    for _ in range(4):
        one.look()
        one.look()
        later(database, 11)
    assert [name for name, _ in bell.rang] == ["desk", "head"]
    assert [row[4] for row in look(database)] == [True, True]


def test_who_acts_has_answered_all_that_rang_in_the_queue_and_nobody_else_is_rung(dsn, database):
    bell = Bell()
    raise_alerts(database, 3)
    raise_alerts(database, 1, "cc-2", region="KZ-10")
    one = sender(dsn, bell=bell)
    one.look()
    act(database, "need-2")
    assert [row[5] for row in look(database)] == ["Aigul"] * 3 + [""]


def test_an_act_before_the_call_saves_the_call_but_not_that_of_others(dsn, database):
    bell = Bell()
    raise_alerts(database, 2)
    act(database, "need-0")
    sender(dsn, bell=bell).look()
    assert bell.rang == [("desk", "Qorgan: новых – 1, ответить до 16:07. Откройте список.")]


@pytest.mark.parametrize("cut", [1, 3])
def test_what_is_no_longer_awaited_does_not_ring_however_the_events_are_cut(dsn, database, cut):
    events = [Ring("a", "cc-1", NOW), RingStopped("a"), Ring("b", "cc-1", NOW)]
    for part in stores.cut(events, cut):
        put_down(database, [(part, "a", "")])
    bell = Bell()
    sender(dsn, bell=bell).look()
    assert [row[4] for row in look(database)] == [True, False] and "– 1," in bell.rang[0][1]


@pytest.mark.parametrize("cut", [1, 3])
def test_an_act_answers_only_what_was_raised_before_it_however_the_batch_is_cut(dsn, database, cut):
    decided = [([Ring("a", "cc-1", NOW)], "a", ""), ([], "a", "Aigul"), ([Ring("a", "cc-1", NOW)], "a", "")]
    for part in stores.cut(decided, cut):
        put_down(database, part)
    assert [(row[4], row[5]) for row in look(database)] == [(True, "Aigul"), (False, "")]


def test_a_failure_that_may_pass_is_tried_again_and_then_the_next_one_is_rung(dsn, database):
    bell = Bell()
    bell.fails = [TemporaryFailure("busy")]
    raise_alerts(database)
    one = sender(dsn, bell=bell)
    one.look()
    assert look(database)[0][2:4] == ("temporary_failure", 1) and one.look() == 0
    later(database, 1)
    assert one.look() == 1 and look(database)[0][2:4] == ("delivered", 2)
    bell.fails = [TemporaryFailure("busy")] * 6
    raise_alerts(database)
    for _ in range(14):
        one.look()
        later(database, 6)
    assert bell.rang[-1][0] == "head" and bell.fails == []


def test_a_number_that_does_not_exist_rings_the_next_one_at_once(dsn, database):
    bell = Bell()
    bell.fails = [PermanentFailure("no such number")]
    raise_alerts(database)
    one = sender(dsn, bell=bell)
    for _ in range(3):
        one.look()
    assert [name for name, _ in bell.rang] == ["head"]
    assert [row[:3] for row in look(database)] == [("desk", 0, "permanent_failure"), ("head", 1, "delivered")]


def test_two_senders_at_once_ring_each_alert_once(dsn, database):
    for n in range(8):
        raise_alerts(database, 5, f"cc-{n}")
    names = {f"r{n}": replace(TWO.by_name["desk"], name=f"r{n}") for n in range(8)}
    many = replace(TWO, by_name=names, queues={"default": ("r0",), **{f"cc-{n}": (f"r{n}",) for n in range(8)}})
    bell = Bell()
    senders = [sender(dsn, many, bell) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        for _ in range(3):
            list(pool.map(lambda one: one.look(), senders))
    assert sorted(name for name, _ in bell.rang) == sorted(names)
