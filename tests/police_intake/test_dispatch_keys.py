"""Is a dispatch system always told a key that opens, and is nothing lost by one that is missing?"""

import pytest

from plumbing import recovery
from plumbing.service import Heard, Origin
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
    assert rows(desk, "SELECT cause LIKE '%NotOpenedYet%' FROM dead_letters") == [(True,)]
    monkeypatch.setenv(SETTING, str(tmp_path / "dispatch"))
    assert recovery.redrive(desk.step, "incident-3862") == (1, "")
    assert rows(desk, "SELECT verdict FROM incidents") == [("accepted",)]
