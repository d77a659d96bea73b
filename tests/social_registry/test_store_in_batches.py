"""Are batches invisible: equal rows, equal bytes, equal facts, however the messages are cut? On a real PostgreSQL."""

from contextlib import closing
from itertools import repeat

import pytest

from plumbing.deciding import Bench, decide_all
from services.social_registry import messages as m
from services.social_registry import store
from services.social_registry.wiring import SERVICE
from tests import stores
from tests.social_registry.script import CENTRES, asked, script
from tests.stores import NOW, heard

pytestmark = pytest.mark.stack


def outcomes(batch, keys, monkeypatch):
    """Cut size → the events and all rows; `keys` gives the same pairs for each size."""
    found = {}
    for size in (1, 2, 7, 2000):
        given, dsn = keys(), stores.fresh_database(SERVICE)
        monkeypatch.setattr(store, "new_keys", lambda given=given: next(given))
        step = stores.pinned_step(SERVICE, dsn)
        with closing(step.database):
            events = [repr(told) for part in stores.cut(batch, size) for told in step.run(part)]
        found[size] = (events, stores.all_rows(dsn))
    return found


@pytest.mark.parametrize("size", [1, 7, 2000])
def test_facts_folded_are_the_facts_that_are_loaded(dsn, size, monkeypatch):
    pair = next(stores.counted_keys())
    monkeypatch.setattr(store, "new_keys", lambda: pair)
    step = stores.pinned_step(SERVICE, dsn)
    for batch in stores.cut(heard(script(30)), size):
        with step.database.transaction() as tx:
            folded = store.look_up(tx, [one.message for one in batch])
        decide_all(SERVICE, batch, Bench(folded, set(), NOW, step.seed_for))
        step.run(batch)
        with step.database.transaction() as tx:
            loaded = store.look_up(tx, [one.message for one in batch])
        assert {key: folded.get(key) for key in loaded} == loaded
    step.database.close()


def test_batches_of_any_size_give_equal_rows_and_equal_bytes(stack, monkeypatch):
    found = outcomes(heard(script()), stores.counted_keys, monkeypatch)
    assert found[1] == found[2] == found[7] == found[2000]


def test_batches_of_any_size_give_equal_events_and_equal_bytes(stack, monkeypatch):
    """What stands today: one attempt a need, no visits; rows of holds and decisions apart."""
    found = outcomes(heard(script(70, 1, False)), lambda: repeat(next(stores.counted_keys())), monkeypatch)
    for _, told in found.values():
        for table in ("public.holds", "public.decisions"):
            del told[table]
    assert found[1] == found[2] == found[7] == found[2000]
    assert len(found[1][1]["public.outbox"]) > 150


def test_two_attempts_in_one_batch_never_share_a_key(dsn):
    batch = heard([*CENTRES, asked("need-1"), m.ShelterReferralWithdrawn("need-1", 1, "no_answer"), asked("need-1", 2)])
    step = stores.pinned_step(SERVICE, dsn)
    with closing(step.database):
        events = [event for told in step.run(batch) for event in told]
    first, second = (event.public_key for event in events if isinstance(event, m.PlaceHeld))
    assert first != second
