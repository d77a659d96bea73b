"""Is a watch that stands still seen, and one that merely has nothing to do left alone? On a real broker."""

from types import SimpleNamespace

import pytest
from kafka import KafkaConsumer, TopicPartition
from kafka.structs import OffsetAndMetadata

from plumbing.broker import BrokerAway
from plumbing.groups import Group
from plumbing.settings import OPEN_KAFKA
from services.situation_monitor.standing import Standing, Stillness
from services.situation_monitor.surges import APP_ID
from tests.situation_monitor.watch import HOUR, PLACES, TOPIC, Watches

PAVLODAR, ASTANA = PLACES
PLACE, OTHER = {3: 7}, {3: 8}


def test_who_stands_at_one_place_for_long_is_still():
    stillness = Stillness(10, now=0)
    assert [stillness.is_over(PLACE, now) for now in (1, 6, 11, 12)] == [False, False, False, True]


def test_who_moves_or_has_nothing_to_do_is_never_still():
    stillness = Stillness(10, now=0)
    assert not any(stillness.is_over(place, now) for place, now in ((PLACE, 9), (OTHER, 18), (None, 27), (PLACE, 36), (PLACE, 45)))


@pytest.mark.stack
def test_counts_that_nobody_takes_are_missed_until_they_are_taken(stack, tmp_path):
    watches = Watches(stack, tmp_path)
    settings = SimpleNamespace(kafka=stack.kafka, session_timeout=6.0, login=OPEN_KAFKA)
    resting = SimpleNamespace(tables=SimpleNamespace(recovery=SimpleNamespace(in_recovery=False)))
    standing = Standing(resting, settings)
    assert not standing.is_stuck(now=1e9), "nothing was said yet"
    watches.say(PAVLODAR, HOUR, 2)
    watches.say(ASTANA, HOUR, 1)
    watches.wait(lambda: reachable_group(stack))  # a broker that has just begun names no coordinator yet
    missed = Group(stack.kafka, APP_ID).untaken(TOPIC.name, TOPIC.partitions)
    assert sorted(missed.values()) == [0, 0]
    assert [standing.is_stuck(now) for now in (1e9 + 1, 1e9 + 10, 1e9 + 100)] == [False, False, True]
    for partition in missed:
        _take(stack.kafka, partition)
    assert not standing.is_stuck(now=1e9 + 200)


def reachable_group(stack):
    try:
        return Group(stack.kafka, APP_ID).untaken(TOPIC.name, TOPIC.partitions)
    except BrokerAway:
        return None


def _take(kafka: str, partition: int) -> None:
    consumer = KafkaConsumer(bootstrap_servers=kafka, group_id=APP_ID, enable_auto_commit=False)
    place = TopicPartition(TOPIC.name, partition)
    consumer.commit({place: OffsetAndMetadata(consumer.end_offsets([place])[place], "", -1)})
    consumer.close()
