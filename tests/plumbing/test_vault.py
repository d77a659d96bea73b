"""Does what is sealed open only in its place, with its owner's key, while that key is there? On a real PostgreSQL."""

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from plumbing.postgres import Database
from plumbing.settings import MissingSetting
from plumbing.vault import Unopenable
from plumbing.vault.folder import FolderKeys
from plumbing.vault.opening import key_service
from plumbing.vault.outside import TOKEN_FILE
from plumbing.vault.port import KeyServiceAway
from plumbing.vault.rotating import destroy_old, rotate
from plumbing.vault.sealing import Vault
from tests import stores
from tests.plumbing.ledger import LEDGER

pytestmark = pytest.mark.stack
CHECKOUT = Path(__file__).parents[2]
TEXT = "Канарейкина Зәуре".encode()


def room(folder, name="outside"):
    (folder / name).mkdir(mode=0o700, exist_ok=True)
    return folder


def give_token(tmp_path, monkeypatch):
    path = tmp_path / "token"
    path.touch(0o600)
    path.write_text("a token\n")
    monkeypatch.setenv(TOKEN_FILE, str(path))
    return path


@pytest.fixture
def served(tmp_path):
    """A real little key service in a process of its own: (its address, the process)."""
    socket = room(tmp_path) / "keys.sock"
    command = [sys.executable, "-m", "tests.plumbing.key_server", str(tmp_path), str(socket), "a token"]
    process = subprocess.Popen(command, cwd=CHECKOUT)
    until = time.monotonic() + 60
    while not socket.exists():
        assert time.monotonic() < until and process.poll() is None
        time.sleep(0.05)
    yield f"unix://{socket}", process
    process.kill()
    process.wait()


@pytest.fixture(params=["folder", "outside"])
def vault(request, tmp_path, monkeypatch):
    """The same promises whoever keeps the wrapping keys."""
    if request.param == "folder":
        return Vault(FolderKeys(room(tmp_path), "outside"))
    give_token(tmp_path, monkeypatch)
    return Vault(key_service(request.getfixturevalue("served")[0], "outside"))


@pytest.fixture
def tx(database, vault):
    with database.transaction() as one:
        one.run("DELETE FROM vault.wrapping")
        vault.prepare(one)
        yield one


def test_what_was_sealed_opens_in_its_place_and_in_no_other(tx, vault):
    [one, same] = vault.seal_many(tx, [("person/a", "t/c/1", TEXT), ("person/a", "t/c/2", TEXT)])
    assert TEXT not in one and one != same
    assert vault.open_many(tx, [("person/a", "t/c/1", one), ("person/a", "t/c/2", None)]) == [TEXT, None]
    for owner, place, sealed in (("person/a", "t/c/2", one), ("person/a", "t/c/1", one[:-1] + bytes([one[-1] ^ 1])), ("person/a", "t/c/1", b"open")):
        with pytest.raises(Unopenable):
            vault.open_many(tx, [(owner, place, sealed)])


def test_a_key_of_one_owner_opens_nothing_of_anothers(tx, vault):
    """Whoever may write the table swaps the wrapped keys of two people: neither of them opens, with either's key."""
    sealed = vault.seal_many(tx, [("person/a", "t/c/1", TEXT), ("person/b", "t/c/2", TEXT)])
    asked = [("person/a", "t/c/1", sealed[0]), ("person/b", "t/c/2", sealed[1])]
    assert vault.open_many(tx, asked) == [TEXT, TEXT]
    tx.run("UPDATE vault.keys k SET wrapped = o.wrapped FROM vault.keys o WHERE k.owner LIKE 'person/%' AND o.owner LIKE 'person/%' AND k.owner <> o.owner")
    for one in (*asked, ("person/a", "t/c/2", sealed[1]), ("person/b", "t/c/1", sealed[0])):
        with pytest.raises(Unopenable, match=r"for this owner|no such key"):
            vault.open_many(tx, [one])


def test_a_key_that_was_destroyed_is_erased_and_never_made_anew(tx, vault):
    [one] = vault.seal_many(tx, [("person/a", "t/c/1", TEXT)])
    assert vault.destroy(tx, ["person/a", "person/unknown"], tx.now()) >= 1
    assert vault.open_many(tx, [("person/a", "t/c/1", one)]) == [None]
    assert vault.seal_many(tx, [("person/a", "t/c/1", TEXT), ("person/unknown", "t/c/2", TEXT)]) == [None, None]


def test_a_blind_index_is_equal_for_equal_texts_of_a_kind_and_for_nothing_else(tx, vault, tmp_path):
    assert vault.index("iin", "7") == vault.index("iin", "7") != vault.index("name", "7")
    other = FolderKeys(room(tmp_path, "another"), "another")
    other.make()
    assert Vault(other).index("iin", "7") != vault.index("iin", "7")


def test_a_key_whose_rows_are_gone_is_missed_and_not_taken_for_erased(tx, vault):
    [one] = vault.seal_many(tx, [("person/a", "t/c/1", TEXT)])
    vault.drop(tx, ["person/a"])
    with pytest.raises(Unopenable, match="bring back the copy of its keys"):
        vault.open_many(tx, [("person/a", "t/c/1", one)])


def test_a_database_whose_wrapping_key_is_elsewhere_refuses_to_start(tx, tmp_path):
    stranger = Vault(FolderKeys(room(tmp_path, "stranger"), "stranger"))
    with pytest.raises(MissingSetting, match="bring it back"):
        stranger.prepare(tx)


@pytest.mark.parametrize(("spoil", "mend"), [
    (lambda place: place.chmod(0o750), "chmod 700"), (lambda place: next(place.glob("k-*")).chmod(0o640), "chmod 600"),
    (lambda place: (place / "index.key").chmod(0o604), "chmod 600"), (lambda place: place.rename(place.with_name("gone")), "install -d -m 700"),
], ids=["folder", "key", "index", "missing"])
def test_keys_that_others_may_read_are_refused_in_one_sentence(tmp_path, spoil, mend):
    FolderKeys(room(tmp_path), "outside").make()
    spoil(tmp_path / "outside")
    with pytest.raises(MissingSetting, match=mend):
        FolderKeys(tmp_path, "outside")


@pytest.mark.parametrize("address", ["http://keys.example", "http://10.1.2.3:8200/qorgan"])
def test_keys_never_cross_a_network_in_the_open(address):
    with pytest.raises(MissingSetting, match="https://"):
        key_service(address, "outside")
    assert key_service("https://keys.example", "outside") and key_service("http://127.0.0.1:8200", "outside")


def test_a_token_that_others_may_read_is_refused_in_one_sentence(tmp_path, monkeypatch):
    give_token(tmp_path, monkeypatch).chmod(0o640)
    with pytest.raises(MissingSetting, match="chmod 600"):
        key_service("https://keys.example", "outside")


def test_an_index_key_that_is_lost_is_never_made_anew(tmp_path):
    keys = FolderKeys(room(tmp_path), "outside")
    keys.make()
    (tmp_path / "outside" / "index.key").unlink()
    keys.make()
    with pytest.raises(MissingSetting, match="bring it back"):
        keys.index_key()


def test_an_outside_service_that_is_away_is_waited_for_and_a_wrong_token_is_told(served, tmp_path, monkeypatch):
    address, process = served
    with pytest.raises(MissingSetting, match=TOKEN_FILE):
        key_service(address, "outside").newest()
    give_token(tmp_path, monkeypatch)
    keys = key_service(address, "outside")
    keys.make()
    process.kill()
    process.wait()
    with pytest.raises(KeyServiceAway):
        keys.newest()


def test_a_service_that_ends_its_old_keys_ends_nobody_elses(served, database, tmp_path, monkeypatch):
    """Two services at one outside key service: the second one's report opens after the first one ended its old keys."""
    give_token(tmp_path, monkeypatch)
    first, second = (Vault(key_service(served[0], name)) for name in ("outside", "another"))
    room(tmp_path, "another")
    with database.transaction() as tx:
        tx.run("DELETE FROM vault.wrapping")
        second.prepare(tx)
        [sealed] = second.seal_many(tx, [("person/a", "t/c/1", TEXT)])
    with closing(Database(stores.fresh_database(LEDGER), "tests")) as other:
        with other.transaction() as tx:
            tx.run("DELETE FROM vault.wrapping")
            first.prepare(tx)
        rotate(other, first.service)
        assert len(destroy_old(other, first.service)) == 1
    assert first.index("iin", "7") != second.index("iin", "7")
    with database.transaction() as tx:
        assert second.open_many(tx, [("person/a", "t/c/1", sealed)]) == [TEXT]


def test_keys_and_nonces_come_from_chance_when_nobody_pins_them(tmp_path, dsn):
    vault = Vault(FolderKeys(room(tmp_path), "outside"))
    with closing(Database(dsn, "tests")) as database, database.transaction() as tx:
        tx.run("DELETE FROM vault.wrapping")
        vault.prepare(tx)
        piece = ("person/a", "t/c/1", TEXT)
        assert len({*vault.seal_many(tx, [piece] * 50), *vault.seal_many(tx, [piece] * 50)}) == 100
    stores.use_keys()
