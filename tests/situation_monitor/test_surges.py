"""Is every surge raised, once, whatever happens to the workers of the watch? Faust on a real broker."""

import signal

import pytest

from plumbing.broker import administer
from plumbing.groups import Group
from services.situation_monitor.surges import APP_ID, CHANGELOG
from tests.situation_monitor.watch import HOUR, PLACES, WEEK, Watches

pytestmark = pytest.mark.stack
PAVLODAR, ASTANA = PLACES


@pytest.fixture
def watches(stack, tmp_path):
    one = Watches(stack, tmp_path)
    yield one
    one.end()


def test_an_hour_far_above_its_usual_is_raised_once_and_a_busy_usual_one_is_not(watches):
    worker = watches.start()
    for week in range(1, 5):
        watches.say(ASTANA, HOUR - WEEK * week, 5)
    watches.say(PAVLODAR, HOUR, 6, repeat=2)  # each message twice: twelve would be a lie
    watches.say(ASTANA, HOUR, 14)  # 14 is less than 3 × 5
    watches.until_counted()
    assert watches.surges() == [(PAVLODAR, HOUR, 6)]
    watches.say(PAVLODAR, HOUR, 5)
    watches.say(ASTANA, HOUR, 1)
    watches.until_counted()
    assert watches.surges() == [(PAVLODAR, HOUR, 6), (ASTANA, HOUR, 15)]
    assert watches.stop(worker) == 0, "a stop is clean"


def test_a_window_half_full_is_still_half_full_after_a_stop(watches):
    worker = watches.start()
    watches.say(PAVLODAR, HOUR, 4)
    watches.until_counted()
    assert watches.stop(worker) == 0
    watches.start()
    watches.say(PAVLODAR, HOUR, 1)
    watches.until_counted()
    assert watches.surges() == []
    watches.say(PAVLODAR, HOUR, 1)
    watches.until_counted()
    assert watches.surges() == [(PAVLODAR, HOUR, 6)]


def test_windows_that_were_lost_are_counted_again_from_the_topic(watches):
    worker = watches.start()
    watches.say(PAVLODAR, HOUR, 5)
    watches.until_counted()
    watches.stop(worker)
    admin = administer(watches.stack.kafka)
    admin.delete_topics([CHANGELOG], timeout_ms=10_000)
    admin.close()
    watches.start()
    watches.say(PAVLODAR, HOUR, 1)
    watches.until_counted()
    assert watches.surges() == [(PAVLODAR, HOUR, 6)]


def test_the_watch_can_be_told_to_count_anew_and_raises_nothing_twice(watches):
    worker = watches.start()
    watches.say(PAVLODAR, HOUR, 7)
    watches.until_counted()
    watches.stop(worker)
    watches.start("anew")
    watches.say(ASTANA, HOUR, 6)
    watches.until_counted()
    assert watches.surges() == [(PAVLODAR, HOUR, 6), (ASTANA, HOUR, 6)]
    assert Group(watches.stack.kafka, APP_ID, CHANGELOG).begin_anew_if_lost() is False, "a live watch keeps its place"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_partitions_that_move_between_two_workers_lose_no_window(watches, how):
    first = watches.start()
    for district in PLACES:
        watches.say(district, HOUR, 2)
    watches.until_counted()
    watches.start()
    for district in PLACES:
        watches.say(district, HOUR, 2)  # while the second joins
    watches.until_counted()
    watches.stop(first, how)
    for district in PLACES:
        watches.say(district, HOUR, 1)
    watches.until_counted()
    assert watches.surges() == []
    for district in PLACES:
        watches.say(district, HOUR, 2)
    watches.until_counted()
    assert watches.surges() == [(PAVLODAR, HOUR, 6), (ASTANA, HOUR, 6)]
