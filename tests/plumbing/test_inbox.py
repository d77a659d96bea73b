"""Is every message taken once, by one worker, and never past a gap?"""

import pytest

from plumbing import inbox
from plumbing.inbox import OwnershipLost
from plumbing.places import AnotherKafka
from tests.plumbing.ledger import TOPIC, told

pytestmark = pytest.mark.stack
PLACE = (TOPIC.name, 0)


def mark(database):
    with database.transaction() as tx:
        return inbox.read(tx, [PLACE], "a cluster", {TOPIC.name: "a topic"})[PLACE]


def take(database, *numbers):
    with database.transaction() as tx:
        inbox.advance(tx, [told("a", 1, number) for number in numbers])


def test_a_new_reader_begins_at_the_first_message(database):
    assert (mark(database).next_number, mark(database).next_offset) == (1, 0)


def test_the_watermark_moves_over_what_was_taken(database):
    take(database, 1, 2, 3)
    assert (mark(database).next_number, mark(database).next_offset) == (4, 3)


def test_the_second_worker_with_the_same_messages_is_refused(database):
    take(database, 1, 2)
    with pytest.raises(OwnershipLost):
        take(database, 1, 2)
    with pytest.raises(OwnershipLost):
        take(database, 2, 3)
    assert mark(database).next_number == 3


def test_nothing_is_taken_from_behind_a_gap(database):
    with pytest.raises(OwnershipLost):
        take(database, 2)
    assert mark(database).next_number == 1


def test_what_has_no_number_moves_no_watermark(database):
    take(database, -7)
    assert mark(database).next_number == 1


@pytest.mark.parametrize("kafka", [("another", "a topic"), ("a cluster", "another")])
def test_another_kafka_under_the_same_names_is_noticed(database, kafka):
    cluster, topic = kafka
    with pytest.raises(AnotherKafka), database.transaction() as tx:
        inbox.read(tx, [PLACE], cluster, {TOPIC.name: topic})


def test_a_new_kafka_is_read_from_its_beginning_and_repeats_nothing(database):
    take(database, 1, 2, 3)
    with database.transaction() as tx:
        assert inbox.adopt(tx, "another", {TOPIC.name: "anew"}) == 1
        found = inbox.read(tx, [PLACE], "another", {TOPIC.name: "anew"})[PLACE]
    assert (found.next_number, found.next_offset) == (4, 0)
