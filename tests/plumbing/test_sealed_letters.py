"""Do letters lie sealed, and is a service held up by one that cannot be opened? On a real PostgreSQL."""

import logging
from contextlib import closing

import pytest

from plumbing import dead_letters, recovery, vault
from plumbing.service import Heard, Origin
from plumbing.vault import ring
from tests import dumps, stores
from tests.plumbing.ledger import LEDGER

pytestmark = pytest.mark.stack
TEXT = "Канарейкина Зәуре".encode()


def letter(number, value=TEXT, cause="unknown-schema 9"):
    return Heard(None, f"m/{number}", f"life {number}", Origin("t", 0, number, number + 1, value), cause), cause, False


def test_a_letter_lies_sealed_comes_back_whole_and_leaves_no_key(database):
    """The bytes that could not be taken may hold anything: nobody reads them in the table."""
    with database.transaction() as tx:
        dead_letters.keep(tx, [letter(7)], tx.now())
        [kept] = dead_letters.lying(tx)
        assert kept.value == TEXT
        assert TEXT not in bytes(tx.rows("SELECT value FROM dead_letters")[0][0])
        assert dead_letters.redriven(tx, kept.letter_id, tx.now()) and not dead_letters.redriven(tx, kept.letter_id, tx.now())
        assert tx.rows("SELECT value FROM dead_letters")[0][0].tobytes() == b""
        assert ring.known(tx, ["letter/t/0/7"]) == {"letter/t/0/7": ("", None)}


@pytest.fixture
def backup(stack, tmp_path):
    """backup(dsn) → what restores it, as deploy/README.md says."""

    def made(dsn):
        dumps.dump(stores.admin_of(dsn), tmp_path / "before.sql", *dumps.WITHOUT_KEYS)
        return lambda: dumps.restored(stack, tmp_path / "before.sql")

    return made


def test_after_a_restore_a_service_starts_though_a_letter_was_redriven_since_the_backup(step, dsn, backup, caplog):
    """In the documented order: the backup, later the copy of the keys. What was taken in between opens no more."""
    with step.database.transaction() as tx:
        dead_letters.keep(tx, [letter(1), letter(2), letter(3)], tx.now())
    restore = backup(dsn)
    with step.database.transaction() as tx:
        first, second, _ = dead_letters.lying(tx)
        assert dead_letters.redriven(tx, first.letter_id, tx.now())
        vault.here().drop(tx, ["letter/t/0/2"])  # as a service of before did
        rows, present = ring.everything(tx), ring.wrapping(tx)
    restored = stores.pinned_step(LEDGER, restore())
    with closing(restored.database), caplog.at_level(logging.WARNING):
        with restored.database.transaction() as tx:
            ring.bring(tx, present, rows)
        assert recovery.redrive_known_schemas(restored) == 0
        assert [one.getMessage() for one in caplog.records] == ["2 letters cannot be opened, and wait: bring back the copy of the keys"]
        with restored.database.transaction() as tx:
            assert [one.value for one in dead_letters.lying(tx)] == [b"", b"", TEXT]
        assert recovery.redrive(restored, second.key)[0] == 0


def test_a_message_set_aside_again_after_a_restore_is_kept_again(database):
    """Kafka is read from where the backup stood: the same message comes under a key that was destroyed since."""
    with database.transaction() as tx:
        dead_letters.keep(tx, [letter(7)], tx.now())
        [first] = dead_letters.lying(tx)
        dead_letters.redriven(tx, first.letter_id, tx.now())
        tx.run("DELETE FROM dead_letters")
        dead_letters.keep(tx, [letter(7)], tx.now())
        assert [one.value for one in dead_letters.lying(tx)] == [TEXT]
