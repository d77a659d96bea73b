"""Do all data keys come under another wrapping key while the service works, and if the work is killed midway?"""

import json
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from plumbing import vault
from plumbing.postgres import Database
from plumbing.vault import ring
from plumbing.vault.rotating import destroy_old, rotate
from plumbing.vault.sealing import Vault
from tests import stores

pytestmark = pytest.mark.stack
CHECKOUT = Path(__file__).parents[2]
OWNERS = 3500


def pieces(count, start=0):
    return [(f"person/{n}", f"t/c/{n}", f"text {n}".encode()) for n in range(start, start + count)]


@pytest.fixture
def filled(database):
    """A database in which much lies sealed under the present key."""
    with database.transaction() as tx:
        sealed = vault.here().seal_many(tx, pieces(OWNERS))
    return sealed


def opens(database, sealed, start=0):
    asked = [(owner, place, one) for (owner, place, _), one in zip(pieces(len(sealed), start), sealed, strict=True)]
    with database.transaction() as tx:
        return vault.here().open_many(tx, asked) == [text for _, _, text in pieces(len(sealed), start)]


def used(database):
    with database.transaction() as tx:
        return ring.wrapping(tx), ring.in_use(tx)


def test_a_rotation_wraps_every_key_anew_and_everything_still_opens(database, filled):
    keys, (before, _) = vault.here().service, used(database)
    done = rotate(database, keys)
    assert done.rewrapped == OWNERS and used(database) == (done.key_id, {done.key_id: OWNERS}) and done.key_id != before
    assert opens(database, filled) and keys.has(before)
    assert before in destroy_old(database, keys) and not keys.has(before) and opens(database, filled)


def test_what_is_sealed_while_keys_are_rotated_opens_afterwards(database, dsn, filled):
    """A writer seals and opens in its own transactions until the rotation is over."""
    kept, failed, over = [], [], threading.Event()

    def work():
        with closing(Database(dsn, "writer")) as own:
            while not over.is_set():
                start = OWNERS + len(kept)
                with own.transaction() as tx:
                    new = vault.here().seal_many(tx, pieces(10, start))
                kept.extend(new)
                failed.extend([] if opens(own, filled[:200]) else [start])

    writer = threading.Thread(target=work)
    writer.start()
    try:
        for _ in range(3):
            rotate(database, vault.here().service)
    finally:
        over.set()
        writer.join()
    destroy_old(database, vault.here().service)
    assert not failed and kept and opens(database, filled) and opens(database, kept, OWNERS)
    assert list(used(database)[1]) == [used(database)[0]]


class Ending:
    """A key service whose old keys are ended between the reader's look into the table and its first unwrapping."""

    def __init__(self, keys, end):
        self._keys, self._end = keys, end

    def __getattr__(self, name):
        return getattr(self._keys, name)

    def unwrap(self, key_id, items):
        end, self._end = self._end, lambda: None
        end()
        return self._keys.unwrap(key_id, items)


def test_who_reads_while_old_keys_are_ended_still_finds_everybody(database, dsn, filled):
    keys = vault.here().service

    def end():
        with closing(Database(dsn, "another")) as own:
            rotate(own, keys)
            assert destroy_old(own, keys)

    reader = Vault(Ending(keys, end))
    (owner, place, text), sealed = pieces(1)[0], filled[0]
    with database.transaction() as tx:
        assert reader.open_many(tx, [(owner, place, sealed)]) == [text]


def test_a_rotation_waits_for_who_seals_for_long_and_leaves_no_key_that_nobody_uses(database, dsn, filled):
    """A writer holds the present key for longer than a lock is waited for."""
    keys = vault.here().service
    writing, done = threading.Event(), []

    def write():
        with closing(Database(dsn, "writer")) as own, own.transaction() as tx:
            vault.here().seal_many(tx, pieces(1, OWNERS))
            writing.set()
            time.sleep(4)
            done.extend(tx.rows("SELECT 1"))

    writer = threading.Thread(target=write)
    writer.start()
    writing.wait()
    before = set(keys.all())
    rotated = rotate(database, keys)
    writer.join()
    assert done and set(keys.all()) - before == {rotated.key_id} and opens(database, filled)


class Slow:
    """A key service that is asked for all its keys while somebody else begins a rotation."""

    def __init__(self, keys, meanwhile):
        self._keys, self._meanwhile = keys, meanwhile

    def __getattr__(self, name):
        return getattr(self._keys, name)

    def all(self):
        self._meanwhile.start()
        self._meanwhile.join(1)
        return self._keys.all()


def test_a_wrapping_key_made_while_old_ones_are_ended_is_not_ended_with_them(database, dsn, filled):
    """Two people order a rotation at the same moment: what is sealed opens afterwards."""
    keys = vault.here().service

    def rotate_too():
        with closing(Database(dsn, "another")) as own:
            rotate(own, keys)

    another = threading.Thread(target=rotate_too)
    destroy_old(database, Slow(keys, another))
    another.join()
    assert keys.has(used(database)[0]) and opens(database, filled)


def test_a_rotation_killed_midway_goes_on_where_it_stopped(database, dsn, filled):
    environment = {
        "PATH": "", "QORGAN_KAFKA": "127.0.0.1:1", "QORGAN_DSN_SOCIAL_REGISTRY": dsn, "QORGAN_KEYS": str(stores.keys_folder()),
    }
    command = [sys.executable, "-m", "services.social_registry", "rotate-keys"]
    killed = subprocess.run(command, cwd=CHECKOUT, env={**environment, "QORGAN_MARK": "while_rewrapping=kill@2"}, capture_output=True, text=True, timeout=120)
    assert killed.returncode == -9, killed
    present, counts = used(database)
    assert 0 < counts[present] < OWNERS and len(counts) == 2 and opens(database, filled)
    done = subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, timeout=120)
    told = json.loads(done.stdout.splitlines()[-1])
    assert told == {"key": present, "rewrapped": OWNERS - counts[present], "resumed": True, "destroyed": 0}
    assert used(database) == (present, {present: OWNERS}) and opens(database, filled)
