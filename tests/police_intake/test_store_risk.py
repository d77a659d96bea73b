"""Is every step about the risk kept, sealed and told in order, and is what she answered known to nobody once she is erased?"""

from contextlib import closing

import pytest

from plumbing.clocks import ClockDue
from services.police_intake import messages as m
from services.police_intake.risk import asking
from services.police_intake.risk import messages as r
from services.police_intake.risk.loading import GRIDS
from services.police_intake.wiring import SERVICE
from tests import stores
from tests.police_intake import opened
from tests.police_intake.erasing_day import Day, erased, two_women
from tests.police_intake.intake import command, said

pytestmark = pytest.mark.stack
NO = dict.fromkeys([one.id for one in GRIDS.versions[0].questions], "no")


@pytest.fixture
def day(stack):
    one = Day(stores.fresh_database(SERVICE))
    with closing(one.step.database):
        yield one


def asked(report_id, seen=0, **yes):
    return r.AssessRisk(report_id, "KZ-RG/1", tuple({**NO, **yes}.items()), True, False, "Aigul", "", seen)


def answered(day, report_id):
    return opened.look(day.dsn, lambda tx: asking.answers(tx, report_id))


def tasks(day):
    return {row[0] for row in stores.rows(day.dsn, "SELECT kind FROM tasks WHERE closed_at IS NULL AND kind LIKE 'risk%%'")}


def test_each_step_is_a_row_of_its_own_and_the_router_hears_the_grades_in_their_order(day):
    report = said(day.hear(command())).report_id
    day.hear(asked(report, strangulation="yes"), report)
    day.hear(r.RaiseRisk(report, "extreme", "repeated", "Dana", "", 1), report)
    day.hear(r.ProposeLower(report, "high", "typed_wrongly", "Dana", "", 2), report)
    day.hear(r.DecideLower(report, 3, True, "Berik"), report)
    steps = stores.rows(day.dsn, "SELECT version, step, grade, by, sealed IS NOT NULL FROM risk_steps ORDER BY version")
    assert steps == [(1, "assessed", "high", "Aigul", True), (2, "raised", "extreme", "Dana", False),
                     (3, "lowering", "extreme", "Dana", False), (4, "lowered", "high", "Berik", False)]
    told = stores.rows(day.dsn, "SELECT count(*) FROM outbox WHERE event = 'police_intake.RiskGraded'")
    assert told == [(3,)] and tasks(day) == set()


def test_what_she_answered_is_read_back_as_she_said_it(day):
    report = said(day.hear(command())).report_id
    day.hear(asked(report, gun="yes", stalking="unknown"), report)
    step, told = answered(day, report)
    assert told == {**NO, "gun": "yes", "stalking": "unknown"} and step.grade == "standard"
    assert asking.why((step, told)).fired == ("gun",)


def test_a_second_report_about_her_asks_her_again_by_a_task(day):
    report = said(day.hear(command())).report_id
    day.hear(asked(report), report)
    day.hear(command(kui_number="another"))
    assert stores.rows(day.dsn, "SELECT subject FROM tasks WHERE kind = 'risk_again'") == [(report,)]


def test_a_grade_that_grows_old_becomes_a_task_and_one_taken_back_none(day):
    report = said(day.hear(command())).report_id
    day.hear(asked(report, weapon="yes", strangulation="yes"), report)
    [clock] = stores.rows(day.dsn, "SELECT subject, step, due_at, key FROM clocks WHERE step LIKE 'risk-again%%' AND ended_at IS NULL")
    day.now = clock[2]
    day.hear(ClockDue(*clock), clock[3])
    assert tasks(day) == {"risk_again"}
    day.hear(m.TakeBack(report, "wrong_person", "Aigul"), report)
    assert tasks(day) == set()


def test_once_she_is_erased_her_answers_open_no_more_and_nobody_is_asked_to_ask_her(day):
    _, her, report, other = two_women(day)
    for one in (report.report_id, other.report_id):
        day.hear(asked(one, strangulation="yes", **dict.fromkeys(list(NO)[10:20], "unknown")), one)
    erased(day, her)
    assert answered(day, report.report_id) is None and answered(day, other.report_id) is not None
    assert stores.rows(day.dsn, "SELECT subject FROM tasks WHERE kind = 'risk_call_back' AND closed_at IS NULL") == [(other.report_id,)]
    assert stores.rows(day.dsn, "SELECT count(*) FROM risk_steps") == [(2,)]
