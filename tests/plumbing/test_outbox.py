"""Do numbers follow the order of commits without a gap, whoever commits at the same time?"""

import random
import time
from contextlib import closing, suppress
from threading import Thread
from uuid import uuid4

import pytest

from plumbing import outbox
from plumbing.outbox import Line
from plumbing.places import AnotherKafka
from plumbing.postgres import Database
from tests.plumbing.ledger import EVENT, TOPIC
from tests.stores import NOW

pytestmark = pytest.mark.stack
WRITERS, BATCHES = 8, 12
ID = {TOPIC.name: "a topic"}


def line(partition, key="life", value=b"said"):
    return Line(TOPIC.name, partition, key, EVENT, str(uuid4()), NOW, value)


def say(database, *lines):
    with database.transaction() as tx:
        outbox.number_and_commit(tx, list(lines))


def write(dsn, writer):
    """Twelve transactions of one to four lines in mixed order; every third is given up before its COMMIT."""
    rng = random.Random(writer)
    with closing(Database(dsn, f"writer {writer}")) as database:
        for batch in range(BATCHES):
            lines = [line(rng.randrange(2), f"{writer}/{batch}") for _ in range(rng.randint(1, 4))]
            with suppress(ZeroDivisionError), database.transaction() as tx:
                tx.run("SELECT 1")
                time.sleep(rng.uniform(0, 0.01))
                _ = 1 / (batch % 3)
                outbox.number_and_commit(tx, lines)


def test_numbers_follow_commits_without_a_gap_under_eight_writers(dsn, database):
    threads = [Thread(target=write, args=(dsn, writer)) for writer in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for partition in range(2):
        with database.transaction() as tx:
            rows = tx.rows("SELECT number, key, xmin::text::bigint FROM outbox WHERE partition = %s ORDER BY number", (partition,))
            [(head,)] = tx.rows("SELECT last_number FROM outbox_heads WHERE topic = %s AND partition = %s", (TOPIC.name, partition))
        assert [number for number, *_ in rows] == list(range(1, head + 1)) and head > WRITERS
        order = [key for _, key, _ in rows]
        assert sorted(set(order), key=order.index) == [key for at, key in enumerate(order) if at == 0 or order[at - 1] != key]
        for writer in range(WRITERS):
            own = [int(key.split("/")[1]) for key in order if key.startswith(f"{writer}/")]
            assert own == sorted(own)


def test_a_number_once_seen_is_never_followed_by_a_lower_one(dsn, database):
    threads = [Thread(target=write, args=(dsn, writer)) for writer in range(4)]
    for thread in threads:
        thread.start()
    seen = 0
    while any(thread.is_alive() for thread in threads):
        with database.transaction() as tx:
            numbers = [n for (n,) in tx.rows("SELECT number FROM outbox WHERE partition = 0 ORDER BY number")]
        assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) >= seen
        seen = len(numbers)
    assert seen


def test_lines_of_one_batch_keep_their_order(database):
    say(database, line(0, "first"), line(1, "other"), line(0, "second"))
    say(database, line(0, "third"))
    with database.transaction() as tx:
        outbox.cursors(tx, [(TOPIC.name, 0)], "a cluster", ID)
        assert [(n, key) for _, n, key, *_ in outbox.unsent(tx, 10)] == [(1, "first"), (2, "second"), (3, "third")]


def test_what_kafka_acknowledged_is_sent_no_more_and_the_cursor_never_goes_back(database):
    say(database, *(line(0) for _ in range(5)))
    with database.transaction() as tx:
        outbox.cursors(tx, [(TOPIC.name, 0)], "a cluster", ID)
        for number in (3, 2):
            outbox.acknowledge(tx, {(TOPIC.name, 0): number})
        assert [number for _, number, *_ in outbox.unsent(tx, 10)] == [4, 5]


def test_to_a_new_kafka_everything_is_said_again_once_somebody_says_so(database):
    say(database, *(line(0) for _ in range(3)))
    with database.transaction() as tx:
        outbox.cursors(tx, [(TOPIC.name, 0)], "a cluster", ID)
        outbox.acknowledge(tx, {(TOPIC.name, 0): 3})
    with pytest.raises(AnotherKafka), database.transaction() as tx:
        outbox.cursors(tx, [(TOPIC.name, 0)], "another", ID)
    with database.transaction() as tx:
        outbox.adopt(tx, "another", ID)
        assert len(outbox.unsent(tx, 10)) == 3
