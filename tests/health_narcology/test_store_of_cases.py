"""Are cases and treatment beds kept, once, and read back as they were, in batches of any size? On a real PostgreSQL."""

import json
from contextlib import closing
from itertools import count
from threading import Barrier, Thread

import pytest

from plumbing.postgres import Conflict, Database
from plumbing.service import Heard
from services.health_narcology import messages as m
from services.health_narcology import store
from services.health_narcology.wiring import SERVICE
from tests import stores
from tests.batches import folded_unlike_loaded, in_any_size
from tests.health_narcology.script_of_cases import CLINIC, HOSPITALS, TO_BED, begun, rung, script, step_of
from tests.stores import heard

pytestmark = pytest.mark.stack
_numbers = count(1)
HELD = "SELECT facility_code, bed, need_id FROM treatment_holds WHERE released_at IS NULL ORDER BY 1, 2"


def do(dsn, *messages):
    """These messages one by one, each a new one."""
    step = stores.pinned_step(SERVICE, dsn)
    with closing(step.database):
        for one in messages:
            step.run([Heard(one, f"x/{next(_numbers)}", "key")])


def to_the_bed(*needs):
    """These needs, one after the other, as far as a ruling in force."""
    return [one for need in needs for one in (*begun(need), *(step_of(name, need) for name in TO_BED))]


@pytest.mark.parametrize("size", [1, 7, 2000])
def test_facts_folded_are_the_facts_that_are_loaded(dsn, size, monkeypatch):
    pair = next(stores.counted_keys())
    monkeypatch.setattr(store, "new_keys", lambda: pair)
    assert folded_unlike_loaded(SERVICE, dsn, store.look_up, stores.cut(heard(script(14)), size)) == {}


def test_batches_of_any_size_give_equal_rows_and_equal_bytes(stack, monkeypatch):
    found = in_any_size(SERVICE, heard(script()), lambda: stores.count_keys(monkeypatch, store))
    assert found[1] == found[2] == found[7] == found[2000]
    told, _ = found[1]
    states = {json.loads(row)["state"] for row in told["public.cases"]}
    assert len(told["public.treatment_holds"]) > 8 and len(states) > 2


def test_forty_rulings_at_once_get_two_beds_and_none_twice(dsn):
    needs = [f"need-{n:02}" for n in range(40)]
    do(dsn, CLINIC, HOSPITALS[0], *(one for need in needs for one in (*begun(need), *(step_of(n, need) for n in TO_BED[:-1]))))
    barrier = Barrier(40)

    def enforce(need):
        step = stores.pinned_step(SERVICE, dsn)
        with closing(step.database):
            barrier.wait()
            step.run([Heard(step_of("in_force", need), f"a/{need}", need)])

    threads = [Thread(target=enforce, args=(need,)) for need in needs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [(code, bed) for code, bed, _ in stores.rows(dsn, HELD)] == [("treatment-1", 1), ("treatment-1", 2)]
    assert stores.rows(dsn, "SELECT state, count(*)::int FROM cases GROUP BY 1 ORDER BY 1") == [("offered", 2), ("queued", 38)]


def test_beds_left_at_once_from_two_sides_go_to_two_people(dsn):
    do(dsn, CLINIC, HOSPITALS[0], *to_the_bed("a", "b", "c", "d"))
    barrier = Barrier(2)

    def happen(command, key):
        step = stores.pinned_step(SERVICE, dsn)
        with closing(step.database):
            barrier.wait()
            step.run([Heard(command, f"b/{key}", key)])

    threads = [Thread(target=happen, args=(step_of("lifted", "a"), "a")),
               Thread(target=happen, args=(m.LeaveBed("treatment-1", "Aigul"), "treatment-1"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(need for _, _, need in stores.rows(dsn, HELD)) == ["b", "c", "d"]
    assert sorted(bed for _, bed, _ in stores.rows(dsn, HELD)) == [1, 2, 3]


def test_the_database_itself_gives_no_treatment_bed_twice_and_nobody_two(dsn):
    do(dsn, CLINIC, *HOSPITALS, *to_the_bed("a"))
    for row in ("('b', 1, 1, 'treatment-1', 1, now(), NULL)", "('a', 1, 2, 'treatment-1', 2, now(), NULL)"):
        with closing(Database(dsn, "tests")) as database, pytest.raises(Conflict), database.transaction() as tx:
            tx.run(f"INSERT INTO treatment_holds VALUES {row}")


def test_a_bed_far_away_is_offered_when_the_clock_has_rung(dsn):
    do(dsn, CLINIC, *HOSPITALS, *to_the_bed("a", "b", "c"))
    assert stores.rows(dsn, "SELECT need_id FROM cases WHERE state = 'queued'") == [("c",)]
    do(dsn, rung("c"))
    assert ("treatment-2", 1, "c") in stores.rows(dsn, HELD)


@pytest.mark.parametrize("ending", [["dropped"], ["voluntary", "withdraw"], [*TO_BED, "hospitalised", "discharged"], [*TO_BED, "lifted"]],
                         ids=lambda ending: ending[-1])
def test_with_the_case_end_its_key_its_bed_its_clocks_and_its_tasks(dsn, ending):
    do(dsn, CLINIC, *HOSPITALS, *begun("a"))
    assert stores.rows(dsn, "SELECT count(*) FROM keys.one_time") == [(1,)]
    do(dsn, *(step_of(name, "a") for name in ending))
    assert stores.rows(dsn, "SELECT state FROM cases") == [("ended",)]
    assert stores.rows(dsn, "SELECT count(*) FROM keys.one_time") == [(0,)]
    assert stores.rows(dsn, HELD) == []
    assert stores.rows(dsn, "SELECT step FROM clocks WHERE ended_at IS NULL") == []
    assert stores.rows(dsn, "SELECT kind FROM tasks WHERE closed_at IS NULL") == []


def test_why_a_case_ended_and_where_is_in_no_message(dsn):
    do(dsn, CLINIC, *HOSPITALS, *to_the_bed("a"), step_of("hospitalised", "a"), m.CaseAct("a", "discharged", "Aigul", "died"))
    assert stores.rows(dsn, "SELECT code FROM cases") == [("died",)]
    said = "\n".join(stores.all_rows(dsn)["public.outbox"])
    assert b"died".hex() not in said and b"treatment-1".hex() not in said and b"voluntary".hex() not in said
