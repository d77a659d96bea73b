"""Is nobody asked, told or chased about the consent of a woman who was erased?"""

from datetime import timedelta

import pytest

from plumbing.clocks import ClockDue
from services.police_intake.consent import messages as c
from tests import stores
from tests.police_intake.erasing_day import erased
from tests.police_intake.intake import names, only

pytestmark = pytest.mark.stack
RUNNING = "SELECT count(*)::int FROM clocks WHERE subject = '{}' AND step LIKE 'consent-%' AND ended_at IS NULL"


@pytest.fixture
def told(told):
    told[0].now += timedelta(days=3)  # the grounds are in force by then
    return told


def test_the_clocks_and_tasks_of_her_consent_end_with_her(told):
    day, her, report, _ = told
    day.hear(c.AskDisclosure(report.report_id, "danger_to_life", "Aigul", "a subject"), report.report_id)
    [before] = stores.rows(day.dsn, RUNNING.format(report.report_id))[0]
    assert before and stores.rows(day.dsn, "SELECT count(*)::int FROM tasks WHERE kind = 'disclosure' AND closed_at IS NULL") == [(1,)]
    erased(day, her)
    assert stores.rows(day.dsn, RUNNING.format(report.report_id)) == [(0,)]
    assert stores.rows(day.dsn, f"SELECT kind FROM tasks WHERE closed_at IS NULL AND subject = '{report.report_id}'") == []


def test_a_clock_of_her_consent_that_rings_late_asks_nobody(told):
    day, her, report, _ = told
    [(step, due)] = stores.rows(day.dsn, f"SELECT step, due_at FROM clocks WHERE subject = '{report.report_id}' AND step LIKE 'consent-ends%' AND ended_at IS NULL")
    erased(day, her)
    day.look(lambda tx: tx.run("UPDATE clocks SET ended_at = NULL WHERE subject = %s", (report.report_id,)))
    assert "TaskOpened" not in names(day.hear(ClockDue(report.report_id, step, due, report.report_id), report.report_id))


def test_nothing_is_told_or_taken_back_of_a_report_that_was_erased(told):
    day, her, report, _ = told
    day.hear(c.AskDisclosure(report.report_id, "danger_to_life", "Aigul", "a subject"), report.report_id)
    erased(day, her)
    for command in (
        c.DecideDisclosure(report.report_id, 1, True, "Dana", "another subject"),
        c.AskDisclosure(report.report_id, "danger_to_life", "Aigul", "a subject"),
        c.WithdrawConsent(report.report_id, "Aigul", "spoken"),
    ):
        assert only(day.hear(command, report.report_id), "CommandRefused").kind in ("erased", "unknown-report", "taken-back")


def test_what_was_told_of_a_woman_who_was_erased_is_reviewed_and_takes_nothing_more_back(told):
    day, her, report, _ = told
    day.hear(c.AskDisclosure(report.report_id, "danger_to_life", "Aigul", "a subject"), report.report_id)
    day.hear(c.DecideDisclosure(report.report_id, 1, True, "Dana", "another subject"), report.report_id)
    erased(day, her)
    said = names(day.hear(c.ReviewDisclosure(report.report_id, 1, False, "Sabina", "a third subject"), report.report_id))
    assert said == ["Disclosure", "TaskClosed"]
