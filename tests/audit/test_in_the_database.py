"""Does `audit verify` find what a superuser did, whoever appends at once or dies between, and does it answer who looked?"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg2
import pytest

from plumbing.audit import heads, store
from plumbing.audit.chain import Head, verify
from plumbing.audit.verbs import audit
from plumbing.audit.watching import Watch
from plumbing.postgres import Database
from plumbing.settings import MissingSetting
from services.police_intake.wiring import SERVICE
from tests import stores
from tests.audit.making import draft

pytestmark = pytest.mark.stack
ROWS = 40


def add(dsn, number, at_once=1):
    """So many transactions, each with a few rows."""
    with closing(Database(dsn, "tests")) as database:
        for turn in range(number):
            with database.transaction() as tx:
                store.append(tx, [draft(turn * at_once + one) for one in range(at_once)])


def as_superuser(dsn, *orders):
    """What a database administrator can do, triggers or not."""
    stack = stores.shared_stack()
    superuser = stack.database.dsn("postgres", dsn.rpartition("/")[2])
    with closing(psycopg2.connect(superuser)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for order in orders:
            cursor.execute(order)


@pytest.fixture
def kept(settings, database):
    """An audit with rows, whose end was signed twice."""
    watch = Watch(settings, database)
    for _ in range(2):
        add(settings.dsn, ROWS // 4, 2)
        watch.sign()
    return settings


def test_an_audit_nobody_touched_is_said_to_be_whole(kept, capsys):
    assert audit(SERVICE, kept, ["verify"]) == 0
    assert json.loads(capsys.readouterr().out) == {"service": "police_intake", "rows": ROWS, "signed_heads": 2, "wrong": 0}


@pytest.mark.parametrize(("orders", "told"), [
    (["UPDATE audit SET name = 'another' WHERE sequence = 7"], "row 7 was changed after it was written"),
    (["UPDATE audit SET fields = '{}' WHERE sequence = 7"], "row 7 was changed after it was written"),
    (["UPDATE audit SET at = at + interval '1 microsecond' WHERE sequence = 40"], "row 40 was changed after it was written"),
    (["DELETE FROM audit WHERE sequence = 7"], "rows 7 to 7 are missing"),
    (["DELETE FROM audit WHERE sequence > 38"], "row 40, signed "),
    (["DELETE FROM audit WHERE sequence > 38", "UPDATE audit_head SET (sequence, hash) ="
      " (SELECT sequence, hash FROM audit ORDER BY 1 DESC LIMIT 1)"], "row 40, signed "),
    (["ALTER TABLE audit DROP CONSTRAINT audit_pkey", "INSERT INTO audit SELECT * FROM audit WHERE sequence = 7"],
     "row 7 stands again after row 7"),
    (["UPDATE audit SET sequence = -1 WHERE sequence = 7", "UPDATE audit SET sequence = 7 WHERE sequence = 8",
      "UPDATE audit SET sequence = 8 WHERE sequence = -1"], "row 7 was changed after it was written"),
    (["TRUNCATE audit"], "row 20, signed "),
])
def test_what_a_superuser_did_is_found_and_the_row_is_named(kept, capsys, orders, told):
    as_superuser(kept.dsn, *orders)
    assert audit(SERVICE, kept, ["verify"]) == 1
    assert f"police_intake: {told}" in capsys.readouterr().err


@pytest.mark.parametrize("orders", [
    ["ALTER TABLE audit DROP CONSTRAINT audit_pkey", "INSERT INTO audit SELECT * FROM audit WHERE sequence = 10"],
    ["INSERT INTO audit (sequence, at, subject, role, name, region, station, facility, action, kind, object_id, purpose, fields,"
     " request_id, previous, hash) SELECT -7, at, subject, role, name, region, station, facility, action, kind, object_id, purpose,"
     " fields, request_id, previous, hash FROM audit WHERE sequence = 7"],
])
def test_a_row_that_lies_where_nobody_walks_by_is_found(kept, capsys, monkeypatch, orders):
    monkeypatch.setattr("plumbing.audit.verbs.READ_AT_ONCE", 10)
    as_superuser(kept.dsn, *orders)
    assert audit(SERVICE, kept, ["verify"]) == 1
    assert "41 rows lie in the audit, and 40 follow each other" in capsys.readouterr().err


def test_a_whole_audit_written_anew_is_belied_by_what_was_signed(kept, database, capsys):
    as_superuser(kept.dsn, "TRUNCATE audit", "UPDATE audit_head SET sequence = 0, hash = decode(repeat('00', 32), 'hex')")
    add(kept.dsn, ROWS // 4, 4)
    assert audit(SERVICE, kept, ["verify"]) == 1
    assert "everything up to it was written anew" in capsys.readouterr().err


def test_a_signed_head_that_was_forged_or_left_out_is_told(kept, capsys):
    file = heads.place(kept)
    first, second = file.read_text().splitlines(keepends=True)
    file.write_text(first.replace('"sequence": 20', '"sequence": 19') + second)
    assert audit(SERVICE, kept, ["verify"]) == 1
    assert "is not signed with the key of this audit" in capsys.readouterr().err
    file.write_text(second + first)
    assert audit(SERVICE, kept, ["verify"]) == 1 and "goes back" in capsys.readouterr().err
    file.unlink()
    assert audit(SERVICE, kept, ["verify"]) == 1 and "holds no signed head" in capsys.readouterr().err


def test_a_key_that_others_may_read_stops_the_start_in_one_sentence(settings, tmp_path):
    (tmp_path / "key").chmod(0o644)
    with pytest.raises(MissingSetting, match=r"may be read by others: chmod 600"):
        heads.signer(settings)


def test_sessions_that_append_at_once_make_one_chain_and_wait_for_each_other(settings, database):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: add(settings.dsn, 25, 3), range(4)))
    with database.transaction() as tx:
        rows = store.rows_from(tx, -1, 1000)
        assert len(rows) == 300 and verify(rows, [], store.head(tx)) == []


APPENDING = """
import sys
from contextlib import closing
from tests.audit.test_in_the_database import add
print("begun", flush=True)
while True:
    add(sys.argv[1], 50, 2)
"""


def test_whoever_is_killed_between_leaves_a_whole_chain(settings, database):
    for pause in (0.05, 0.2, 0.35):
        child = subprocess.Popen([sys.executable, "-c", APPENDING, settings.dsn], stdout=subprocess.PIPE)
        assert child.stdout.readline() == b"begun\n"
        time.sleep(pause)
        child.send_signal(signal.SIGKILL)
        child.wait()
    add(settings.dsn, 1)
    with database.transaction() as tx:
        rows = store.rows_from(tx, -1, 100_000)
        assert len(rows) > 10 and verify(rows, [], store.head(tx)) == []


def test_a_transaction_that_is_rolled_back_leaves_no_gap(settings, database):
    add(settings.dsn, 1)
    with pytest.raises(ZeroDivisionError), database.transaction() as tx:
        store.append(tx, [draft(1)])
        _ = 1 / 0
    add(settings.dsn, 1)
    with database.transaction() as tx:
        assert store.head(tx).sequence == 2


def test_signed_ends_are_written_only_when_something_came(settings, database):
    watch = Watch(settings, database)
    add(settings.dsn, 1)
    for _ in range(3):
        watch.sign()
    key = heads.signer(settings).verify_key
    found, wrong = heads.read(heads.place(settings), "police_intake", [key])
    assert (len(found), wrong, found[0].sequence) == (1, [], 1)
    assert heads.place(settings).stat().st_mode & 0o777 == 0o600


def test_a_head_of_nothing_is_the_beginning_of_every_chain(settings, database):
    with database.transaction() as tx:
        assert store.head(tx) == Head(0, bytes(32))
