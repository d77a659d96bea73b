"""Does the whole way of a report work where Kafka asks everybody for a name, also after the broker was killed?"""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from deploy.local.services import CHECKOUT
from plumbing.broker import connection
from plumbing.settings import login_from
from tests.checker.words import Words
from tests.failures import staff
from tests.failures.forging import forge
from tests.journeys import telling

pytestmark = [pytest.mark.journey, pytest.mark.stack]
CENTRE = "social_registry"


def test_a_report_reaches_a_centre_and_its_answer_returns_behind_closed_doors(whole):
    report = telling.post(whole, telling.report(whole))
    need = telling.need_id(whole, report, "shelter")
    assert telling.listed(whole, CENTRE, need)["state"] == "confirmed"
    telling.act(whole, CENTRE, need, "arrived")
    assert telling.states(whole, report)["shelter"] == "arrived"


def test_a_broker_killed_and_started_again_still_knows_everybody(whole):
    posting = whole.posting(15)
    whole.stack.broker.kill()
    report = telling.post(whole, telling.report(whole))
    whole.stack.broker.start()
    posting.result(60)
    assert telling.needs(whole, report)["shelter"]["state"] == "answered"


def test_who_follows_the_public_register_needs_only_the_password_of_anybody(whole, tmp_path):
    telling.post(whole, telling.report(whole, children=2))
    whole.rest()
    staff.keep_the_register(whole, 1)
    whole.rest()
    found, file = whole.services.endpoints(), tmp_path / "register.sqlite"
    words = [found["kafka"], str(file), "--until-caught-up", "--password-file", found["kafka_security"]["passwords"]["anybody"]]
    subprocess.run([sys.executable, "docs/follow_the_register/follow.py", *words], cwd=CHECKOUT, check=True, timeout=60)
    with closing(sqlite3.connect(file)) as books:
        assert books.execute("SELECT count(*) FROM entries").fetchone() == whole.sql(CENTRE, "SELECT count(*) FROM register_entries")[0]


def test_what_an_owner_says_again_in_its_own_name_changes_nothing(whole):
    whole.post(whole.bodies(5))
    whole.rest()
    before = whole.sql("referral_router", "SELECT count(*), max(decision_id) FROM decisions")
    for topic, entry in Words().topics.items():
        with closing(KafkaProducer(**_as(whole, entry["owner"]), acks="all")) as producer:
            for one in _lying(whole, topic, entry["partitions"]):
                producer.send(topic, one.value, one.key, one.headers, one.partition, one.timestamp)
    whole.rest()
    assert whole.sql("referral_router", "SELECT count(*), max(decision_id) FROM decisions") == before


@pytest.mark.parametrize("said_by", ["referral_router", "nobody"])
def test_a_message_whose_header_names_another_than_the_owner_is_set_aside(stack, tmp_path, monkeypatch, said_by):
    with forge(stack.kafka, tmp_path, monkeypatch, stack.login("admin")) as router:
        router.listen()
        router.say(1, "a", router.report("a"), owner=said_by)
        router.say(1, "b", router.report("b"))
        router.wait_for(["b"])
        (key, cause), = router.rows("SELECT key, cause FROM dead_letters")
        assert key.startswith("stranger/"), "it takes no number, and holds up no life of ours"
        assert cause == "not said by the topic's owner: number or source is missing or wrong"


def _as(world, user):
    return connection(world.stack.kafka, login_from(world.stack.login(user)))


def _lying(world, topic, partitions):
    places = [TopicPartition(topic, partition) for partition in range(partitions)]
    with closing(KafkaConsumer(**_as(world, "admin"), group_id=None, auto_offset_reset="earliest", enable_auto_commit=False)) as consumer:
        consumer.assign(places)
        ends, found = consumer.end_offsets(places), []
        while any(consumer.position(place) < end for place, end in ends.items()):
            found += [record for records in consumer.poll(timeout_ms=200).values() for record in records]
    return found
