"""Is every jar exactly the file in the lock, whatever lies in the cache or comes over the network?"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from deploy.local import jars
from deploy.local.faults import Missing

GOOD = b"the true jar"
COORDINATE = "org.example:thing:1.0"


class FakeMaven:
    """Gives the same bytes for every coordinate, and counts."""

    def __init__(self, monkeypatch, content: bytes = GOOD):
        self.content, self.fetched = content, 0
        monkeypatch.setattr("jgo.maven.MavenContext", self)

    def __call__(self, repo_cache: Path, timeout: int):
        self.scratch = repo_cache
        return self

    def create_dependency(self, coordinate: str):
        self.artifact = self
        return self

    def resolve(self) -> Path:
        self.fetched += 1
        file = self.scratch / "thing.jar"
        file.write_bytes(self.content)
        return file


@pytest.fixture
def lock(tmp_path):
    file = tmp_path / "jars.lock"
    file.write_text(f"{COORDINATE} {hashlib.sha256(GOOD).hexdigest()}\n")
    return file


def test_a_jar_is_fetched_once(tmp_path, lock, monkeypatch):
    maven = FakeMaven(monkeypatch)
    first, again = jars.jars(tmp_path, lock), jars.jars(tmp_path, lock)
    assert first == again and [file.read_bytes() for file in first] == [GOOD]
    assert maven.fetched == 1


def test_a_truncated_jar_is_fetched_again(tmp_path, lock, monkeypatch):
    maven = FakeMaven(monkeypatch)
    jar = jars.jars(tmp_path, lock)[0]
    jar.write_bytes(GOOD[:5])
    assert jars.jars(tmp_path, lock)[0].read_bytes() == GOOD
    assert maven.fetched == 2


def test_a_jar_with_another_hash_is_refused_and_not_kept(tmp_path, lock, monkeypatch):
    FakeMaven(monkeypatch, b"somebody else's jar")
    with pytest.raises(Missing, match="not the file in"):
        jars.jars(tmp_path, lock)
    assert not list(tmp_path.rglob("*.jar"))


def test_without_a_network_one_sentence_names_the_mend(tmp_path, lock, monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    with pytest.raises(Missing, match="check that the network"):
        jars.jars(tmp_path, lock)


def test_a_cache_that_cannot_be_written_is_named(tmp_path, lock):
    (tmp_path / "jars").write_text("a file where the folder should be")
    with pytest.raises(Missing, match="XDG_CACHE_HOME"):
        jars.jars(tmp_path, lock)


def test_the_lock_holds_a_hash_for_each_jar_and_no_address():
    lines = jars.LOCK.read_text().splitlines()
    assert len(lines) == 45 and lines == sorted(lines)
    assert all(len(line.split()) == 2 and len(line.split()[1]) == 64 and "/" not in line for line in lines)
