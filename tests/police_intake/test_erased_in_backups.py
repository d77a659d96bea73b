"""Does a backup made before an erasure give nothing of her back, with the keys of today in hand? With a real pg_dump."""

from contextlib import closing
from pathlib import Path

import pytest

from plumbing import vault
from plumbing.postgres import Database
from plumbing.vault import ring
from plumbing.vault.rotating import destroy_old, rotate
from services.police_intake import sealed
from tests import dumps, stores
from tests.police_intake import opened
from tests.police_intake.erasing_day import HERS, erased
from tests.police_intake.intake import ANOTHER_IIN, HER_IIN

pytestmark = pytest.mark.stack


def test_a_backup_made_before_gives_nothing_of_her_back(told, stack, tmp_path):
    """Restored with the newest copy of the keys, all others open again, and she does not."""
    day, her, _, _ = told
    text = dumps.dump(stores.admin_of(day.dsn), tmp_path / "before.sql", *dumps.WITHOUT_KEYS)
    assert not [secret for secret in HERS if secret.encode() in text]
    erased(day, her)
    dsn = dumps.restored(stack, tmp_path / "before.sql")
    with pytest.raises(ValueError, match="bring back the copy"):
        opened.everything(dsn)
    rows = day.look(ring.everything)
    present = day.look(ring.wrapping)
    opened.look(dsn, lambda tx: ring.bring(tx, present, rows))
    left = opened.everything(dsn)
    assert "Воробьёва" in left and not [secret for secret in HERS if secret in left]


def test_a_backup_made_before_still_tells_her_number_to_who_has_the_key_of_indexes(told, stack, tmp_path):
    """What is not mended yet: numbers are tried until an index of the old backup fits. Decision 0020 says so."""
    day, her, _, _ = told
    dumps.dump(stores.admin_of(day.dsn), tmp_path / "before.sql", *dumps.WITHOUT_KEYS)
    erased(day, her)
    dsn = dumps.restored(stack, tmp_path / "before.sql")
    tried = {sealed.iin_index(number): number for number in (ANOTHER_IIN, HER_IIN)}
    asked = f"SELECT iin_index FROM persons WHERE person_id = '{her}'"
    assert [tried[bytes(index)] for (index,) in stores.rows(dsn, asked)] == [HER_IIN]
    assert stores.rows(day.dsn, asked) == [(None,)]
    said = [Path(name).read_text("utf-8") for name in ("docs/decisions/0020-identity-lies-sealed-and-erasure-destroys-keys.md", "README.md", "docs/threats.md")]
    assert all("old dumps" in " ".join(text.lower().split()) and "index" in text for text in said)


def test_even_a_dump_with_all_keys_is_noise_once_the_old_wrapping_key_is_destroyed(told, stack, tmp_path):
    day, her, _, _ = told
    text = dumps.dump(stores.admin_of(day.dsn), tmp_path / "whole.sql")
    assert not [secret for secret in HERS if secret.encode() in text]
    erased(day, her)
    keys = vault.here().service
    with closing(Database(day.dsn, "tests")) as database:
        rotate(database, keys)
        assert destroy_old(database, keys)
    dsn = dumps.restored(stack, tmp_path / "whole.sql")
    with pytest.raises(ValueError, match="is not in"):
        opened.everything(dsn)
    assert "Воробьёва" in opened.everything(day.dsn)
