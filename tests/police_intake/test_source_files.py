"""Is an imported file gone after its days, while its hash stays, and is one on another machine a person's task?"""

from contextlib import closing
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from shutil import copy

import pytest

from plumbing.clocks import ClockDue
from plumbing.service import Heard
from services.police_intake import ringing, source_files
from services.police_intake.journal.record import read_row
from services.police_intake.taking import Taking
from services.police_intake.wiring import SERVICE
from tests import stores
from tests.stores import NOW

pytestmark = pytest.mark.stack
JOURNAL = Path(__file__).parent / "journals" / "journal_utf8.csv"


class Later(stores.Stopped):
    now = NOW

    def at(self, _database_now):
        return self.now


@pytest.fixture
def imported(stack, tmp_path):
    """(step, the file) after an import of a file whose days are thirty."""
    step = stores.pinned_step(SERVICE, stores.fresh_database(SERVICE))
    step.clock = Later()
    path = Path(copy(JOURNAL, tmp_path / "journal.csv"))
    with closing(step.database):
        Taking(step, read_row).take(path, None, path)
        yield step, path


def ring(step, days):
    step.clock.now = NOW + timedelta(days=days)
    with step.database.transaction() as tx:
        due = tx.rows("SELECT subject, step, due_at, key FROM clocks WHERE ended_at IS NULL AND step = 'file/0' AND due_at <= %s", (step.clock.now,))
    for row in due:
        step.run([Heard(ClockDue(*row), "clock/file", row[3])])
    with step.database.transaction() as tx:
        return tx.rows("SELECT file_hash, file_path, file_destroyed_at IS NOT NULL FROM import_runs")


def test_an_imported_file_is_gone_after_its_days_and_its_hash_stays(imported):
    step, path = imported
    digest = sha256(path.read_bytes()).hexdigest()
    assert ring(step, 29) == [(digest, str(path), False)] and path.exists()
    assert ring(step, 31) == [(digest, "", True)] and not path.exists()


def test_a_file_on_another_machine_is_a_persons_task(imported):
    step, path = imported
    with step.database.transaction() as tx:
        tx.run("UPDATE import_runs SET file_host = 'elsewhere'")
    ring(step, 31)
    assert path.exists()
    with step.database.transaction() as tx:
        assert tx.rows("SELECT kind, queue FROM tasks WHERE kind = 'file'") == [("file", "operations")]


def tasks(step):
    with step.database.transaction() as tx:
        return tx.rows("SELECT reason FROM tasks WHERE kind = 'file'")


def test_another_file_that_lies_there_by_now_is_not_destroyed_and_a_person_looks(imported):
    """The next month's journal came under the same name: its women are not registered yet."""
    step, path = imported
    path.write_text("the next month")
    assert ring(step, 31)[0][1:] == (str(path), False) and path.read_text() == "the next month"
    assert tasks(step) == [(ringing.CHANGED,)]


def test_the_task_about_a_file_is_closed_once_somebody_took_the_file_away(imported):
    step, path = imported
    path.write_text("the next month")
    ring(step, 31)
    path.unlink()
    for days in (1, 2):
        step.clock.now += timedelta(days=days)
        with step.database.transaction() as tx:
            due = tx.rows("SELECT subject, step, due_at, key FROM clocks WHERE ended_at IS NULL AND step LIKE 'file/%%' AND due_at <= %s", (step.clock.now,))
        for row in due:
            step.run([Heard(ClockDue(*row), f"clock/{row[1]}", row[3])])
    with step.database.transaction() as tx:
        assert tx.rows("SELECT closed_at IS NOT NULL FROM tasks WHERE kind = 'file'") == [(True,)]
        assert tx.rows("SELECT file_destroyed_at IS NOT NULL FROM import_runs") == [(True,)]


def test_a_file_that_is_gone_already_asks_nobody(imported):
    step, path = imported
    path.unlink()
    assert ring(step, 31)[0][2] and tasks(step) == []


def test_a_file_the_service_may_not_write_is_a_persons_task_and_intake_goes_on(imported, monkeypatch):
    step, path = imported
    may = Path.open

    def open_(self, mode="r", *words, **named):
        if self == path and "+" in mode:
            raise PermissionError(13, "denied")
        return may(self, mode, *words, **named)

    monkeypatch.setattr(Path, "open", open_)
    assert ring(step, 31)[0][1:] == (str(path), False) and path.exists()
    assert tasks(step) == [(ringing.LOCKED,)]


def test_a_file_that_resists_to_the_last_is_tried_again_and_intake_goes_on(imported, monkeypatch):
    step, path = imported
    with monkeypatch.context() as patch:
        patch.setattr(source_files, "destroy", lambda path: (_ for _ in ()).throw(OSError(30, "read-only")))
        assert ring(step, 31)[0][1:] == (str(path), False)
    with step.database.transaction() as tx:
        [again] = tx.rows("SELECT subject, step, due_at, key FROM clocks WHERE ended_at IS NULL AND step LIKE 'file/%'")
    step.clock.now = again[2]
    step.run([Heard(ClockDue(*again), "clock/again", again[3])])
    assert not path.exists()


def test_a_file_nobody_was_told_to_destroy_stays(stack, tmp_path):
    step = stores.pinned_step(SERVICE, stores.fresh_database(SERVICE))
    path = Path(copy(JOURNAL, tmp_path / "journal.csv"))
    with closing(step.database):
        Taking(step, read_row).take(path)
        with step.database.transaction() as tx:
            assert tx.rows("SELECT count(*) FROM clocks WHERE step LIKE 'file/%'") == [(0,)]
    assert path.exists()


def test_unreadable_files_go_by_their_age(tmp_path):
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    for path in (old, new):
        path.write_text("a name")
    assert source_files.destroy_old(tmp_path, 1, new.stat().st_mtime + 100) == []
    assert set(source_files.destroy_old(tmp_path, 1, new.stat().st_mtime + 90_000)) == {old, new} and not old.exists()
