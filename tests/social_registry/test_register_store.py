"""Is the register kept as it was decided, one entry a home, however its messages are cut? On a real PostgreSQL."""

import json
from collections import Counter
from contextlib import closing
from datetime import timedelta
from itertools import count
from threading import Barrier, Thread

import pytest

from plumbing.clocks import ClockDue
from plumbing.postgres import Conflict, Database
from plumbing.service import CommandRefused, Heard
from services.social_registry import messages as m
from services.social_registry import reading, store
from services.social_registry.wiring import SERVICE
from tests import stores
from tests.batches import folded_unlike_loaded, in_any_size
from tests.social_registry.register_script import notice, script
from tests.social_registry.script import AKIMAT
from tests.stores import heard

pytestmark = pytest.mark.stack
_numbers = count(1)
WIRE = "SELECT event, count(*) FROM outbox WHERE topic LIKE '%register%' GROUP BY 1 ORDER BY 1"


def do(dsn, *messages):
    step = stores.pinned_step(SERVICE, dsn)
    with closing(step.database):
        return [list(step.run([Heard(one, f"x/{next(_numbers)}", "key")])) for one in messages]


def entries(dsn):
    return stores.rows(dsn, "SELECT entry_id, state, code, changes FROM register_entries ORDER BY opened_at, entry_id")


def opened(dsn, *needs):
    """One home with these notices, from each of which its entry is opened; gives the id."""
    do(dsn, AKIMAT, *(notice(need, "home") for need in needs))
    do(dsn, *(m.StaffAct(need, "enter", "Dana", "police_notice") for need in needs))
    return entries(dsn)[0][0]


def test_the_register_in_batches_of_any_size_is_the_same(stack, monkeypatch):
    pair = next(stores.counted_keys())  # one for all: which one an act gets depends on the cut
    monkeypatch.setattr(store, "new_keys", lambda: pair)
    found = in_any_size(SERVICE, heard(script()))
    assert found[1] == found[2] == found[7] == found[2000]
    rows, decided = found[1]
    said = Counter(json.loads(row)["event"].split(".")[1] for row in rows["public.outbox"])
    assert min(said[name] for name in ("RegisterEntryOpened", "RegisterEntryAssessed", "RegisterEntryReviewed",
                                       "RegisterEntryClosed", "ChildEntryListed", "ChildEntryClosed")) > 5
    assert len([told for told in decided if "wrong-state" in told or "seen-otherwise" in told]) > 20


@pytest.mark.parametrize("size", [1, 7, 2000])
def test_the_register_folded_is_the_register_loaded(dsn, size, monkeypatch):
    pair = next(stores.counted_keys())
    monkeypatch.setattr(store, "new_keys", lambda: pair)
    assert folded_unlike_loaded(SERVICE, dsn, store.look_up, stores.cut(heard(script(20)), size)) == {}


def test_forty_notices_of_one_home_at_once_open_one_entry(dsn):
    needs = [f"need-{n}" for n in range(40)]
    do(dsn, AKIMAT, *(notice(need, "home") for need in needs))
    barrier = Barrier(len(needs))

    def enter(need):
        step = stores.pinned_step(SERVICE, dsn)
        with closing(step.database):
            barrier.wait()
            step.run([Heard(m.StaffAct(need, "enter", "Dana", "police_notice"), f"enter/{need}", need)])

    threads = [Thread(target=enter, args=(need,)) for need in needs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert stores.rows(dsn, "SELECT cardinality(notices), changes FROM register_entries") == [(40, 40)]
    assert stores.rows(dsn, WIRE) == [("social_registry.RegisterEntryOpened", 1)]


def test_the_database_itself_gives_no_home_two_entries(dsn):
    opened(dsn, "need")
    with closing(Database(dsn, "tests")) as database, pytest.raises(Conflict), database.transaction() as tx:
        tx.run("INSERT INTO register_entries SELECT 'another', household_ref, facility_code, region, ground, state, level,"
               " due_on, notices, looks, changes, code, opened_at, changed_at FROM register_entries")


def test_two_people_at_once_close_it_once_and_the_second_is_told(dsn):
    entry_id = opened(dsn, "need")
    command = m.RegisterAct(entry_id, "close", "Dana", "moved", 1)
    told = [events[0] for (events,) in do(dsn, command, command)]
    assert isinstance(told[1], CommandRefused) and told[1].detail.endswith("the entry is closed")
    assert stores.rows(dsn, "SELECT count(*) FROM keys.one_time") == [(0,)]
    assert stores.rows(dsn, "SELECT count(*) FROM clocks WHERE ended_at IS NULL") == [(0,)]
    assert stores.rows(dsn, "SELECT count(*) FROM tasks WHERE closed_at IS NULL") == [(0,)]


def test_what_was_unfounded_stands_in_no_row_but_that_it_was_closed(dsn):
    entry_id = opened(dsn, "need", "other")
    do(dsn, m.RegisterAct(entry_id, "assess", "Dana", "E", 2), m.ChildNoticeWithdrawn("need", 1, "unfounded"))
    assert entries(dsn)[0][1] == "assessed", "the other notice bears it"
    do(dsn, m.ChildNoticeWithdrawn("other", 1, "unfounded"))
    left = stores.rows(dsn, "SELECT state, code, household_ref, ground, level, due_on, notices FROM register_entries")
    assert left == [("closed", "unfounded", "", "", "", None, [])]
    assert stores.rows(dsn, "SELECT count(*) FROM child_entries") == [(0,)]
    assert stores.rows(dsn, "SELECT count(*) FROM clocks WHERE ended_at IS NULL") == [(0,)]
    do(dsn, notice("third", "home"))
    do(dsn, m.StaffAct("third", "enter", "Dana", "police_notice"))
    assert sorted(state for _, state, _, _ in entries(dsn)) == ["closed", "opened"], "another entry, under another id"


def test_an_overdue_look_climbs_to_the_named_queue_and_on(dsn):
    entry_id = opened(dsn, "need")
    due = stores.rows(dsn, "SELECT due_at FROM clocks WHERE step = 'overdue/1'")[0][0]
    do(dsn, ClockDue(entry_id, "overdue/1", due, entry_id))
    assert stores.rows(dsn, "SELECT kind, queue FROM tasks WHERE closed_at IS NULL") == [("assess", "social_protection_department")]
    step = stores.rows(dsn, "SELECT step, due_at FROM clocks WHERE step LIKE 'task/assess/%' AND ended_at IS NULL")[0]
    do(dsn, ClockDue(entry_id, step[0], step[1] + timedelta(hours=1), entry_id))
    assert stores.rows(dsn, "SELECT level FROM tasks WHERE closed_at IS NULL") == [(1,)]


def test_the_register_lists_open_entries_earliest_due_first(dsn):
    entry_id = opened(dsn, "need")
    with closing(Database(dsn, "tests")) as database, database.transaction() as tx:
        assert [(entry.entry_id, queue) for entry, queue in reading.open_entries(tx)] == [(entry_id, "akimat-1")]
    do(dsn, m.RegisterAct(entry_id, "close", "Dana", "moved", 1))
    with closing(Database(dsn, "tests")) as database, database.transaction() as tx:
        assert reading.open_entries(tx) == []
