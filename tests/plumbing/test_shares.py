"""Do live workers share all partitions, and does a dead one's share move on?"""

import time
from contextlib import closing

import pytest

from plumbing import shares
from plumbing.postgres import Database

pytestmark = pytest.mark.stack
PLACES = [("one", number) for number in range(5)] + [("two", number) for number in range(3)]


def share(database, worker, timeout=10.0):
    with database.transaction() as tx:
        return shares.my_share(tx, worker, PLACES, timeout)


def settled(database, workers):
    for worker in workers:
        share(database, worker)
    return {worker: share(database, worker) for worker in workers}


@pytest.mark.parametrize("count", [1, 2, 3, 8])
def test_live_workers_read_every_partition_once(database, count):
    divided = settled(database, [f"worker-{number}" for number in range(count)])
    assert sorted(place for part in divided.values() for place in part) == sorted(PLACES)
    sizes = [len(part) for part in divided.values()]
    assert max(sizes) - min(sizes) <= 1


def test_a_worker_too_many_reads_nothing(database):
    divided = settled(database, [f"worker-{number}" for number in range(9)])
    assert sorted(len(part) for part in divided.values()) == [0, *[1] * 8]


def test_the_share_of_a_dead_worker_moves_after_the_time_out(database):
    settled(database, ["alive", "dead"])
    assert len(share(database, "alive")) == 4
    with database.transaction() as tx:
        tx.run("UPDATE workers SET seen_at = seen_at - interval '11 seconds' WHERE worker_id = 'dead'")
    assert share(database, "alive") == sorted(PLACES)


def test_the_share_of_a_killed_worker_moves_as_soon_as_its_session_is_over(database, dsn):
    with closing(Database(dsn, "tests/killed")) as killed:
        settled(database, ["alive"])
        share(killed, "dead")
        assert len(share(database, "alive")) == 4
    until = time.monotonic() + 5  # the server notices within milliseconds, but on its own time
    while share(database, "alive") != sorted(PLACES):
        assert time.monotonic() < until
        time.sleep(0.01)


def test_a_worker_of_a_version_that_tells_no_session_counts_as_long_as_it_is_seen(database):
    settled(database, ["alive"])
    with database.transaction() as tx:
        tx.run("INSERT INTO workers VALUES ('before', clock_timestamp())")
    assert len(share(database, "alive")) == 4


def test_a_worker_that_comes_back_gets_its_share_again(database):
    settled(database, ["alive", "dead"])
    with database.transaction() as tx:
        tx.run("UPDATE workers SET seen_at = seen_at - interval '200 seconds' WHERE worker_id = 'dead'")
    assert share(database, "alive") == sorted(PLACES)
    back = share(database, "dead")
    assert sorted(back + share(database, "alive")) == sorted(PLACES) and len(back) == 4


def test_a_clean_stop_hands_the_partitions_over_at_once(database):
    settled(database, ["going", "staying"])
    with database.transaction() as tx:
        shares.leave(tx, "going")
    assert share(database, "staying") == sorted(PLACES)
