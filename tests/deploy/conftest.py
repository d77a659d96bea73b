"""What do the tests of the local stack share?"""

from __future__ import annotations

import os

import pytest

from deploy.local.roles import SERVICES
from deploy.local.stack import Stack

POSTGRES = os.environ.get("QORGAN_TEST_POSTGRES", "wheel")


@pytest.fixture(autouse=True)
def nothing_outside(monkeypatch):
    for name in ("QORGAN_KAFKA", *(f"QORGAN_DSN_{service.upper()}" for service in SERVICES)):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    one = Stack(tmp_path_factory.mktemp("қорған stack"), POSTGRES)
    one.start()
    yield one
    one.stop()
