"""Does a flood, of reads or of one client, keep a report out? Each limit is tried one past."""

import asyncio
import threading
import time
from contextlib import AsyncExitStack, ExitStack

import httpx2
import pytest

from plumbing.crowding import AT_ONCE
from plumbing.doors.limits import BUCKETS_MAX, READ, RESERVE, RESERVED_AT_ONCE, SECONDS_AT_ONCE, SHARES, Limits
from plumbing.problems import Problem
from services.police_intake.wiring import SERVICE as POLICE
from tests.doors import house, seeds
from tests.doors.browsing import bearer


def test_one_more_than_the_limit_is_told_when_to_come_again():
    now = [0.0]
    limits = Limits(2, 3, lambda: now[0])
    for _ in range(2 * SECONDS_AT_ONCE):
        limits.take("a", False)
    with pytest.raises(Problem) as told:
        limits.take("a", False)
    assert (told.value.status, told.value.headers["Retry-After"]) == (429, "1")
    limits.take("b", False)
    limits.take("a", True)
    now[0] += 0.5
    limits.take("a", False)
    with pytest.raises(Problem):
        limits.take("a", False)


def test_one_client_has_as_many_reports_at_once_as_the_limit_says_and_not_one_more():
    limits = Limits(1000, 1000)
    with ExitStack() as under_way:
        for _ in range(RESERVED_AT_ONCE):
            under_way.enter_context(limits.at_once("a"))
        with pytest.raises(Problem), limits.at_once("a"):
            pass
        with limits.at_once("b"):
            pass
    with limits.at_once("a"):
        pass


def test_reads_wait_for_a_turn_and_the_reserve_is_never_theirs(monkeypatch):
    assert min(SHARES.values()) > 0 and sum(SHARES.values()) == AT_ONCE - RESERVE and RESERVED_AT_ONCE < RESERVE
    monkeypatch.setattr("plumbing.doors.limits.WAITS_AT_MOST", 0.05)

    async def crowd():
        limits = Limits(1000, 1000)
        async with AsyncExitStack() as under_way:
            for _ in range(SHARES[READ]):
                await under_way.enter_async_context(limits.turn(READ))
            with pytest.raises(Problem):
                await under_way.enter_async_context(limits.turn(READ))
        async with limits.turn(READ):
            return "a turn came free"

    assert asyncio.run(crowd()) == "a turn came free"


def test_many_strangers_do_not_eat_the_memory():
    limits = Limits(1, 1, lambda: 0.0)
    for n in range(3 * BUCKETS_MAX):
        limits.take(f"address {n}", False)
    assert len(limits._buckets) <= BUCKETS_MAX


@pytest.fixture
def flooded(issuer):
    """A police door with small limits."""
    desk = house.closed_desk(POLICE, issuer, seeds.police(), reads_per_second=1, reports_per_second=1)
    with house.opened(desk, issuer) as opened:
        yield opened


def dispatch(issuer, subject):
    return bearer(issuer.signer.access({"sub": subject, "name": subject, "role": "dispatch"}, "police_intake"))


def sent(door, headers, n=0):
    """A report with too little in it: 422 means that it came through and is kept for the officer."""
    return httpx2.post(f"{door.url}/reports", headers=headers, json={"n": n}, trust_env=False, timeout=30).status_code


@pytest.mark.stack
def test_a_flood_of_reads_and_of_one_client_keeps_no_report_out(flooded, issuer):
    flooder, other, stop, seen = dispatch(issuer, "flooder"), dispatch(issuer, "other"), threading.Event(), []

    def flood():
        with httpx2.Client(base_url=flooded.url, headers=flooder, trust_env=False, timeout=30) as client:
            while not stop.is_set():
                seen.append((client.get("/reports/none").status_code, client.post("/reports", json={}).status_code))

    threads = [threading.Thread(target=flood) for _ in range(8)]
    for thread in threads:
        thread.start()
    time.sleep(1)
    began, answers = time.monotonic(), [sent(flooded, other, n) for n in range(SECONDS_AT_ONCE)]
    took = time.monotonic() - began
    stop.set()
    for thread in threads:
        thread.join()
    assert answers == [422] * SECONDS_AT_ONCE and took < 20, (answers, took)
    assert {read for read, _ in seen} == {404, 429} and {report for _, report in seen} == {422, 429}


@pytest.mark.stack
def test_an_actor_that_reads_too_much_may_still_send_reports(flooded, issuer):
    one = dispatch(issuer, "one")
    statuses = [httpx2.get(f"{flooded.url}/reports/none", headers=one, trust_env=False).status_code for _ in range(20)]
    assert 429 in statuses and statuses[:SECONDS_AT_ONCE].count(429) == 0
    assert sent(flooded, one) == 422


@pytest.mark.stack
def test_strangers_are_slowed_down_by_their_address_and_health_checks_are_not(flooded, issuer):
    with httpx2.Client(base_url=flooded.url, trust_env=False) as stranger:
        statuses = [stranger.get("/reports", headers=bearer("x.y.z")).status_code for _ in range(20)]
        assert set(statuses) == {401, 429}
        assert {stranger.get("/livez").status_code for _ in range(60)} == {200}
    assert sent(flooded, dispatch(issuer, "one")) == 422, "a good token does not stand in a stranger's queue"
