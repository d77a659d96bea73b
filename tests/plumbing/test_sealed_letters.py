"""Do letters lie sealed, and is a service held up by one that cannot be opened? On a real PostgreSQL."""

import pytest

from plumbing import dead_letters
from plumbing.service import Heard, Origin
from plumbing.vault import ring

pytestmark = pytest.mark.stack
TEXT = "Канарейкина Зәуре".encode()


def test_a_letter_lies_sealed_comes_back_whole_and_leaves_no_key(database):
    """The bytes that could not be taken may hold anything: nobody reads them in the table."""
    heard = Heard(None, "m/1", "a life", Origin("t", 0, 7, 8, TEXT), "why")
    with database.transaction() as tx:
        dead_letters.keep(tx, [(heard, "why", False)], tx.now())
        [letter] = dead_letters.lying(tx)
        assert letter.value == TEXT
        assert TEXT not in bytes(tx.rows("SELECT value FROM dead_letters")[0][0])
        assert dead_letters.redriven(tx, letter.letter_id, tx.now()) and not dead_letters.redriven(tx, letter.letter_id, tx.now())
        assert tx.rows("SELECT value FROM dead_letters")[0][0].tobytes() == b""
        assert ring.known(tx, ["letter/t/0/7"]) == {}
