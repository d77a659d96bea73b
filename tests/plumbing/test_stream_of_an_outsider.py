"""Is what an outsider says without numbers taken once, in Kafka's order, whatever lies between and however it is fetched?"""

import secrets
import threading
from types import SimpleNamespace

import pytest
from kafka import TopicPartition

from plumbing.catalogue import catalogue
from plumbing.codec import Codec
from plumbing.inbox import Watermark
from plumbing.service import Heard, Origin
from plumbing.settings import Settings
from plumbing.stream import Stream
from services.police_intake.wiring import SERVICE
from tests.police_intake.incidents import incident, publish

TOPIC = next(topic for topic in catalogue().topics.values() if not topic.numbered)
PLACE = SimpleNamespace(topic=TOPIC.name, partition=0)


@pytest.fixture
def stream():
    step = SimpleNamespace(codec=Codec(), service=SERVICE)
    one = Stream(Settings(SERVICE.name, "", ""), step, threading.Event())
    one._marks = {(TOPIC.name, 0): Watermark(1, 0)}
    return one


def record(offset, value=b"garbage", key=b"incident-1"):
    return SimpleNamespace(topic=TOPIC.name, partition=0, offset=offset, value=value, key=key, headers=[])


def numbers(taken):
    return [(heard.origin.number, heard.origin.resume) for heard in taken]


def test_offsets_that_kafka_leaves_out_are_no_gap(stream):
    assert numbers(stream._sift(PLACE, [record(0), record(1), record(7)])) == [(1, 1), (2, 2), (3, 8)]
    assert numbers(stream._sift(PLACE, [record(20)])) == [(4, 21)]


def test_what_is_fetched_again_is_taken_once(stream):
    stream._sift(PLACE, [record(0), record(1)])
    assert numbers(stream._sift(PLACE, [record(0), record(1), record(2)])) == [(3, 3)]


def test_a_number_that_an_outsider_writes_counts_for_nothing(stream):
    forged = record(0)
    forged.headers = [("qorgan_number", b"900"), ("ce_source", b"/qorgan/police_intake"), ("ce_id", b"x" * 9000)]
    [heard] = stream._sift(PLACE, [forged])
    assert (heard.origin.number, heard.message_id) == (1, f"{TOPIC.name}/0/0")


def test_garbage_stands_under_its_own_place_and_a_message_under_its_incident(stream):
    key = {"key_id": "k", "public_key": "DsCNRMdrsFDtZMvvEAkcuyXLk+atxTc/AbnOV9cbVms="}
    bad, good = stream._sift(PLACE, [record(0), record(1, publish.value(incident("1"), key))])
    assert (bad.key, bool(bad.problem)) == (f"stranger/{TOPIC.name}/0/0", True)
    [long] = stream._sift(PLACE, [record(2, publish.value(incident("1"), key), secrets.token_hex(1500).encode())])
    assert (long.key, long.problem) == (f"stranger/{TOPIC.name}/0/2", ""), "no index has room for a key of a page"
    assert (good.key, good.problem, good.message.incident_id) == ("incident-1", "", "incident-1")


def test_what_an_outsider_says_is_taken_before_what_is_asked_about_it_in_the_same_breath(stream, monkeypatch):
    own = next(name for name, topic in stream._topics.items() if topic.numbered)
    asked, said = (Heard(None, name, "k", Origin(name, 0, 1, 1, b"")) for name in (own, TOPIC.name))
    polled = {TopicPartition(own, 0): [asked], TopicPartition(TOPIC.name, 0): [said]}
    taken = []
    stream._step.run = taken.append
    monkeypatch.setattr(stream, "_sift", lambda place, records: records)
    stream._take(polled)
    assert taken == [[said], [asked]], "else a card would be sealed with what the record said before"
