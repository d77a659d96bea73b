"""Is what was decided kept, read back as it was, and the same however the messages are cut? On a real PostgreSQL."""

from contextlib import closing
from dataclasses import fields, replace

import pytest

from plumbing.deciding import Bench, decide_all
from plumbing.postgres import Conflict, Database
from services.referral_router.facts import Need, Report
from services.referral_router.messages import ReportContent
from services.referral_router.wiring import SERVICE
from tests import stores
from tests.referral_router.region import Region, corrected, report
from tests.referral_router.script import batches, script
from tests.stores import NOW

pytestmark = pytest.mark.stack
REPORT = [field.name for field in fields(ReportContent)]


@pytest.fixture
def dsn(stack):
    return stores.fresh_database(SERVICE)


def run(dsn, parts):
    step = stores.pinned_step(SERVICE, dsn)
    with closing(step.database):
        return [events for part in parts for events in step.run(part)]


def seen(step, batch):
    """What the routes of a batch look up, as the step does."""
    with step.database.transaction() as tx:
        return step._look_up(tx, batch)


def plainly(value):
    """A need without the time it was opened, which the store gives it; a report without the event that brought it."""
    if isinstance(value, Report):
        return {name: getattr(value.content, name) for name in REPORT}, value.active
    return replace(value, opened_at=None) if isinstance(value, Need) else value


@pytest.mark.parametrize("size", [1, 7, 2000])
def test_facts_folded_are_the_facts_that_are_loaded(dsn, size):
    step = stores.pinned_step(SERVICE, dsn)
    with closing(step.database):
        for batch in batches(script(seed=size), size):
            folded = seen(step, batch)
            decide_all(SERVICE, batch, Bench(folded, set(), NOW, step.seed_for))
            step.run(batch)
            loaded = seen(step, batch)
            different = {key: (folded.get(key), value) for key, value in loaded.items()
                         if key[0] != "waiting" and plainly(folded.get(key, ())) != plainly(value)}
            assert different == {}


@pytest.mark.parametrize("seed", [1, 2, 11])
def test_batches_of_any_size_give_equal_rows_and_equal_bytes(stack, seed):
    messages, found = script(seed), {}
    for size in (1, 2, 7, 2000):
        dsn = stores.fresh_database(SERVICE)
        run(dsn, batches(messages, size))
        found[size] = {table: rows for table, rows in stores.all_rows(dsn).items() if table != "public.decisions"}
    for size in (2, 7, 2000):
        for table, rows in found[1].items():
            assert found[size][table] == rows, (size, table)
    assert len(found[1]["public.outbox"]) > 100 and len(found[1]["public.attempts"]) > 30
    assert found[1]["public.dead_letters"] == []


def test_the_database_itself_refers_nobody_twice(dsn):
    region = Region()
    region.open()
    region.hear(report())
    run(dsn, batches(region.script, 10))
    columns = ("need_id, report_id, kind, subject_ref, region, adults, children, guest_sex, guest_age, intoxication, rule_id,"
               " basis, state, queue, attempt, facility_code, tried, round_from, sequence, public_key, opened_at, changed_at")
    with closing(Database(dsn, "tests")) as database, pytest.raises(Conflict, match="23505"), database.transaction() as tx:
        tx.run(f"INSERT INTO needs ({columns}) SELECT 'another', {columns.partition(', ')[2]} FROM needs")


def test_a_need_replaced_by_another_in_one_message_is_kept_and_both_are_there(dsn):
    region = Region()
    region.open(free=9)
    region.hear(report(children=1))
    region.hear(corrected(children=2))
    run(dsn, batches(region.script, 10))
    assert stores.rows(dsn, "SELECT state, children FROM needs WHERE kind = 'shelter' ORDER BY children") == [
        ("withdrawn", 1), ("asked", 2)]


def test_a_woman_whose_report_was_moved_to_another_is_not_lost_when_she_is_reported_again(dsn):
    region = Region()
    region.open(free=9)
    region.hear(report())
    region.answer("held")
    region.answer("arrived")
    region.hear(corrected(victim_ref="another"))
    region.hear(report(report_id="again", household_ref="elsewhere", respondent_ref=None))
    run(dsn, batches(region.script, 1))
    assert stores.rows(dsn, "SELECT cause FROM dead_letters") == []
    assert stores.rows(dsn, "SELECT count(*) FROM needs WHERE report_id = 'again' AND subject_ref = 'she'") == [(1,)]


def test_the_sides_meet_in_no_message(dsn):
    region = Region()
    for code, kind in (("centre-1", "crisis_centre"), ("detox-1", "detox"), ("akimat-1", "akimat")):
        region.open(code, kind)
    region.hear(report(children=2, intoxication="alcohol"))
    run(dsn, batches(region.script, 10))
    said = stores.rows(dsn, "SELECT topic, value FROM outbox WHERE topic LIKE '%%referrals-for%%'")
    health = b"".join(bytes(value) for topic, value in said if "health" in topic)
    social = b"".join(bytes(value) for topic, value in said if "social" in topic)
    assert health and social
    assert not [word for word in (b"report", b"she", b"home") if word in health.replace(b"shelter", b"")]
    assert not [word for word in (b"report", b"she") if word in social.replace(b"shelter", b"").replace(b"report of 2022", b"")
                .replace(b"the register", b"")]
