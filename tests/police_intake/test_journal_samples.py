"""Do both journals of the police get the verdicts their officers expect?"""

import json

import pytest

from services.police_intake.journal import read_journal, read_row
from tests.police_intake.journal_text import NOW, SAMPLES

REPORTS = {"accepted", "duplicate", "correction"}  # told apart later, from what is already known


@pytest.mark.parametrize("name", ["journal_utf8", "journal_kz1048"])
def test_every_sample_record_gets_its_expected_verdict_and_doubts(name):
    expected = json.loads((SAMPLES / f"{name}.expected.json").read_text())
    journal = read_journal((SAMPLES / f"{name}.csv").read_bytes())
    rows = [read_row(row, journal.extracted_at, NOW) for row in journal.rows]
    assert journal.encoding == expected["encoding"]
    assert journal.extracted_at.isoformat(timespec="minutes") == expected["extracted_at"]
    assert [(row.record, row.verdict, list(row.doubts)) for row in rows] == [
        (
            record["record"],
            "report" if record["verdict"] in REPORTS else record["verdict"],
            record.get("doubts", []),
        )
        for record in expected["records"]
    ]


@pytest.mark.parametrize("name", ["journal_utf8", "journal_kz1048"])
def test_only_the_record_sent_twice_has_the_content_of_another(name):
    journal = read_journal((SAMPLES / f"{name}.csv").read_bytes())
    hashes = [read_row(row, journal.extracted_at, NOW).content_hash for row in journal.rows]
    twice = [number for number, value in enumerate(hashes, start=1) if value in hashes[: number - 1]]
    assert twice == [49]


@pytest.mark.parametrize("name", ["journal_utf8", "journal_kz1048"])
def test_every_sample_report_knows_its_region(name):
    journal = read_journal((SAMPLES / f"{name}.csv").read_bytes())
    rows = [read_row(row, journal.extracted_at, NOW) for row in journal.rows]
    assert "unknown" not in {row.report.region for row in rows}
