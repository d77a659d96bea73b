"""Is an outside broker or database taken as it is?"""

from __future__ import annotations

import json

import pytest

from deploy.local import topics
from deploy.local.faults import Missing
from deploy.local.roles import SERVICES
from deploy.local.stack import Stack
from tests.deploy.checkouts import ask, left, whole_checkout


def test_all_five_dsns_together_make_an_outside_database(tmp_path, monkeypatch):
    for name in SERVICES:
        monkeypatch.setenv(f"QORGAN_DSN_{name.upper()}", f"postgresql://elsewhere/{name}")
    monkeypatch.setenv("QORGAN_KAFKA", "elsewhere:9092")
    stack = Stack(tmp_path)
    assert stack.kafka == stack.environment()["QORGAN_KAFKA"] == "elsewhere:9092"
    assert stack.dsn("police_intake") == "postgresql://elsewhere/police_intake"
    with pytest.raises(Missing, match="outside"):
        _ = stack.admin_dsn


def test_one_dsn_alone_is_named_as_too_few(tmp_path, monkeypatch):
    monkeypatch.setenv("QORGAN_DSN_POLICE_INTAKE", "postgresql://elsewhere/police_intake")
    with pytest.raises(Missing, match="QORGAN_DSN_REFERRAL_ROUTER"):
        Stack(tmp_path)


@pytest.mark.stack       # waits out the client's patience
def test_a_broker_that_does_not_answer_is_named():
    with pytest.raises(Missing, match=r"127\.0\.0\.1:9"):
        topics.create("127.0.0.1:9")


@pytest.mark.stack
def test_up_on_an_outside_broker_and_database_starts_only_the_services_and_down_leaves_the_others_alone(stack, tmp_path):
    copy = whole_checkout(tmp_path / "copy")
    theirs = stack.environment()
    try:
        done = ask(copy, "up", **theirs)
        assert done.returncode == 0, done.stderr
        found = json.loads((copy / "var" / "endpoints.json").read_text())
        assert (found["kafka"], found["postgres"]) == (stack.kafka, {name: stack.dsn(name) for name in SERVICES})
        shown = ask(copy, "status", **theirs).stdout
        assert shown.count(", ready") == len(SERVICES) + 1 and shown.count("not running") == 2
        assert not (copy / "var" / "postgres-wheel").exists() and not (copy / "var" / "kafka").exists()
    finally:
        assert ask(copy, "down", **theirs).returncode == 0
    assert not left(copy) and stack.broker.is_ready() and stack.database.is_ready()
