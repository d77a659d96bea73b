"""Is who comes after a pause served at once, and do many in a rush share one pass without changing their order?"""

import threading
import time
from itertools import pairwise
from types import SimpleNamespace

import pytest
from kafka import TopicPartition

from plumbing.codec import Codec
from plumbing.pacing import Pace
from plumbing.settings import Settings
from plumbing.stream import Stream
from services.situation_monitor.wiring import SERVICE

FIRST, SECOND = TopicPartition("counts", 0), TopicPartition("counts", 1)
BATCH = 5


class Client:
    """What Kafka's client gives, poll after poll, and how many were asked for."""

    def __init__(self, *polls):
        self.polls, self.asked = list(polls), []

    def poll(self, timeout_ms, max_records):
        self.asked.append(max_records)
        return self.polls.pop(0) if self.polls else {}


@pytest.fixture
def stream():
    stopping = threading.Event()
    one = Stream(Settings(SERVICE.name, "", "", batch_max=BATCH), SimpleNamespace(codec=Codec(), service=SERVICE), stopping)
    one._pace = Pace(stopping, 0.05)
    return one


def test_two_passes_in_a_rush_begin_no_sooner_than_the_pace_says():
    pace = Pace(threading.Event(), 0.03)
    began = []
    for _ in range(4):
        pace.keep()
        began.append(time.monotonic())
    assert all(after - before >= 0.029 for before, after in pairwise(began))


def test_after_a_pause_nobody_waits():
    pace = Pace(threading.Event(), 0.03)
    assert pace.keep() is False
    time.sleep(0.04)
    assert pace.keep() is False
    assert pace.keep() is True


def test_who_is_told_to_stop_does_not_wait_for_the_next_pass():
    stopping = threading.Event()
    stopping.set()
    pace = Pace(stopping, 3600)
    pace.keep()
    assert pace.keep() is True  # it would have been an hour


def test_what_came_while_the_pace_was_kept_stands_behind_what_came_before(stream):
    stream._consumer = Client({FIRST: ["a"]}, {FIRST: ["b"]}, {FIRST: ["c"], SECOND: ["x"]})
    assert stream._poll() == {FIRST: ["a"]}
    assert stream._poll() == {FIRST: ["b", "c"], SECOND: ["x"]}


def test_a_batch_never_grows_beyond_what_one_transaction_takes(stream):
    stream._consumer = Client({FIRST: ["a"]}, {FIRST: list("bcde")}, {SECOND: ["x"]}, {FIRST: list("fghij")}, {FIRST: ["k"]})
    stream._poll()
    assert len(stream._poll()[FIRST]) == 4 and stream._consumer.asked == [BATCH, BATCH, 1]
    assert stream._poll() == {FIRST: list("fghij")} and stream._consumer.asked[-1] == BATCH  # full: nothing more is asked for


def test_nothing_that_comes_is_no_pass_and_winds_up_no_pace(stream):
    stream._consumer = Client({}, {}, {FIRST: ["a"]})
    assert [stream._poll() for _ in range(3)] == [{}, {}, {FIRST: ["a"]}]
    assert stream._consumer.asked == [BATCH] * 3
