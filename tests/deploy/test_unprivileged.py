"""Which PostgreSQL programs run, and as whom?"""

from __future__ import annotations

import pytest

from deploy.local import unprivileged
from deploy.local.faults import Missing


def test_a_missing_system_server_is_named_with_its_package(monkeypatch, tmp_path):
    monkeypatch.setattr(unprivileged, "SYSTEM", tmp_path)
    with pytest.raises(Missing, match="apt-get install postgresql-15"):
        unprivileged.programs("system")


def test_a_missing_wheel_is_named_with_its_mend(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(Missing, match="make setup"):
        unprivileged.programs("wheel")


def test_an_ordinary_user_needs_no_tricks(monkeypatch, tmp_path):
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert unprivileged.unprivileged(tmp_path / "elsewhere") == unprivileged.Unprivileged()


def test_root_without_namespaces_and_without_another_user_is_told_the_mend(monkeypatch, tmp_path):
    monkeypatch.setattr("os.geteuid", lambda: 0)
    with pytest.raises(Missing, match="ordinary user"):
        unprivileged.unprivileged(tmp_path / "nothing here")
