"""Is it kept who was told of an erasure, and does silence ring, on a real PostgreSQL?"""

from datetime import timedelta

import pytest

from services.police_intake import figures_store
from services.police_intake import messages as m
from services.police_intake.erasing import acts as e
from tests import stores
from tests.police_intake.erasing_day import erased
from tests.police_intake.intake import names, only

pytestmark = pytest.mark.stack
ROWS = "SELECT need_id, service, acknowledged_at IS NULL FROM erasure_holders ORDER BY 1"
STATE, TASKS = "SELECT state FROM erasures", "SELECT kind FROM tasks WHERE kind = 'erasure_silent' AND closed_at IS NULL"
CLOCKS = "SELECT count(*)::int FROM clocks WHERE step LIKE 'erase-silent/%' AND ended_at IS NULL"


def hers(report, need="need"):
    return e.CardErasureAcknowledged(report.report_id, need, "social_registry")


def silent(day):
    rows = day.look(lambda tx: figures_store.figures(tx, day.now))
    return {labels[0]: value for name, labels, value in rows if name == "qorgan_erasure_holders_silent"}


def test_who_is_told_of_an_erasure_is_kept_with_it_and_a_clock_waits_for_the_answer(told):
    day, her, *_ = told
    erased(day, her)
    assert stores.rows(day.dsn, ROWS) == [("need", "social_registry", True)]
    assert stores.rows(day.dsn, STATE) == [("done",)] and stores.rows(day.dsn, CLOCKS) == [(1,)]


def test_the_last_answer_completes_it_stops_the_clock_and_an_answer_heard_again_changes_nothing(told):
    day, her, report, _ = told
    day.hear(m.NeedStateChanged(report.report_id, "need-2", "child_notice", "closed", "", 1), report.report_id)
    erased(day, her)
    assert only(day.hear(hers(report)), "ErasureKept").state == "done"
    day.now += timedelta(minutes=5)
    assert names(day.hear(hers(report, "need-2"))) == ["ErasureKept", "ClockStopped", "TaskClosed"]
    before = stores.rows(day.dsn, "SELECT * FROM erasure_holders ORDER BY need_id")
    day.now += timedelta(minutes=5)
    assert day.hear(hers(report)) == [] and stores.rows(day.dsn, "SELECT * FROM erasure_holders ORDER BY need_id") == before
    assert stores.rows(day.dsn, STATE) == [("complete",)] and stores.rows(day.dsn, CLOCKS) == [(0,)]


def test_answers_in_one_batch_complete_it_as_one_by_one(told):
    day, her, report, _ = told
    day.hear(m.NeedStateChanged(report.report_id, "need-2", "child_notice", "closed", "", 1), report.report_id)
    erased(day, her)
    day.step.run(stores.heard([hers(report), hers(report, "need-2"), hers(report)]))
    assert stores.rows(day.dsn, STATE) == [("complete",)] and stores.rows(day.dsn, ROWS) == [
        ("need", "social_registry", False), ("need-2", "social_registry", False)]


def test_a_holder_that_is_down_is_told_apart_by_name_and_its_clock_opens_a_task_until_it_answers(told):
    day, her, report, _ = told
    erased(day, her)
    assert silent(day) == {}
    day.now += timedelta(hours=24, minutes=1)
    assert "centres and akimats" in only(day.ring(), "TaskOpened").reason
    assert silent(day) == {"social_registry": 1} and stores.rows(day.dsn, TASKS) == [("erasure_silent",)]
    day.hear(hers(report))
    assert silent(day) == {} and stores.rows(day.dsn, TASKS) == [] and stores.rows(day.dsn, STATE) == [("complete",)]


def test_an_answer_about_somebody_who_was_not_erased_is_nobodys(told):
    day, _, report, _ = told
    assert day.hear(hers(report)) == [] and stores.rows(day.dsn, ROWS) == []
