"""Is an outside broker or database taken as it is?"""

from __future__ import annotations

import pytest

from deploy.local import topics
from deploy.local.faults import Missing
from deploy.local.roles import SERVICES
from deploy.local.stack import Stack


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
