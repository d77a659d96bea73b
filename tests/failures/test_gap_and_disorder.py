"""Is anything decided before its turn?"""

import time

import pytest
from prometheus_client import REGISTRY

from tests.failures.forging import ROUTER, forge

pytestmark = [pytest.mark.failure, pytest.mark.stack]


@pytest.fixture
def router(stack, tmp_path, monkeypatch):
    with forge(stack.kafka, tmp_path, monkeypatch) as one:
        yield one


def gap_seconds():
    return REGISTRY.get_sample_value("qorgan_inbox_gap_seconds", {"service": ROUTER}) or 0


def test_nothing_behind_a_gap_is_decided_until_it_is_filled(router):
    router.listen()
    router.say(1, "a", router.report("a"))
    router.say(3, "c", router.report("c"))
    router.say(4, "d", router.report("d"))
    router.say(1, "x", router.report("x"), partition=1)
    router.wait_for(["a", "x"])  # other partitions flow
    until = time.monotonic() + 10
    while gap_seconds() < 0.3:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert router.assessed() == ["a", "x"]
    assert router.rows("SELECT next_number FROM inbox WHERE partition = 0 ORDER BY 1 DESC LIMIT 1") == [(2,)]
    router.say(2, "b", router.report("b"))
    router.wait_for(["a", "b", "c", "d", "x"])
    until = time.monotonic() + 10
    while gap_seconds() > 0:
        assert time.monotonic() < until
        time.sleep(0.05)
    order = [key for (key,) in router.rows("SELECT key FROM decisions WHERE key <> 'x' ORDER BY decision_id")]
    assert order == ["a", "b", "c", "d"]


def test_a_gap_survives_a_new_worker_that_finds_it(router):
    router.say(2, "b", router.report("b"))
    router.say(1, "a", router.report("a"))
    router.say(4, "d", router.report("d"))
    router.listen()
    router.wait_for(["a", "b"])
    router.say(3, "c", router.report("c"))
    router.wait_for(["a", "b", "c", "d"])


def test_numbers_in_any_order_and_many_times_are_taken_once_and_in_order(router):
    router.listen(batch_max=3)
    names = "abcdefgh"
    for number in (5, 1, 4, 2, 2, 8, 1, 3, 7, 5, 6, 8):
        router.say(number, names[number - 1], router.report(names[number - 1]))
    router.wait_for(list(names))
    assert [key for (key,) in router.rows("SELECT key FROM decisions ORDER BY decision_id")] == list(names)


def test_a_record_from_somebody_else_is_set_aside_and_moves_nothing(router):
    router.listen()
    router.producer.send(router.topic("police_intake.ReportRegistered"), router.report("a"), b"a", [], 0).get(10)
    router.say(1, "b", router.report("b"))
    router.wait_for(["b"])
    (key, behind), = router.rows("SELECT key, behind FROM dead_letters")
    assert key.startswith("stranger/") and not behind, "it holds up no life of ours"
    assert router.rows("SELECT next_number FROM inbox WHERE partition = 0 ORDER BY 1 DESC LIMIT 1") == [(2,)]
