"""Is a batch taken whole or not at all, and does one bad message cost only itself?"""

from contextlib import closing
from dataclasses import replace
from threading import Thread

import pytest

from plumbing import step as steps
from plumbing.clocks import ClockDue, ClockSet
from plumbing.dead_letters import lying
from plumbing.deciding import Undecided
from plumbing.inbox import OwnershipLost
from plumbing.postgres import Conflict, Database, LostConnection
from plumbing.recovery import redrive
from plumbing.service import Heard
from tests import stores
from tests.plumbing.ledger import LEDGER, TOO_MUCH, TOPIC, UNLUCKY, Add, told
from tests.stores import NOW

pytestmark = pytest.mark.stack
EXPECTED: dict = {}  # what the first cut left; the others must leave the same


def state(dsn):
    """Accounts, numbers said in partition 0 to 3, what is set aside, and what is taken next."""
    accounts = stores.rows(dsn, "SELECT need_id, total FROM accounts ORDER BY 1")
    said = stores.rows(dsn, "SELECT count(*) FROM outbox")[0][0]
    letters = stores.rows(dsn, "SELECT number, behind FROM dead_letters WHERE redriven_at IS NULL ORDER BY 1")
    return dict(accounts), said, letters, stores.rows(dsn, "SELECT next_number FROM inbox")[0][0]


def test_a_batch_is_kept_said_and_marked_in_one_transaction(dsn, step):
    events = step.run([told("a", 1, 1), told("b", 2, 2), told("a", 3, 3)])
    assert [[event.attempt for event in one] for one in events] == [[1], [2], [4]]
    assert state(dsn) == ({"a": 4, "b": 2}, 3, [], 4)


def test_a_message_heard_twice_changes_nothing(dsn, step):
    step.run([told("a", 1, 1)])
    before = stores.all_rows(dsn)
    with pytest.raises(OwnershipLost):
        step.run([told("a", 1, 1)])
    assert stores.all_rows(dsn) == before


def test_what_the_database_refuses_twice_alone_becomes_a_letter_and_the_others_are_kept(dsn, step, caplog):
    step.run([told("a", 1, 1), told("b", TOO_MUCH, 2), told("c", 3, 3), told("b", 1, 4)])
    assert state(dsn) == ({"a": 1, "c": 3}, 2, [(2, False), (4, True)], 5)
    assert caplog.text.count("message of a strange id was refused") == 2
    with step.database.transaction() as tx:
        assert "BadValue: 23514" in lying(tx)[0].cause


def test_what_cannot_be_decided_becomes_a_letter_and_holds_its_key_in_later_batches(dsn, step):
    step.run([told("a", UNLUCKY, 1)])
    step.run([told("a", 1, 2), told("b", 1, 3)])
    assert state(dsn) == ({"b": 1}, 1, [(1, False), (2, True)], 4)


def test_letters_come_back_in_order_through_the_same_step(dsn, step, monkeypatch):
    step.run([told("a", UNLUCKY, 1), told("a", 2, 2)])
    monkeypatch.setattr(step.codec, "decode", lambda value, views: Add("a", 5))
    assert redrive(step, "a") == (2, "")
    assert redrive(step, "a") == (0, "")
    assert state(dsn) == ({"a": 10}, 2, [], 3)


def test_a_letter_that_fails_again_stays_and_the_ones_behind_it_wait(dsn, step, monkeypatch):
    step.run([told("a", UNLUCKY, 1), told("a", 2, 2)])
    monkeypatch.setattr(step.codec, "decode", lambda value, views: Add("a", UNLUCKY))
    taken, why = redrive(step, "a")
    assert taken == 0 and why.startswith("ValueError at tests/plumbing/ledger.py:")
    assert state(dsn) == ({}, 0, [(1, False), (2, True)], 3)


def test_a_conflict_is_tried_again_on_fresh_facts(dsn, step):
    """Another worker commits between our reading and our writing: its total must be in ours."""
    lost, record = [], step.service.record

    def lose_once(tx, events):
        if lost:
            return record(tx, events)
        lost.append(True)
        with closing(Database(dsn, "other")) as other, other.transaction() as theirs:
            theirs.run("INSERT INTO accounts VALUES ('b', 100, '{}')")
        raise Conflict("40001 could not serialize")

    step.service = replace(step.service, record=lose_once)
    [[event]] = step.run([told("b", 1, 1)])
    assert event.attempt == 101 and state(dsn) == ({"b": 101}, 1, [], 2)


def test_a_race_lost_twice_alone_is_a_bad_value_and_not_tried_for_ever(dsn, step):
    def refuse(tx, events):
        if events:
            raise Conflict("23505 duplicate key")

    step.service = replace(step.service, record=refuse)
    step.run([told("a", 1, 1)])
    assert state(dsn) == ({}, 0, [(1, False)], 2)


def test_a_lost_connection_is_told_and_nothing_is_set_aside(dsn, step):
    with step.database.transaction() as tx:
        pid = tx.rows("SELECT pg_backend_pid()")[0][0]

    def cut(heard, now):
        with closing(Database(dsn, "other")) as other, other.transaction() as tx:
            tx.rows("SELECT pg_terminate_backend(%s)", (pid,))

    with pytest.raises(LostConnection):
        step.run([told("a", 1, 1)], cut)
    assert state(dsn) == ({}, 0, [], 1)
    step.run([told("a", 1, 1)])
    assert state(dsn) == ({"a": 1}, 1, [], 2)


def test_a_command_that_fails_is_told_to_its_giver_and_set_aside_nowhere(dsn, step):
    with pytest.raises(Undecided, match="ValueError at tests"):
        step.run([Heard(Add("a", UNLUCKY), "command/1", "a")])
    assert state(dsn) == ({}, 0, [], 1)


def test_a_clock_that_somebody_else_rang_rings_no_second_time(dsn, step):
    with step.database.transaction() as tx:
        steps.clocks.record(tx, [(ClockSet("a", "answer/1", NOW, "a"), NOW)])
    rung = Heard(ClockDue("a", "answer/1", NOW, "a"), "clock/a", "a")
    assert [len(events) for events in step.run([rung])] == [1]
    assert step.run([rung]) == []
    assert state(dsn)[0] == {"a": 1}


@pytest.mark.parametrize("size", [1, 2, 7, 2000])
def test_batches_of_any_size_leave_the_same_rows(dsn, step, size):
    batch = [told(f"life-{number % 5}", UNLUCKY if number == 17 else number % 4 + 1, number) for number in range(1, 61)]
    for part in stores.cut(batch, size):
        step.run(part)
    rows = {name: found for name, found in stores.all_rows(dsn).items() if name not in ("public.inbox", "public.migrations")}
    assert state(dsn)[3] == 61 and len(state(dsn)[2]) == 9
    assert len(set(rows["public.outbox"])) == 51
    EXPECTED.setdefault("rows", rows)
    assert rows == EXPECTED["rows"]


def test_two_steps_at_once_never_lose_an_addition(dsn):
    def add(worker):
        with closing(Database(dsn, "tests")) as database:
            one = steps.Step(LEDGER, database)
            for number in range(10):
                one.run([Heard(Add("a", 1), f"c/{worker}/{number}", "a"), Heard(Add("b", 1), f"d/{worker}/{number}", "b")])

    threads = [Thread(target=add, args=(worker,)) for worker in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert state(dsn)[0] == {"a": 50, "b": 50}


def test_the_time_on_the_wire_is_cut_to_the_hour(dsn, step):
    step.run([told("a", 1, 1)])
    assert stores.rows(dsn, "SELECT said_at FROM outbox") == [(NOW.replace(minute=0, second=0),)]
    assert stores.rows(dsn, "SELECT topic, partition FROM outbox") == [(TOPIC.name, TOPIC.partition_of("a"))]
