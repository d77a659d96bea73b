"""What becomes of the files that appear in a watched folder, whole, growing, strange or unreadable?"""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from deploy.local.services import CHECKOUT
from plumbing.postgres import Database
from plumbing.step import Step
from services.police_intake.journal import file as journal_file
from services.police_intake.journal.record import read_row
from services.police_intake.source_files import destroy_old
from services.police_intake.taking import Taking
from services.police_intake.watched import Watched
from services.police_intake.wiring import SERVICE
from tests import stores

pytestmark = pytest.mark.stack
JOURNAL = Path(__file__).parent / "journals" / "journal_utf8.csv"
RECORDS = 65


@pytest.fixture
def watched(stack, tmp_path):
    with closing(Database(stores.fresh_database(SERVICE), "tests")) as database:
        yield Watched(Taking(Step(SERVICE, database), read_row).take, tmp_path)


def called(content):
    """By the hash of what stands in it: a file's own name may be a person's."""
    return sha256(content).hexdigest()[:16] + ".csv"


def names(folder):
    return sorted(path.name.partition("-")[2] for path in folder.glob("*")) if folder.exists() else []


def test_a_growing_file_waits_until_it_is_whole_and_is_then_moved_to_done(watched, tmp_path):
    content = JOURNAL.read_bytes()
    for end in (0, len(content) // 2, len(content)):
        (tmp_path / "a.csv").write_bytes(content[:end])
        watched.look()
        assert not (tmp_path / "done").exists()
    watched.look()
    assert names(tmp_path / "done") == [called(JOURNAL.read_bytes())] and not (tmp_path / "a.csv").exists()
    [verdicts] = (tmp_path / "verdicts").glob("*.jsonl")
    assert [json.loads(line)["record"] for line in verdicts.read_text("utf-8").splitlines()] == list(range(1, RECORDS + 1))


def test_an_unreadable_journal_lies_for_its_days_however_old_it_came(watched, tmp_path):
    """An officer copied last year's journal with its time: it can still be mended tomorrow."""
    (tmp_path / "old.csv").write_bytes(b"not a journal at all")
    os.utime(tmp_path / "old.csv", (0, 0))
    for _ in range(2):
        watched.look()
    [kept] = (tmp_path / "unreadable").iterdir()
    assert destroy_old(tmp_path / "unreadable", 1, time.time()) == [] and kept.exists()


def test_an_empty_file_is_left_for_whoever_is_about_to_fill_it(watched, tmp_path):
    (tmp_path / "a.csv").touch()
    for _ in range(3):
        watched.look()
    assert (tmp_path / "a.csv").exists() and not (tmp_path / "unreadable").exists()


def test_what_is_no_journal_or_too_large_is_put_aside_and_told_in_one_sentence(watched, tmp_path, capsys, monkeypatch):
    (tmp_path / "photo.csv").write_bytes(b"\x89PNG" + bytes(100))
    monkeypatch.setattr(journal_file, "FILE_BYTES_MAX", 1000)
    (tmp_path / "huge.csv").write_bytes(b"x" * 1001)
    watched.look(), watched.look()
    assert names(tmp_path / "unreadable") == sorted([called(b"x" * 1001), called(b"\x89PNG" + bytes(100))])
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 2 and "larger than" in told[0] and "a picture" in told[1]


def test_a_file_written_on_during_its_import_is_not_moved_away(watched, tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_bytes(JOURNAL.read_bytes())
    whole = watched._import

    def take(*words):
        try:
            return whole(*words)
        finally:
            with path.open("ab") as more:
                more.write(b"\n")

    monkeypatch.setattr(watched, "_import", take)
    watched.look(), watched.look()
    assert path.exists() and names(tmp_path / "done") == []


def test_a_file_or_folder_that_cannot_be_read_is_told_once_and_does_not_end_the_watch(watched, tmp_path, capsys, monkeypatch):
    (tmp_path / "a.csv").write_bytes(JOURNAL.read_bytes())
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
    for _ in range(4):
        watched.look()
    assert capsys.readouterr().err.count("Permission denied") == 1
    monkeypatch.setattr(Path, "read_bytes", read)
    watched.look()
    assert names(tmp_path / "done") == [called(JOURNAL.read_bytes())]
    watched._folder = tmp_path / "gone"
    watched.look(), watched.look()
    assert capsys.readouterr().err.count("No such file or directory") == 1


@pytest.fixture
def dsn(stack):
    return stores.fresh_database(SERVICE)


def started(dsn, *words):
    environment = {**os.environ, "QORGAN_KAFKA": "nowhere:1", "QORGAN_DSN_POLICE_INTAKE": dsn, "PYTHONUNBUFFERED": "1",
                   "QORGAN_KEYS": str(stores.keys_folder())}
    command = [sys.executable, "-m", "services.police_intake", "import", *map(str, words)]
    return subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_the_watch_takes_a_file_and_a_polite_end_ends_it_with_code_zero(dsn, tmp_path):
    watching = started(dsn, "--watch", tmp_path)
    assert "watching" in next(line for line in watching.stderr if "_DESK" not in line)  # no desk was given: said first
    (tmp_path / "a.csv").write_bytes(JOURNAL.read_bytes())
    assert "65 records" in watching.stdout.readline()
    watching.send_signal(signal.SIGTERM)
    assert watching.wait(10) == 0
    watching.communicate()


def test_a_folder_that_is_not_there_is_one_sentence(dsn, tmp_path):
    watching = started(dsn, "--watch", tmp_path / "nowhere")
    _, told = watching.communicate(timeout=30)
    told = [line for line in told.splitlines() if "_DESK" not in line]
    assert watching.returncode == 1 and len(told) == 1 and "is no folder" in told[0]
