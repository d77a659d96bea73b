"""Which day is run, again and again, with other secrets each time? Reports, second thoughts, nights, staff, erasures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from unittest import mock

from services.social_registry import wiring
from simulation.day import generate_day
from simulation.figures import regions
from tests.land import CAPACITIES, REPORTS, Land
from tests.noninterference import staff
from tests.noninterference.secrets import REPORTING, Secrets

START = datetime(2026, 11, 22, 3, 7, 31, tzinfo=UTC)
SEED = 5
STEP = timedelta(minutes=7)
ERASED = 6  # so many of the day's people are forgotten in the end, if nothing stands against it


@contextmanager
def lived(secrets: Secrets, reports: int) -> Iterator[Land]:
    """A land in which the day has been lived; its databases, doors and logs are there to be looked at."""
    with mock.patch.object(wiring, "directory", lambda: list(secrets.directory)):
        land = Land(START)
        with land.open():
            land.held_back = {CAPACITIES} if secrets.lag else set()
            _live(land, secrets, reports)
            yield land


def bodies(reports: int) -> list[dict[str, Any]]:
    """The day's reports, each home in one of few regions, and more consent than in life, so that centres have something to do."""
    agree = {"not_asked": "yes"}
    return [{**body, "territory": _territory(body["address"]), "consent": agree.get(body["consent"], body["consent"])}
            for body in (one.body for one in generate_day(SEED, START.date(), reports))]


def _territory(address: str) -> str:
    return f"{regions()[Random(address).choice(REPORTING)]['kato']}1000000"


def _come_again(day: list[dict[str, Any]]) -> set[str]:
    """Homes that report more than once. A further report rests on her need while she is there, and police see that: so there
    nobody leaves before the night."""
    return {home for home, times in Counter(body["address"] for body in day).items() if times > 1}


def _live(land: Land, secrets: Secrets, reports: int) -> None:
    rng, taken, day = Random("the day"), list[tuple[str, dict[str, Any]]](), bodies(reports)
    again, come_again = _come_again(day), set[str]()
    for number, body in enumerate(day):
        land.forward(STEP)
        sent = _told(body, secrets, land.now())
        answer = land.ask("police_intake", "POST", "/reports", json=sent, headers={"Idempotency-Key": f"key-{number}"})
        assert answer.status_code in (200, 201, 409, 422), answer.text
        taken += [(answer.json()["report_id"], sent)] if answer.status_code == 201 else []
        _heard(land, secrets)
        come_again |= {taken[-1][0]} if taken and body["address"] in again else set()
        staff.work(land, secrets, _needs_of(land, come_again))
        if taken and number % 5 == 4:
            _second_thoughts(land, rng, taken)
    _night(land, rng, secrets, taken)


def _needs_of(land: Land, reports: set[str]) -> set[str]:
    """Asked anew each time: a correction opens needs, too."""
    return {need for (need,) in land.rows("referral_router", "SELECT need_id FROM needs WHERE report_id = ANY(%s)", (sorted(reports),))}


def _told(body: dict[str, Any], secrets: Secrets, now: datetime) -> dict[str, Any]:
    """The report as it is typed now; how she may be reached is a secret that police do type."""
    recorded = now - timedelta(minutes=5)
    times = {"recorded_at": recorded.isoformat(), "occurred_at": (recorded - timedelta(minutes=30)).isoformat()}
    contact = secrets.contact or body["safe_contact"]
    return {**body, **times, "safe_contact": contact}


def _heard(land: Land, secrets: Secrets) -> None:
    """With a lag, the router asks by what it knows, and hears of places only then."""
    if secrets.lag:
        land.deliver(REPORTS, "referral_router")
        land.deliver(CAPACITIES, "referral_router")
    land.settle()


def _second_thoughts(land: Land, rng: Random, taken: list[tuple[str, dict[str, Any]]]) -> None:
    report_id, body = taken[rng.randrange(len(taken))]
    if (lot := rng.random()) < 0.3:
        told = land.ask("police_intake", "POST", f"/reports/{report_id}/unfounded")
    elif lot < 0.5:
        return _she_agrees_no_longer(land, report_id)
    else:
        told = land.ask("police_intake", "PUT", f"/reports/{report_id}", json={**body, "children": rng.randrange(4)})
    assert told.status_code in (200, 201, 404, 409), told.text
    land.settle()


def _she_agrees_no_longer(land: Land, report_id: str) -> None:
    told = land.ask("police_intake", "POST", f"/reports/{report_id}/consent-withdrawal", json={"by": "Aigul", "how": "telephone"},
                    headers={"Idempotency-Key": f"back/{report_id}/{land.now().isoformat()}"})
    assert told.status_code in (200, 409), told.text
    land.settle()


def _night(land: Land, rng: Random, secrets: Secrets, taken: list[tuple[str, dict[str, Any]]]) -> None:
    """Holds run out, tasks climb, staff come back, stays go on for months; some take their consent back, there or gone."""
    for by in (timedelta(hours=2), timedelta(hours=8), timedelta(days=1), timedelta(days=40)):
        land.forward(by)
        land.held_back = set()
        land.settle()
        staff.work(land, secrets)
        for report_id, _ in rng.sample(taken, k=len(taken) // 3):
            _she_agrees_no_longer(land, report_id)
    _forgotten(land, taken)


def _forgotten(land: Land, taken: list[tuple[str, dict[str, Any]]]) -> None:
    """Two people have some of them erased, and each agency that may hold a card says that it is destroyed."""
    victims = land.rows("police_intake", "SELECT victim_id FROM reports WHERE report_id = ANY(%s)", ([one for one, _ in taken],))
    agreed = 0
    for person in sorted({person for (person,) in victims}):
        for act, by in (("request", "Aigul"), ("approve", "Dana")):
            typed = {"person_id": person, "erasure": act, "by": by, "reason": "her_request"}
            told = land.ask("police_intake", "POST", f"/persons/{person}/erasure/{act}", data=typed)
            assert told.status_code in (303, 409), told.text
        agreed += told.status_code == 303
        if agreed == ERASED:
            break
    land.forward(timedelta(days=15))
    land.settle()
