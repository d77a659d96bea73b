"""Does every record of a journal get its one verdict, also when the journal comes again or the import was cut off?"""

import json
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from plumbing.postgres import Database
from plumbing.step import Step
from services.police_intake import taking
from services.police_intake.journal.record import read_row
from services.police_intake.wiring import SERVICE
from tests import stores

pytestmark = pytest.mark.stack
JOURNALS = Path(__file__).parent / "journals"


@pytest.fixture
def step(stack):
    with closing(Database(stores.fresh_database(SERVICE), "tests")) as database:
        yield Step(SERVICE, database)


def verdicts(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("name", ["journal_utf8", "journal_kz1048"])
def test_each_sample_gets_its_expected_verdicts_and_doubts(step, name, tmp_path):
    taking.Taking(step, read_row).take(JOURNALS / f"{name}.csv", tmp_path / "out.jsonl")
    expected = json.loads((JOURNALS / f"{name}.expected.json").read_text("utf-8"))["records"]
    told = verdicts(tmp_path / "out.jsonl")
    assert [(one["record"], one["verdict"], one["doubts"]) for one in told] == [
        (one["record"], one["verdict"], one.get("doubts", [])) for one in expected
    ]


@pytest.mark.parametrize("name", ["journal_utf8", "journal_kz1048"])
def test_a_journal_that_comes_again_brings_nothing_but_duplicates(step, name):
    first = taking.Taking(step, read_row).take(JOURNALS / f"{name}.csv")
    assert first["records"] == sum(first.values()) - first["records"]
    again = taking.Taking(step, read_row).take(JOURNALS / f"{name}.csv")
    assert again == {"records": first["records"], "duplicate": first["records"]}


def test_an_import_that_was_cut_off_goes_on_where_it_stopped(step, monkeypatch, tmp_path):
    monkeypatch.setattr(taking, "BATCH", 10)
    whole, taken = step.run, []

    def run(batch):
        taken.append(len(batch))
        if len(taken) == 4:
            raise KeyboardInterrupt
        return whole(batch)

    monkeypatch.setattr(step, "run", run)
    with pytest.raises(KeyboardInterrupt):
        taking.Taking(step, read_row).take(JOURNALS / "journal_utf8.csv", tmp_path / "out.jsonl")
    counts = taking.Taking(step, read_row).take(JOURNALS / "journal_utf8.csv", tmp_path / "out.jsonl")
    # The batch that was cut off is taken once more, the three before it are not; the end of the file is one message more.
    assert sum(taken) - 10 == 65 + 1
    assert Counter(one["record"] for one in verdicts(tmp_path / "out.jsonl")) == Counter(range(1, 66))
    assert (counts["accepted"], counts["held"]) == (60, 3)
