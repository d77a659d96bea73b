"""Does a process start only with settings that somebody gave it?"""

from datetime import UTC, datetime, timedelta

import pytest

from plumbing.preparing import role_of_pages
from plumbing.settings import Clock, MissingSetting, read_clock, read_settings

REAL = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def environment(monkeypatch):
    for name, value in {"QORGAN_KAFKA": "broker:1", "QORGAN_DSN_A_SERVICE": "postgresql://", "QORGAN_HTTP": "::1:8080", "QORGAN_KEYS": "keys",
                        "QORGAN_BATCH_MAX": "7", "QORGAN_CLOCK": ""}.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_settings_come_from_the_environment_alone(environment):
    found = read_settings("a_service")
    assert (found.kafka, found.dsn, found.batch_max) == ("broker:1", "postgresql://", 7)
    assert (found.http_host, found.http_port) == ("::1", 8080)


@pytest.mark.parametrize("name", ["QORGAN_KAFKA", "QORGAN_DSN_A_SERVICE", "QORGAN_KEYS"])
@pytest.mark.parametrize("value", [None, ""])
def test_without_broker_database_or_keys_there_is_one_sentence_and_no_default(environment, name, value):
    environment.delenv(name) if value is None else environment.setenv(name, value)
    with pytest.raises(MissingSetting, match=rf"^{name} is not set: give it .* `make up`.*\.$"):
        read_settings("a_service")


@pytest.mark.parametrize(("dsn", "user"), [
    ("postgresql://pages:secret@host/db", "pages"), ("host=h dbname=d user='the pages'", "the pages"),
    ("postgresql://host/db?user=pages", "pages"), ("postgresql://p%61ges@host/db", "pages"),
])
def test_the_role_of_the_pages_is_whom_the_database_would_let_in(environment, dsn, user):
    environment.setenv("QORGAN_DSN_A_SERVICE_DESK", dsn)
    assert role_of_pages(read_settings("a_service")) == user


@pytest.mark.parametrize("dsn", ["postgresql://host/db", "host=h dbname=d", "no connection string"])
def test_pages_without_a_role_of_their_own_are_not_started_as_if_they_had_one(environment, dsn):
    environment.setenv("QORGAN_DSN_A_SERVICE_DESK", dsn)
    with pytest.raises(MissingSetting, match=r"^QORGAN_DSN_A_SERVICE_DESK names no user: .*\.$"):
        role_of_pages(read_settings("a_service"))


def test_the_databases_time_counts_unless_a_simulation_says_otherwise():
    assert read_clock("") == Clock() and Clock().at(REAL) == REAL


def test_a_simulated_clock_runs_faster_from_its_own_start():
    clock = read_clock("2026-11-22T10:00:00+00:00,2022-09-25T00:00:00+05:00,600")
    assert clock.at(REAL) == datetime(2022, 9, 24, 19, 0, tzinfo=UTC)
    assert clock.at(REAL + timedelta(seconds=6)) == datetime(2022, 9, 24, 20, 0, tzinfo=UTC)
