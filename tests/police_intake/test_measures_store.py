"""Do measures lie in the tables as they were decided, whoever comes first, however they are cut into batches?"""

from contextlib import closing
from datetime import timedelta

import psycopg2
import pytest

from plumbing.clocks import ClockDue
from plumbing.postgres import Database
from plumbing.service import Heard
from services.police_intake import figures_store
from services.police_intake import messages as m
from services.police_intake.measures.lives import BeginMeasure, MoveMeasure, SettleParked
from services.police_intake.wiring import SERVICE
from tests import stores
from tests.police_intake.intake import NOW, command, person, said

pytestmark = pytest.mark.stack


@pytest.fixture
def dsn(stack):
    return stores.fresh_database(SERVICE)


@pytest.fixture
def step(dsn):
    one = stores.pinned_step(SERVICE, dsn)
    with closing(one.database):
        yield one


@pytest.fixture
def hear(step):
    count = iter(range(1000))
    return lambda *messages: step.run([Heard(message, f"m/{next(count)}", "key") for message in messages])


def one(dsn, question):
    return stores.rows(dsn, question)


def moves(dsn, state):
    """The one measure in this state, and its version."""
    [(measure_id, version)] = one(dsn, f"SELECT measure_id, version FROM measures WHERE state = '{state}'")
    return measure_id, version


def reported(hear, **changes):
    return said(hear(command(**changes))[0]).report_id


def issue(report_id):
    return BeginMeasure(report_id, "protection_order", "issue", "Aigul")


def test_an_order_lives_in_its_tables_and_its_history_is_never_changed(dsn, hear):
    report_id = reported(hear)
    hear(issue(report_id))
    hear(MoveMeasure(moves(dsn, "issued")[0], "serve", "Aigul", 1))
    order, version = moves(dsn, "served")
    hear(MoveMeasure(order, "breach", "Dana", version, "called"))
    assert one(dsn, f"SELECT version, act, state, code, by FROM measure_moves WHERE measure_id = '{order}' ORDER BY version") == [
        (1, "issue", "issued", "", "Aigul"), (2, "serve", "served", "", "Aigul"), (3, "breach", "breached", "called", "Dana")]
    assert one(dsn, f"SELECT code, about = '{order}' FROM measures WHERE kind = 'administrative_case'") == [("461", True)]
    with closing(Database(dsn, "tests")) as database, database.transaction() as tx:
        counted = {(name, *labels): value for name, labels, value in figures_store.figures(tx, NOW)}
    assert counted["qorgan_measures", "protection_order", "breached"] == 1
    assert one(dsn, "SELECT until FROM measures WHERE kind = 'protection_order'") == [(NOW + timedelta(days=30),)]
    with closing(psycopg2.connect(dsn)) as connection, connection.cursor() as cursor, pytest.raises(psycopg2.errors.RaiseException):
        cursor.execute("DELETE FROM measure_moves")


def test_of_two_who_issue_the_same_order_in_one_batch_the_second_is_refused(dsn, hear):
    report_id = reported(hear)
    _, [refused] = hear(issue(report_id), issue(report_id))
    assert refused.kind == "second" and refused.state == "issued"
    assert one(dsn, "SELECT count(*) FROM measures") == [(1,)]


def test_the_ledger_of_one_man_is_written_once_although_two_reports_name_him(dsn, hear):
    first, other = reported(hear), reported(hear, kui_number="3863")
    for report_id in (first, other):
        hear(BeginMeasure(report_id, "administrative_case", "open", "Aigul", "73"))
    ids = [measure_id for measure_id, in one(dsn, f"SELECT measure_id FROM measures ORDER BY report_id = '{first}' DESC")]
    done = hear(*(MoveMeasure(measure_id, "reconcile", "Aigul", 1) for measure_id in ids))
    assert (done[1][0].kind, done[1][0].state) == ("against-a-rule", "reconciliation/once")
    assert one(dsn, "SELECT count(*) FROM measures WHERE kind = 'reconciliation' AND state = 'recorded'") == [(1,)]
    hear(m.TakeBack(first, "unfounded", "Dana"))
    [events] = hear(MoveMeasure(ids[1], "reconcile", "Aigul", 1))
    assert type(events[0]).__name__ == "MeasureKept", "an unfounded report leaves no line of the ledger"


def test_an_unfounded_report_takes_its_measures_their_tasks_and_clocks_with_it(dsn, hear):
    report_id = reported(hear)
    hear(issue(report_id))
    hear(MoveMeasure(moves(dsn, "issued")[0], "serve", "Aigul", 1))
    assert one(dsn, "SELECT count(*) FROM tasks JOIN measures ON measure_id = subject WHERE closed_at IS NULL") == [(2,)]
    hear(m.TakeBack(report_id, "wrong_person", "Dana"))
    assert one(dsn, "SELECT DISTINCT state FROM measures") == [("withdrawn",)]
    assert one(dsn, "SELECT count(*) FROM tasks JOIN measures ON measure_id = subject WHERE closed_at IS NULL") == [(0,)]
    assert one(dsn, "SELECT count(*) FROM clocks JOIN measures ON measure_id = subject WHERE ended_at IS NULL") == [(0,)]


def test_a_court_that_has_a_case_is_told_that_its_report_was_taken_back_and_an_untold_one_climbs(dsn, hear):
    report_id = reported(hear)
    for act, seen in (("open", 0), ("send_to_court", 1)):
        begins = BeginMeasure(report_id, "administrative_case", act, "Aigul", "73")
        hear(MoveMeasure(moves(dsn, "opened")[0], act, "Aigul", seen) if seen else begins)
    assert one(dsn, "SELECT court FROM measures") == [(True,)]
    hear(m.TakeBack(report_id, "unfounded", "Dana"))
    [(subject, queue, due)] = one(dsn, "SELECT subject, queue, due_at FROM tasks WHERE closed_at IS NULL AND kind = 'court_notice'")
    assert (queue, due) == ("district_inspector", NOW + timedelta(days=1))
    assert one(dsn, "SELECT kind, state, code, court FROM measures ORDER BY kind") == [
        ("administrative_case", "withdrawn", "73", True), ("court_notice", "waiting", "administrative_case", False)]
    [(step_, key)] = one(dsn, f"SELECT step, key FROM clocks WHERE subject = '{subject}' AND ended_at IS NULL")
    hear(ClockDue(subject, step_, due, key))
    assert one(dsn, "SELECT level FROM tasks WHERE kind = 'court_notice'") == [(1,)]
    hear(MoveMeasure(subject, "court_told", "Aigul", 1))
    assert one(dsn, "SELECT closed_by FROM tasks WHERE kind = 'court_notice'") == [("Aigul",)]


def test_of_measures_from_before_it_is_known_which_a_court_has(dsn, hear):
    report_id = reported(hear)
    for kind, act in (("administrative_case", "open"), ("special_requirements", "request"), ("protection_order", "issue")):
        hear(BeginMeasure(report_id, kind, act, "Aigul", "73" if kind == "administrative_case" else ""))
    other = reported(hear, kui_number="3863")
    hear(BeginMeasure(other, "special_requirements", "request", "Aigul"))
    [(refused,)] = one(dsn, f"SELECT measure_id FROM measures WHERE report_id = '{other}'")
    hear(MoveMeasure(moves(dsn, "opened")[0], "send_to_court", "Aigul", 1), MoveMeasure(refused, "refuse", "Aigul", 1))
    marks = "SELECT kind, state, court FROM measures ORDER BY kind, state"
    today = one(dsn, marks)
    migration = (SERVICE.folder / "migrations/0031_courts_are_told.sql").read_text("utf-8")
    with closing(psycopg2.connect(dsn)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("UPDATE measures SET court = false")
        cursor.execute(migration[migration.index("UPDATE"):])
    assert one(dsn, marks) == today == [
        ("administrative_case", "in_court", True), ("protection_order", "issued", False),
        ("special_requirements", "refused", False), ("special_requirements", "requested", True)]


def test_a_no_approach_order_of_one_report_ends_the_protection_order_of_another_between_the_same_two(dsn, hear):
    first, other = reported(hear), reported(hear, kui_number="3863")
    against_another = reported(hear, kui_number="3864", victim=person("Оспанова Дана", "1990-04-03"))
    hear(issue(first), issue(against_another))
    for measure_id, in one(dsn, "SELECT measure_id FROM measures"):
        hear(MoveMeasure(measure_id, "serve", "Aigul", 1))
    hear(BeginMeasure(other, "criminal_link", "link", "Aigul", told={"erdr_number": "2" * 15}))
    hear(MoveMeasure(moves(dsn, "investigated")[0], "ask_no_approach", "Aigul", 1))
    hear(MoveMeasure(moves(dsn, "requested")[0], "sanction", "Aigul", 1, told={"until_day": "none", "born": "unknown"}))
    hear(MoveMeasure(moves(dsn, "sanctioned")[0], "announce", "Dana", 2))
    assert one(dsn, "SELECT report_id, state FROM measures WHERE kind = 'protection_order' ORDER BY state") == [
        (against_another, "served"), (first, "superseded")]
    assert one(dsn, "SELECT v.by, v.code FROM measure_moves v WHERE act = 'supersede'") == [("Dana", "no_approach")]
    assert one(dsn, f"SELECT count(*) FROM clocks JOIN measures ON measure_id = subject WHERE report_id = '{first}'"
               " AND kind = 'protection_order' AND ended_at IS NULL") == [(0,)]


def test_an_order_ends_by_its_clock_at_the_hour_of_its_end(dsn, hear):
    report_id = reported(hear)
    hear(issue(report_id))
    hear(MoveMeasure(moves(dsn, "issued")[0], "serve", "Aigul", 1))
    [(subject, name, due, key)] = one(dsn, "SELECT subject, step, due_at, key FROM clocks WHERE step LIKE 'measure/expire%'")
    hear(ClockDue(subject, name, due, key))
    assert one(dsn, "SELECT state, since = until FROM measures") == [("expired", True)]


def test_a_measure_for_an_unknown_report_is_kept_as_it_came_and_begins_where_a_person_says(dsn, hear):
    nobody = "b722db45-1bd9-45b5-afb9-51f8028b1d8f"
    hear(BeginMeasure(nobody, "criminal_link", "link", "court", told={"erdr_number": "2" * 15}))
    [(parked, named, told)] = one(dsn, "SELECT parked_id, report_id, told FROM parked_measures WHERE settled_as = ''")
    assert (named, told) == (nobody, {"erdr_number": "2" * 15})
    report_id = reported(hear)
    hear(SettleParked(parked, report_id, "Dana"))
    assert one(dsn, "SELECT kind, report_id, told->>'erdr_number' FROM measures") == [("criminal_link", report_id, "2" * 15)]
    assert one(dsn, "SELECT settled_as, settled_by FROM parked_measures") == [(report_id, "Dana")]
    assert one(dsn, "SELECT count(*) FROM tasks WHERE kind = 'parked_measure' AND closed_at IS NULL") == [(0,)]


def test_a_breach_raises_the_grade_that_is_kept_and_said(dsn, hear):
    report_id = reported(hear)
    hear(issue(report_id))
    for act, code in (("serve", ""), ("breach", "visited"), ("breach", "called")):
        (measure_id, version), = one(dsn, "SELECT measure_id, version FROM measures WHERE kind = 'protection_order'")
        hear(MoveMeasure(measure_id, act, "Aigul", version, code))
    assert one(dsn, "SELECT version, step, grade, reason FROM risk_steps") == [(1, "raised", "high", "order_broken")]
    assert one(dsn, "SELECT count(*) FROM outbox WHERE event = 'police_intake.RiskGraded'") == [(1,)]
