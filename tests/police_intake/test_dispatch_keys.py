"""Is a dispatch system always told a key that opens, and is nothing lost by one that is missing?"""

import os

import pytest

from plumbing import dead_letters, recovery
from plumbing.catalogue import catalogue
from plumbing.sealing import Unopenable, unseal
from plumbing.service import Heard, Origin
from services.police_intake.dispatch import ending
from services.police_intake.dispatch.ending import new_dispatch_key
from services.police_intake.dispatch.incident import IncidentReported
from services.police_intake.dispatch.keys import SETTING, NoDispatchKey, add_key, published, read_keys
from services.police_intake.wiring import SERVICE
from tests.police_intake.incidents import hear, incident, publish, rows, said, told

pytestmark = pytest.mark.stack


def test_unknown_incidents_and_a_missing_key_are_told_so(desk, door, key, monkeypatch):
    assert door.get("/incidents/never-heard-of").status_code == 404
    assert door.get("/dispatch-key").json()["key_id"] == key["key_id"]
    monkeypatch.delenv(SETTING)
    assert door.get("/dispatch-key").status_code == 503


def test_a_new_key_is_published_and_the_old_one_still_opens(desk, door, key):
    before = said(incident(), key)
    assert add_key() == published(read_keys())["key_id"] != key["key_id"]
    hear(desk, before, said(incident("2"), published(read_keys())))
    assert [told(door, number)["verdict"] for number in ("3862", "2")] == ["accepted", "accepted"]


@pytest.fixture
def end_old_ones(desk, monkeypatch, capsys):
    """end_old_ones(messages that Kafka says are not read) → (exit code, what was told): a journey asks a real Kafka."""

    def end(unread=0):
        monkeypatch.setattr(ending, "unread", lambda *_: unread)
        return new_dispatch_key(SERVICE, desk.settings, ["--destroy-old"]), capsys.readouterr().err

    return end


def test_what_was_sealed_to_a_destroyed_key_opens_nowhere(desk, key, tmp_path, end_old_ones):
    """The topic keeps her name for years: it is noise once the key it was sealed to is gone from the disk."""
    before = said(incident(), key)
    hear(desk, before)
    private = (tmp_path / "dispatch").read_text("ascii").strip()
    os.link(tmp_path / "dispatch", tmp_path / "where the bytes lay")
    assert unseal(before.sealed, bytes.fromhex(private))["kui_number"] == "3862"
    newest = add_key()
    assert end_old_ones() == (0, "") and list(read_keys().by_id) == [newest]
    assert not [path for path in tmp_path.iterdir() if private in path.read_text("ascii")]
    for pair in read_keys().by_id.values():
        with pytest.raises(Unopenable):
            unseal(before.sealed, pair.private)
    hear(desk, said(incident("2"), published(read_keys())))
    assert rows(desk, "SELECT verdict FROM incidents") == [("accepted",), ("accepted",)]


def test_no_key_ends_before_all_that_is_sealed_to_it_was_read(desk, key, end_old_ones):
    assert end_old_ones() == (1, f"{ending.NONE_OLDER}\n")
    add_key()
    assert "3 messages" in end_old_ones(3)[1]
    origin = Origin(catalogue().topic_of(IncidentReported.event).name, 0, 1, 1, publish.value(incident(), key))
    with desk.step.database.transaction() as tx:
        dead_letters.keep(tx, [(Heard(None, "m", "incident-3862", origin, "why"), "why", False)], tx.now())
    assert "redrive them first" in end_old_ones()[1] and len(read_keys().by_id) == 2
    assert recovery.redrive(desk.step, "incident-3862") == (1, "") and end_old_ones() == (0, "")


def test_a_key_file_that_others_can_read_is_refused(tmp_path, key):
    (tmp_path / "dispatch").chmod(0o640)
    with pytest.raises(NoDispatchKey, match="can be read by others"):
        read_keys()


@pytest.mark.parametrize("text", ["", "no key\n", "abcd\n"])
def test_a_file_without_a_key_says_so(tmp_path, key, text):
    (tmp_path / "dispatch").write_text(text, "ascii")
    with pytest.raises(NoDispatchKey):
        read_keys()


def test_without_a_key_file_the_message_waits_and_is_taken_once_there_is_one(desk, key, tmp_path, monkeypatch):
    value = publish.value(incident(), key)
    monkeypatch.delenv(SETTING)
    with desk.step.database.transaction() as tx:
        tx.run("INSERT INTO inbox VALUES ('t', 0, 1, 0, 'a cluster', 'a topic')")
    message = desk.step.codec.decode(value, SERVICE.views)
    desk.step.run([Heard(message, "m", "incident-3862", Origin("t", 0, 1, 1, value))])
    assert rows(desk, "SELECT cause LIKE 'NotOpenedYet at services/police_intake/dispatch/deciding.py:%' FROM dead_letters") == [(True,)]
    monkeypatch.setenv(SETTING, str(tmp_path / "dispatch"))
    assert recovery.redrive(desk.step, "incident-3862") == (1, "")
    assert rows(desk, "SELECT verdict FROM incidents") == [("accepted",)]
