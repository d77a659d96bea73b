"""Does anything happen twice if every message is said twice, in any order?"""

from contextlib import closing

import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from tests.checker.words import Words

pytestmark = [pytest.mark.failure, pytest.mark.stack]
MOST = 60  # of each partition


def lying(kafka):
    """The last records of every partition, as they came."""
    places = [TopicPartition(name, p) for name, entry in Words().topics.items() for p in range(entry["partitions"])]
    consumer = KafkaConsumer(bootstrap_servers=kafka, group_id=None, auto_offset_reset="none", enable_auto_commit=False)
    with closing(consumer):
        ends = {place: end for place, end in consumer.end_offsets(places).items() if end}
        consumer.assign(list(ends))
        for place, end in ends.items():
            consumer.seek(place, max(end - MOST, 0))
        found = []
        while any(consumer.position(place) < end for place, end in ends.items()):
            found += [record for records in consumer.poll(timeout_ms=200).values() for record in records]
    return found


def say_again(kafka, records):
    producer = KafkaProducer(bootstrap_servers=kafka, acks="all")
    with closing(producer):
        for one in records:
            producer.send(one.topic, one.value, one.key, one.headers, one.partition, one.timestamp)
        producer.flush(timeout=20)


def rows_of(world):
    tables = {"police_intake": "needs_seen", "referral_router": "attempts", "social_registry": "holds"}
    return {name: {row for (row,) in world.sql(name, f"SELECT t::text FROM {table} t")} for name, table in tables.items()}


def test_every_message_said_twice_changes_nothing(whole):
    whole.post(whole.bodies(20))
    whole.rest()
    before = rows_of(whole)
    records = lying(whole.stack.kafka)
    say_again(whole.stack.kafka, records)
    say_again(whole.stack.kafka, reversed(records))
    whole.post(whole.bodies(1, consent="no", children=0, respondent=None))
    whole.rest()
    after = rows_of(whole)
    for name, rows in before.items():
        assert rows <= after[name], name
    assert whole.checker.check(whole.answered) == []
