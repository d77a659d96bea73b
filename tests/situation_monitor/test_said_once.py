"""Does the watch say once what it found, and not again for every report of a busy hour?"""

import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from plumbing.settings import Settings
from services.situation_monitor import surges
from services.situation_monitor.windows import Window
from services.situation_monitor.wiring import LAW

NOON = datetime(2026, 11, 22, 7, tzinfo=UTC)


@pytest.fixture
def said():
    return []


@pytest.fixture
def watch(said, monkeypatch):
    one = surges.Watch(surges.new_app(Settings("situation_monitor", "127.0.0.1:1", "")), LAW, said.append)
    monkeypatch.setattr(one, "_look", lambda district, hour: Window())  # weeks before in which nothing happened
    return one


def comes(watch, reports, hour=NOON, district="5510"):
    count = SimpleNamespace(district=district, region="KZ-55", recorded_hour=hour)
    asyncio.run(watch._ask(count, Window(reports, reports)))


def test_a_busy_hour_is_said_once_and_not_for_every_report_in_it(watch, said):
    for reports in range(1, 40):
        comes(watch, reports)
    assert [(one.territory, one.hour, one.reports) for one in said] == [("5510", NOON, 6)]


def test_the_next_hour_and_the_next_district_are_said_by_themselves(watch, said):
    for district, hour in (("5510", NOON), ("5510", NOON + timedelta(hours=1)), ("7110", NOON)):
        comes(watch, 10, hour, district)
    assert len(said) == 3


def test_what_could_not_be_said_is_said_with_the_next_report(watch, said, monkeypatch):
    def refused(seen):
        raise RuntimeError("the database refused it")

    with monkeypatch.context() as broken:
        broken.setattr(watch, "_raise", refused)
        with pytest.raises(RuntimeError):
            comes(watch, 10)
    comes(watch, 11)
    assert [one.reports for one in said] == [11]


def test_what_the_watch_remembers_has_a_bound(watch, said, monkeypatch):
    monkeypatch.setattr(surges, "REMEMBERED_MAX", 3)
    for hour in range(10):
        comes(watch, 10, NOON + timedelta(hours=hour))
    assert len(said) == 10 and len(watch._raised) <= 3
