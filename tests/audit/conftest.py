"""What do the tests of the audit share? Police intake on a database of its own, with one report in it."""

from __future__ import annotations

import secrets
from contextlib import closing

import pytest
from starlette.testclient import TestClient

from plumbing.audit import page
from plumbing.pages import Desk
from plumbing.postgres import Database
from plumbing.serving import application
from plumbing.settings import Settings
from plumbing.step import Step
from services.police_intake.wiring import SERVICE
from tests import stores
from tests.audit import bodies


@pytest.fixture
def settings(stack, tmp_path):
    dsn = stores.fresh_database(SERVICE)
    key = tmp_path / "key"
    key.write_text(secrets.token_hex(32))
    key.chmod(0o600)
    return Settings("police_intake", "127.0.0.1:1", dsn, dsn_desk=stores.desk_of(dsn), audit_key=str(key),
                    audit_heads=str(tmp_path / "heads"), tick=0.05)


@pytest.fixture
def desk(settings):
    return Desk(SERVICE, settings, lambda part: Step(SERVICE, Database(settings.dsn, part)))


@pytest.fixture
def door(desk):
    app = application(desk)
    page.add(app, desk)
    return TestClient(app, raise_server_exceptions=False, headers={"Accept-Language": "en"})


@pytest.fixture
def report_id(door):
    answer = door.post("/reports", json=bodies.report(1))
    assert answer.status_code == 201, answer.text
    return answer.json()["report_id"]


@pytest.fixture
def database(settings):
    with closing(Database(settings.dsn, "tests")) as one:
        yield one
