"""Can neither one record nor a database that is away keep a journal from being taken in?"""

import json
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from deploy.local import roles
from deploy.local.services import CHECKOUT
from plumbing.logs import Guarded
from plumbing.postgres import Database, Fault
from plumbing.step import Step
from services.police_intake import taking
from services.police_intake.journal.record import read_row
from services.police_intake.runs import ImportUnderWay
from services.police_intake.taking import Taking
from services.police_intake.wiring import SERVICE
from tests import stores

pytestmark = pytest.mark.stack
JOURNAL = Path(__file__).parent / "journals" / "journal_utf8.csv"
RECORDS = 65


@pytest.fixture
def dsn(stack):
    return stores.fresh_database(SERVICE)


@pytest.fixture
def step(dsn):
    with closing(Database(dsn, "tests")) as database:
        yield Step(SERVICE, database)


@contextmanager
def away(stack, dsn):
    name = dsn.rpartition("/")[2]
    with roles.superuser(stack.admin_dsn) as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        try:
            yield
        finally:
            cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


def test_one_record_that_cannot_be_kept_is_held_and_all_others_get_their_verdicts(step, tmp_path, monkeypatch, caplog):
    expected = Taking(step, read_row)
    run = step.run

    def refuse(batch, *more):
        if any(getattr(getattr(one.message, "record", None), "record", 0) == 7 and hasattr(one.message, "fields") for one in batch):
            raise ArithmeticError("Сейітова Зәуре")
        return run(batch, *more)

    monkeypatch.setattr(step, "run", refuse)
    counts = expected.take(JOURNAL, tmp_path / "out.jsonl")
    told = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert len(told) == counts["records"] == RECORDS and counts["accepted"] >= 58
    assert (told[6]["verdict"], told[6]["reason"]) == ("held", taking.NOT_KEPT)
    said = [Guarded("%(message)s").format(one) for one in caplog.records]
    assert said and "Сейітова" not in " ".join(said)  # a name in an error is told to no log


def test_a_letter_no_database_keeps_costs_only_its_own_record(step, tmp_path):
    def spoiled(row, *more):
        read = read_row(row, *more)
        if read.record == 7:
            read.content["narrative"] = "half a pair \ud800 and a NUL \0"
        return read

    Taking(step, spoiled).take(JOURNAL, tmp_path / "out.jsonl")
    told = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text("utf-8").splitlines()]
    assert len(told) == RECORDS and told[6]["verdict"] == "held"


def test_a_column_that_is_missing_is_no_records_fault(step, dsn):
    stores.rows(dsn, "ALTER TABLE persons RENAME COLUMN sealed TO gone; SELECT 1")
    with pytest.raises(Fault):
        Taking(step, read_row).take(JOURNAL)
    assert stores.rows(dsn, "SELECT count(*) FROM import_verdicts") == [(0,)]


def test_a_database_that_goes_away_midway_is_waited_for_with_one_line(step, dsn, monkeypatch, caplog):
    monkeypatch.setattr(taking, "BATCH", 10)
    caplog.set_level(logging.INFO)
    run, went = step.run, []

    def cut(batch, *more):
        if len(went) == 2:
            went.append("away")
            gone = threading.Thread(target=lambda: _away_for(stores.shared_stack(), dsn, 2.5), daemon=True)
            gone.start()
            time.sleep(0.5)
        went.append("batch")
        return run(batch, *more)

    monkeypatch.setattr(step, "run", cut)
    counts = Taking(step, read_row).take(JOURNAL)
    assert counts["records"] == RECORDS and counts["accepted"] == 60
    assert caplog.text.count("the import waits for its database") == 1
    assert stores.rows(dsn, "SELECT count(*) FROM import_runs") == [(1,)]


def _away_for(stack, dsn, seconds):
    with away(stack, dsn):
        time.sleep(seconds)


def test_two_imports_of_one_file_at_once_end_in_one_sentence_for_the_second(step, dsn, monkeypatch):
    began, go_on = threading.Event(), threading.Event()
    run = step.run

    def slow(batch, *more):
        began.set()
        go_on.wait(20)
        return run(batch, *more)

    monkeypatch.setattr(step, "run", slow)
    first = threading.Thread(target=lambda: Taking(step, read_row).take(JOURNAL))
    first.start()
    began.wait(20)
    with closing(Database(dsn, "second")) as database, pytest.raises(ImportUnderWay, match="another process"):
        Taking(Step(SERVICE, database), read_row).take(JOURNAL)
    go_on.set()
    first.join(30)
    assert stores.rows(dsn, "SELECT count(*), count(finished_at) FROM import_runs") == [(1, 1)]


def test_an_import_started_while_the_database_is_away_waits_and_hears_the_polite_end(stack, dsn):
    with away(stack, dsn):
        environment = {**os.environ, "QORGAN_KAFKA": "nowhere:1", "QORGAN_DSN_POLICE_INTAKE": dsn, "QORGAN_KEYS": str(stores.keys_folder()),
                       "QORGAN_DSN_POLICE_INTAKE_DESK": stores.desk_of(dsn)}
        command = [sys.executable, "-m", "services.police_intake", "import", str(JOURNAL)]
        waiting = subprocess.Popen(command, cwd=CHECKOUT, env=environment, stderr=subprocess.PIPE, text=True)
        assert "police_intake waits for its database" in waiting.stderr.readline()
        waiting.send_signal(signal.SIGTERM)
        _, told = waiting.communicate(timeout=10)
    assert waiting.returncode == 130 and "the same command goes on from there" in told
