"""Is a batch of clocks and tasks written as if each had come alone, and does every open task have a clock?"""

from contextlib import closing, suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plumbing import clocks, tasks
from plumbing.clocks import ClockDue, ClockSet, ClockStopped
from plumbing.postgres import Database
from plumbing.tasks import TaskClosed, TaskOpened
from tests import stores
from tests.plumbing.ledger import LEDGER
from tests.stores import NOW

pytestmark = pytest.mark.stack
FEW = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
HOUR = timedelta(hours=1)
CLOCKS = "SELECT subject, step, due_at, key, ended_at, rung FROM clocks ORDER BY 1, 2"
TASKS = "SELECT subject, kind, queue, reason, region, key, due_at, level, closed_at, closed_by FROM tasks ORDER BY 1, 2"
UNWATCHED = ("SELECT t.subject, t.kind FROM tasks t WHERE t.closed_at IS NULL AND NOT EXISTS (SELECT FROM clocks c"
             " WHERE c.subject = t.subject AND starts_with(c.step, 'task/' || t.kind || '/') AND c.ended_at IS NULL)")
subjects, kinds = st.sampled_from(["a", "b"]), st.sampled_from(["need", "ack"])
clock_events = st.one_of(
    st.builds(lambda subject, step: ClockSet(subject, step, NOW + HOUR * len(step), subject), subjects,
              st.sampled_from(["answer/1", "answer/2", "ack/1"])),
    st.builds(ClockStopped, subjects, st.sampled_from(["", "answer/", "ack/1"])),
)
task_events = st.one_of(
    st.builds(lambda subject, kind, queue, hours: TaskOpened(subject, kind, queue, queue * 2, NOW + HOUR * hours, subject, "KZ-10"),
              subjects, kinds, st.sampled_from(["x", "y"]), st.integers(1, 2)),
    st.builds(TaskClosed, subjects, kinds, st.sampled_from(["Aigul", "Dana"])),
)


def write(tx, events):
    """As the step writes them: tasks, and the clocks that they bring."""
    dated = [(event, NOW) for event in events]
    tasks.record(tx, dated)
    clocks.record(tx, [(own, at) for event, at in dated for own in (tasks.clocks_of(event) or [event])])


def left(database, *batches):
    """What the tables hold after these batches; then all is forgotten."""
    found = ()
    with suppress(KeyboardInterrupt), database.transaction() as tx:
        for batch in batches:
            write(tx, batch)
        found = (tx.rows(CLOCKS), tx.rows(TASKS), tx.rows(UNWATCHED))
        raise KeyboardInterrupt
    return found


@pytest.fixture(scope="module")
def shared(stack):
    with closing(Database(stores.fresh_database(LEDGER), "tests")) as one:
        yield one


@FEW
@given(before=st.lists(clock_events, max_size=4), batch=st.lists(clock_events, max_size=6))
def test_a_batch_of_clocks_is_written_as_if_one_by_one(shared, before, batch):
    assert left(shared, before, batch) == left(shared, before, *([event] for event in batch))


@FEW
@given(before=st.lists(task_events, max_size=4), batch=st.lists(task_events, max_size=6))
def test_a_batch_of_tasks_is_written_as_if_one_by_one(shared, before, batch):
    assert left(shared, before, batch) == left(shared, before, *([event] for event in batch))


@FEW
@given(batches=st.lists(st.lists(task_events, max_size=5), max_size=4))
def test_no_open_task_is_ever_without_a_running_clock(shared, batches):
    assert left(shared, *batches)[2] == []


@pytest.mark.parametrize("cut", [1, 3])
def test_who_closed_a_task_first_has_closed_it(database, cut):
    events = [TaskOpened("a", "need", "x", "why", NOW, "a"), TaskClosed("a", "need", "Aigul"), TaskClosed("a", "need", "Dana")]
    assert left(database, *stores.cut(events, cut))[1][0][-1] == "Aigul"


def test_a_task_opened_for_another_region_shows_that_region(database):
    first = TaskOpened("a", "need", "x", "why", NOW, "a", "KZ-10")
    assert left(database, [first], [replace(first, region="KZ-55")])[1][0][4] == "KZ-55"


def test_a_clock_rings_once_and_only_when_it_is_due(database):
    soon, late = ClockSet("a", "answer/1", NOW, "a"), ClockSet("b", "answer/1", NOW + HOUR, "b")
    with database.transaction() as tx:
        write(tx, [late, soon])
        assert [clock.subject for clock in clocks.due(tx, NOW, 10)] == ["a"]
        assert clocks.claim(tx, clocks.due(tx, NOW, 10), NOW) == {("a", "answer/1")}
        assert clocks.claim(tx, [ClockDue("a", "answer/1", NOW, "a")], NOW) == set()
        write(tx, [soon])
        assert clocks.due(tx, NOW, 10) == []


def test_clocks_fall_due_in_the_order_of_their_times(database):
    with database.transaction() as tx:
        write(tx, [ClockSet("life", f"answer/{hour}", NOW - HOUR * hour, "life") for hour in (1, 3, 2)])
        assert [clock.step for clock in clocks.due(tx, NOW, 2)] == ["answer/3", "answer/2"]


def test_a_task_nobody_did_goes_up_and_gets_a_longer_clock(database):
    task = TaskOpened("a", "need", "x", "why", NOW, "a")
    with database.transaction() as tx:
        write(tx, [task])
        found = []
        for _ in range(10):
            [clock] = clocks.due(tx, NOW + HOUR * 10_000, 10)
            clocks.claim(tx, [clock], clock.due_at)
            clocks.record(tx, [(event, NOW) for event in tasks.escalate(tx, [clock], clock.due_at)])
            found.append((tx.rows("SELECT level FROM tasks")[0][0], clock.due_at - NOW))
        assert [level for level, _ in found] == [1, 2, 3, 4, 5, 6, 7, 8, 8, 8]
        assert [waited for _, waited in found[:4]] == [HOUR * 0, HOUR * 2, HOUR * 6, HOUR * 14]


def test_a_task_done_wakes_nobody(database):
    with database.transaction() as tx:
        write(tx, [TaskOpened("a", "need", "x", "why", NOW, "a")])
        write(tx, [TaskClosed("a", "need", "Aigul")])
        assert clocks.due(tx, NOW + HOUR, 10) == [] and tasks.waiting(tx) == []
        late = ClockDue("a", "task/need/then", NOW, "a")
        assert tasks.escalate(tx, [late], NOW) == []
