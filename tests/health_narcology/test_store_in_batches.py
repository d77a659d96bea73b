"""Are batches invisible: equal rows, equal bytes, equal facts, however the messages are cut? On a real PostgreSQL."""

from contextlib import closing

import pytest

from services.health_narcology import messages as m
from services.health_narcology import store
from services.health_narcology.wiring import SERVICE
from tests import stores
from tests.batches import folded_unlike_loaded, in_any_size
from tests.health_narcology.script import CENTRES, asked, script
from tests.stores import heard

pytestmark = pytest.mark.stack


@pytest.mark.parametrize("size", [1, 7, 2000])
def test_facts_folded_are_the_facts_that_are_loaded(dsn, size, monkeypatch):
    pair = next(stores.counted_keys())
    monkeypatch.setattr(store, "new_keys", lambda: pair)
    assert folded_unlike_loaded(SERVICE, dsn, store.look_up, stores.cut(heard(script(30)), size)) == {}


def test_batches_of_any_size_give_equal_rows_and_equal_bytes(stack, monkeypatch):
    found = in_any_size(SERVICE, heard(script()), lambda: stores.count_keys(monkeypatch, store))
    assert found[1] == found[2] == found[7] == found[2000]
    told, _ = found[1]
    assert len(told["public.outbox"]) > 150 and len(told["public.holds"]) > 30 and told["keys.one_time"]


def test_two_attempts_in_one_batch_never_share_a_key(dsn):
    batch = heard([*CENTRES, asked("need-1"), m.HealthReferralWithdrawn("need-1", 1), asked("need-1", 2)])
    step = stores.pinned_step(SERVICE, dsn)
    with closing(step.database):
        events = [event for told in step.run(batch) for event in told]
    first, second = (event.public_key for event in events if isinstance(event, m.BedHeld))
    assert first != second and stores.rows(dsn, "SELECT attempt FROM keys.one_time") == [(2,)]
