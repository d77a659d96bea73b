"""Is the end of the audit signed whatever stands in the way, and does nobody who reports wait for it?"""

from __future__ import annotations

import json
import secrets
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace

import pytest

from plumbing import metrics
from plumbing.audit import heads
from plumbing.audit.verbs import audit
from plumbing.audit.watching import Watch
from plumbing.postgres import Database
from services.police_intake.wiring import SERVICE
from tests.audit.test_in_the_database import add

pytestmark = pytest.mark.stack


def signed_at():
    return metrics.AUDIT_SIGNED_AT.labels("police_intake")._value.get()


def test_who_reports_is_heard_though_the_signed_end_cannot_be_written_and_it_is_tried_again(settings, database, tmp_path, caplog):
    blocked = replace(settings, audit_heads=str(tmp_path / "file" / "heads"), audit_every=0.0)
    (tmp_path / "file").write_text("no folder")
    add(settings.dsn, 1)
    watch, since = Watch(blocked, database), signed_at()
    watch.tick()
    watch.sign()
    assert "the end of the audit could not be signed" in caplog.text and signed_at() == since
    (tmp_path / "file").unlink()
    watch.tick()
    assert len(heads.place(blocked).read_text().splitlines()) == 1 and signed_at() > since


def test_a_quiet_audit_is_seen_to_be_signed(settings, database):
    add(settings.dsn, 1)
    watch = Watch(settings, database)
    watch.sign()
    first = signed_at()
    watch.sign()
    assert signed_at() > first and len(heads.place(settings).read_text().splitlines()) == 1


def test_a_line_that_was_torn_off_takes_no_other_with_it(settings, database, capsys):
    add(settings.dsn, 1)
    watch = Watch(settings, database)
    watch.sign()
    with heads.place(settings).open("a") as file:
        file.write('{"service": "police_in')
    add(settings.dsn, 1)
    watch.sign()
    assert audit(SERVICE, settings, ["verify"]) == 0
    assert json.loads(capsys.readouterr().out)["signed_heads"] == 2


def test_a_line_for_which_there_is_no_room_is_written_again(settings, database, monkeypatch):
    add(settings.dsn, 1)
    watch, write = Watch(settings, database), heads.os.write
    monkeypatch.setattr(heads.os, "write", lambda file, raw: write(file, raw[:9]))
    watch.sign()
    monkeypatch.undo()
    watch.sign()
    found, wrong = heads.read(heads.place(settings), "police_intake", [heads.signer(settings).verify_key])
    assert ([head.sequence for head in found], wrong) == ([1], [])


def test_workers_that_sign_at_once_never_write_an_older_end_after_a_newer_one(settings):
    def work(_):
        with closing(Database(settings.dsn, "tests")) as database:
            watch = Watch(settings, database)
            for _ in range(8):
                add(settings.dsn, 1)
                watch.sign()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(work, range(3)))
    assert audit(SERVICE, settings, ["verify"]) == 0


def test_after_the_key_was_changed_the_ends_signed_with_the_old_one_still_count(settings, database, tmp_path, capsys):
    add(settings.dsn, 1)
    Watch(settings, database).sign()
    old = heads.signer(settings).verify_key.encode().hex()
    (tmp_path / "key").write_text(secrets.token_hex(32))
    add(settings.dsn, 1)
    Watch(settings, database).sign()
    new = heads.signer(settings).verify_key.encode().hex()
    assert audit(SERVICE, settings, ["verify"]) == 1
    assert audit(SERVICE, settings, ["verify", "--public-key", old, "--public-key", new]) == 0
