"""Are many who send at once one transaction, and does each hear only of their own?"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest

from plumbing.actors import Actor, acting
from plumbing.deciding import Undecided
from plumbing.postgres import BadValue, LostConnection
from plumbing.service import Heard
from plumbing.together import Together
from tests import stores
from tests.plumbing.ledger import LEDGER, TOO_MUCH, UNLUCKY, Add

pytestmark = pytest.mark.stack
PATIENCE = 20
LOST, NOWHERE = "lost", "postgresql://nobody@127.0.0.1:1/none"  # whoever sends for this life meets no database
PATROL, CLINIC = Actor("1", "Dauren", "patrol"), Actor("2", "Asel", "narcologist")


class Door:
    """A line at a database, whose first batch stands still until everybody else has come."""

    def __init__(self, dsn):
        self.dsn, self.line, self.gate, self.batches = dsn, Together(), threading.Event(), []
        self.crowd = ThreadPoolExecutor(16)

    def run(self, batch):
        self.batches.append([heard.message.need_id for heard in batch])
        if len(self.batches) == 1:
            assert self.gate.wait(PATIENCE)
        step = stores.pinned_step(LEDGER, NOWHERE if any(heard.key == LOST for heard in batch) else self.dsn)
        with closing(step.database):
            return step.run(batch)

    def send(self, life, amount, who=PATROL):
        def sent():
            with acting(who):
                return self.line.run(Heard(Add(life, amount), f"command/{life}", life), self.run)

        before = self._came()
        answer = self.crowd.submit(sent)
        until = time.monotonic() + PATIENCE
        while self._came() == before and time.monotonic() < until:
            time.sleep(0.001)
        return answer

    def _came(self):
        return len(self.line._line) + sum(map(len, self.batches))


@contextmanager
def behind_one(dsn):
    """A door at which one is being decided: whoever comes now waits."""
    door = Door(dsn)
    first = door.send("first", 1)
    try:
        yield door
    finally:
        door.gate.set()
        door.crowd.shutdown()
    assert total(first) == 1


def total(answer):
    return answer.result(PATIENCE)[0].attempt


def said(dsn):
    return stores.rows(dsn, "SELECT count(*) FROM outbox")[0][0]


def test_who_comes_alone_is_decided_at_once_and_the_next_one_too(dsn):
    door = Door(dsn)
    door.gate.set()
    assert [total(door.send("a", 2)), total(door.send("a", 3))] == [2, 5]
    assert door.batches == [["a"], ["a"]]


def test_all_who_come_meanwhile_are_one_batch_and_each_hears_of_their_own(dsn):
    with behind_one(dsn) as door:
        answers = [door.send(life, amount) for life, amount in (("a", 1), ("b", 20), ("a", 3), ("c", 400))]
    assert [total(one) for one in answers] == [1, 20, 4, 400]
    assert door.batches == [["first"], ["a", "b", "a", "c"]] and said(dsn) == 5


def test_one_that_cannot_be_kept_fails_alone_and_the_others_have_their_effect(dsn):
    with behind_one(dsn) as door:
        answers = [door.send(life, amount) for life, amount in (("a", 1), ("b", TOO_MUCH), ("c", 3))]
    assert [total(answers[0]), total(answers[2]), said(dsn)] == [1, 3, 3]
    with pytest.raises(BadValue):
        answers[1].result(PATIENCE)


def test_one_that_cannot_be_decided_fails_alone(dsn):
    with behind_one(dsn) as door:
        answers = [door.send("a", UNLUCKY), door.send("b", 1)]
    assert total(answers[1]) == 1
    with pytest.raises(Undecided):
        answers[0].result(PATIENCE)


def test_who_meets_no_database_is_told_and_the_door_serves_the_next(dsn):
    with behind_one(dsn) as door:
        answers = [door.send("a", 1), door.send(LOST, 1)]
    assert all(isinstance(one.exception(PATIENCE), LostConnection) for one in answers) and said(dsn) == 1
    door.crowd = ThreadPoolExecutor(1)
    assert total(door.send("a", 1)) == 1


def test_two_who_are_logged_in_never_share_a_batch_for_the_audit_names_one(dsn):
    with behind_one(dsn) as door:
        answers = [door.send("a", 1), door.send("b", 2, CLINIC), door.send("c", 3)]
    assert [total(one) for one in answers] == [1, 2, 3]
    assert door.batches == [["first"], ["a", "c"], ["b"]]
    named = stores.rows(dsn, "SELECT object_id, name FROM audit WHERE kind = 'key' ORDER BY 1")
    assert named == [("a", "Dauren"), ("b", "Asel"), ("c", "Dauren"), ("first", "Dauren")]
