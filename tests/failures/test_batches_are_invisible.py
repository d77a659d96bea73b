"""Does the router decide the same, however its messages are cut into batches?"""

import json
from contextlib import closing
from random import Random

import pytest

from plumbing.service import Heard
from services.referral_router.wiring import SERVICE
from tests import stores
from tests.failures import script

pytestmark = [pytest.mark.failure, pytest.mark.stack]
ATTEMPTS = ("SELECT a.need_id, a.attempt, n.kind, a.facility_code FROM attempts a JOIN needs n USING (need_id)"
            " WHERE a.ended_at IS NULL ORDER BY a.need_id, a.attempt")


def heard(messages, start):
    return [Heard(one, f"m/{start + n}", getattr(one, "need_id", getattr(one, "report_id", "")))
            for n, one in enumerate(messages)]


def run(dsn, batches):
    step = stores.pinned_step(SERVICE, dsn)
    with closing(step.database):
        return [repr(events) for batch in batches for events in step.run(batch)]


def rows_of(dsn):
    """All rows. What a decision saw of lives it did not decide about depends on who was looked up with it: left out."""
    rows = stores.all_rows(dsn)
    decisions = [{**json.loads(row), "seen": None} for row in rows.pop("public.decisions")]
    return {**rows, "public.decisions": sorted(json.dumps(row, sort_keys=True) for row in decisions)}


def whole_day(seed):
    """Everything the router hears, and what comes of it one by one: answers fit what was asked before."""
    rng, dsn, day = Random(seed), stores.fresh_database(SERVICE), []
    messages = script.opening(rng)
    for _ in range(4):
        new = heard(messages, len(day))
        run(dsn, stores.cut(new, 1))
        day += new
        messages = script.answers(rng, stores.rows(dsn, ATTEMPTS))
    return day, rows_of(dsn)


@pytest.mark.parametrize("seed", [1, 2])
def test_batches_of_any_size_give_equal_rows_and_equal_bytes(stack, seed):
    day, one_by_one = whole_day(seed)
    assert len(one_by_one["public.outbox"]) > 200 and len(one_by_one["public.attempts"]) > 50
    for size in (2, 7, 2000):
        dsn = stores.fresh_database(SERVICE)
        run(dsn, stores.cut(day, size))
        rows = rows_of(dsn)
        assert {table: rows[table] for table in rows if rows[table] != one_by_one[table]} == {}, f"batches of {size}"
