"""Does an import that was killed go on where it stopped, with one verdict a record?"""

import json
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

from deploy.local.services import CHECKOUT
from simulation.day import generate_day
from simulation.journal import write_journal

pytestmark = [pytest.mark.failure, pytest.mark.stack]
RECORDS = 450  # three batches


def run(world, journal, verdicts, **extra):
    command = [sys.executable, "-m", "services.police_intake", "import", str(journal), "--verdicts", str(verdicts)]
    return subprocess.run(command, cwd=CHECKOUT, env=world.environment(**extra), capture_output=True, text=True, timeout=60)


def test_an_import_killed_twice_gives_each_record_one_verdict(whole, tmp_path):
    journal, verdicts = tmp_path / "journal.csv", tmp_path / "verdicts.jsonl"
    write_journal(journal, generate_day(99, date(2026, 9, 3), RECORDS), datetime(2026, 9, 5, 8, tzinfo=UTC))
    for mark in ("before_commit=kill@2", "after_commit=kill@1"):
        assert run(whole, journal, verdicts, QORGAN_MARK=mark).returncode == -9
        assert not verdicts.exists()
    done = run(whole, journal, verdicts)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in verdicts.read_text("utf-8").splitlines()]
    assert [line["record"] for line in lines] == list(range(1, RECORDS + 1))
    kept = whole.sql("police_intake", "SELECT count(DISTINCT v.report_id) FROM import_verdicts v JOIN reports USING (report_id)"
                     " WHERE verdict = 'accepted'")
    assert kept[0][0] == sum(line["verdict"] == "accepted" for line in lines) > 300
