"""Is every count kept once, however the messages are cut, and do the tables hold nobody? On a real PostgreSQL."""


import pytest

from services.situation_monitor import messages as m
from services.situation_monitor import store
from services.situation_monitor.books import Books
from services.situation_monitor.wiring import SERVICE
from tests import stores
from tests.batches import in_any_size
from tests.situation_monitor import script
from tests.stores import heard

pytestmark = pytest.mark.stack
MESSAGES = [*script.script(), *script.SURGE]


@pytest.fixture
def counted(dsn):
    """A step on a database in which all of the script was heard."""
    step = stores.pinned_step(SERVICE, dsn)
    step.run(heard(MESSAGES))
    yield step
    step.database.close()


def test_batches_of_any_size_give_equal_rows(stack):
    found = in_any_size(SERVICE, heard(MESSAGES))
    assert found[1] == found[2] == found[7] == found[2000]
    told, _ = found[1]
    assert len(told["public.tallies"]) > 100 and len(told["public.surges"]) == 1


def test_every_count_is_in_the_sums_and_none_twice(counted, dsn):
    with counted.database.transaction() as tx:
        lines = store.lines(tx)
    wanted = sum(isinstance(one, (m.ReportCounted, m.AssessmentCounted, m.NeedCounted, m.LifeCounted, m.MeasureCounted)) for one in MESSAGES)
    assert sum(line.number for line in lines) == wanted
    assert Books(lines).entered("police_intake", "report", "registered") == 300


def test_free_places_are_those_that_were_opened_less_those_taken(counted):
    with counted.database.transaction() as tx:
        found = {row[:3]: row[3:] for row in store.places(tx)}
    moved = sum(one.free_change for one in MESSAGES if isinstance(one, m.LifeCounted))
    assert found["social_registry", "KZ", "night"] == (40, 40 + moved)
    assert found["health_narcology", "KZ-10", "bed"] == (12, 12)


def test_the_watch_never_goes_back(counted, dsn):
    with counted.database.transaction() as tx:
        assert [(partition, number) for partition, number, _ in store.watched(tx)] == [(0, 11), (1, 9)]
    counted.run(heard([m.KeepWatch(0, 2)]))
    assert stores.rows(dsn, "SELECT number FROM watch WHERE partition = 0") == [(11,)]


def test_no_column_of_the_monitor_could_hold_a_person(dsn):
    own = {name.split(".")[1] for name in stores.comments(dsn, SERVICE) if "." in name}
    assert own == {"day", "hour", "region", "owner", "kind", "from_state", "to_state", "code", "number", "hours_waited",
                   "place", "places", "free", "territory", "reports", "rule_id", "raised_at", "partition", "seen_at"}


def test_the_migrations_lead_to_the_tables_of_today(dsn, tmp_path):
    assert stores.shape(dsn) == stores.shape(stores.from_tables_sql(SERVICE, tmp_path))


def test_every_table_and_column_says_what_it_holds(dsn):
    assert not [name for name, told in stores.comments(dsn, SERVICE).items() if not told]
