"""Is each change and each look at somebody written down, before it counts or is shown?"""

from __future__ import annotations

from contextlib import closing

import psycopg2
import pytest

from plumbing.actors import Actor, acting
from plumbing.audit import store
from plumbing.audit.chain import verify
from plumbing.audit.watching import Watch
from plumbing.postgres import Database
from tests import stores
from tests.audit import bodies
from tests.audit.test_in_the_database import as_superuser

pytestmark = pytest.mark.stack
PAGE = {"Accept": "text/html"}
TOLD = "SELECT action, kind, object_id, name, purpose FROM audit ORDER BY sequence"


def whole(database):
    with database.transaction() as tx:
        return verify(store.rows_from(tx, -1, 10_000), [], store.head(tx)) == []


def order(dsn, sql):
    with closing(psycopg2.connect(dsn)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_report_that_was_sent_and_each_look_at_it_stand_in_the_audit(door, report_id, settings, database):
    door.get(f"/reports/{report_id}")
    door.get(f"/reports/{report_id}?purpose=court", headers=PAGE)
    door.get(f"/reports/{report_id}/answers", headers={**PAGE, "Qorgan-Purpose": "complaint"})
    door.post(f"/reports/{report_id}/cancellation", json={"reason": "cancelled", "by": "duty officer"})
    assert stores.rows(settings.dsn, TOLD) == [
        ("RegisterReport", "report", report_id, "", "casework"),
        ("read", "report", report_id, "", "casework"),
        ("read", "report", report_id, "", "court"),
        ("read", "report", report_id, "", "complaint"),
        ("TakeBack", "report", report_id, "duty officer", "casework"),
    ]
    assert whole(database)


def test_the_audit_names_fields_and_never_what_stands_in_them(door, report_id, settings):
    door.get(f"/reports/{report_id}", headers=PAGE)
    by_chance = "'{at,object_id,request_id,previous,hash}'"  # any three digits may stand in these
    told = str(stores.rows(settings.dsn, f"SELECT (to_jsonb(audit) - {by_chance}::text[])::text FROM audit"))
    assert "victim" in told and "fields.victim" in told
    assert not [word for word in ("Ахметов", "1991-04-12", "709", "Pavlodar") if word in told]


def test_the_same_form_again_or_a_refused_one_is_no_second_change(door, report_id, settings):
    body = bodies.report(7)
    for _ in range(3):
        door.post("/reports", json=body, headers={"Idempotency-Key": "one"})
    door.post(f"/reports/{report_id}/cancellation", json={"reason": "cancelled", "by": "a"})
    door.post(f"/reports/{report_id}/cancellation", json={"reason": "cancelled", "by": "b"})
    actions = [row[0] for row in stores.rows(settings.dsn, TOLD)]
    assert actions == ["RegisterReport", "RegisterReport", "TakeBack"]


def test_nobody_is_shown_while_it_cannot_be_written_down_who_looks(door, report_id, settings):
    order(settings.dsn, "REVOKE INSERT ON audit FROM CURRENT_USER")
    machine = door.get(f"/reports/{report_id}")
    assert (machine.status_code, machine.json()["type"]) == (503, "urn:qorgan:problem:audit-away")
    page = door.get(f"/reports/{report_id}", headers=PAGE)
    assert page.status_code == 503 and "Ахметова" not in page.text and "is not shown" in page.text
    assert door.get("/reports", headers=PAGE).status_code == 200  # a list of numbers shows nobody


def test_reports_are_taken_while_the_audit_is_away_and_join_it_in_order(door, report_id, settings, database):
    order(settings.dsn, "REVOKE INSERT ON audit FROM CURRENT_USER")
    sent = [door.post("/reports", json=bodies.report(number)) for number in range(10, 15)]
    assert {one.status_code for one in sent} == {201}
    ids = [one.json()["report_id"] for one in sent]
    watch = Watch(settings, database)
    watch.tick()  # still away: what waits goes on waiting
    assert stores.rows(settings.dsn, "SELECT count(*) FROM audit_waiting") == [(5,)]
    order(settings.dsn, "GRANT INSERT ON audit TO CURRENT_USER")
    last = door.post("/reports", json=bodies.report(15)).json()["report_id"]  # what comes next takes them along
    assert [row[2] for row in stores.rows(settings.dsn, TOLD)] == [report_id, *ids, last]
    assert stores.rows(settings.dsn, "SELECT count(*) FROM audit_waiting") == [(0,)]
    assert whole(database)


def test_what_waits_joins_without_anybody_acting(door, report_id, settings, database):
    order(settings.dsn, "REVOKE INSERT ON audit FROM CURRENT_USER")
    door.post("/reports", json=bodies.report(20))
    order(settings.dsn, "GRANT INSERT ON audit TO CURRENT_USER")
    Watch(settings, database).tick()
    assert len(stores.rows(settings.dsn, TOLD)) == 2 and whole(database)


BROKEN = {
    "a waiting row that cannot be read": "INSERT INTO audit_waiting (row) VALUES ('{\"at\": 7}')",
    "a waiting row of another time": "INSERT INTO audit_waiting (row) VALUES ('{\"at\": \"then\", \"fields\": []}')",
    "an end that is gone": "TRUNCATE audit_head",
}


@pytest.mark.parametrize("broken", sorted(BROKEN))
def test_a_report_is_taken_however_broken_the_audit_is(door, settings, broken):
    as_superuser(settings.dsn, BROKEN[broken])
    assert door.post("/reports", json=bodies.report(30)).status_code == 201
    waiting = "SELECT count(*) FROM audit_waiting WHERE row->>'action' = 'RegisterReport'"
    assert stores.rows(settings.dsn, waiting) == [(1,)]


def test_a_report_is_taken_while_somebody_holds_the_end_of_the_audit(door, settings):
    with closing(psycopg2.connect(settings.dsn)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_head FOR UPDATE")
        assert door.post("/reports", json=bodies.report(31)).status_code == 201
    assert stores.rows(settings.dsn, "SELECT count(*) FROM audit_waiting") == [(1,)]


def test_the_staff_member_of_a_session_is_written_down_and_not_what_was_typed(desk, door, report_id, settings):
    from services.police_intake.messages import TakeBack

    with acting(Actor("subject-7", "Serik of station 2", "duty_clerk", "KZ-55", "Pavlodar city police department, station 2")):
        desk.act(TakeBack(report_id, "cancelled", "somebody typed"), report_id)
    row = stores.rows(settings.dsn, "SELECT subject, role, name, region, station FROM audit ORDER BY sequence DESC LIMIT 1")[0]
    assert row == ("subject-7", "duty_clerk", "Serik of station 2", "KZ-55", "Pavlodar city police department, station 2")


def test_what_comes_by_wire_costs_the_audit_nothing(settings):
    from plumbing.step import Step
    from services.police_intake.wiring import SERVICE

    with closing(Database(settings.dsn, "tests")) as database:
        Step(SERVICE, database)
    assert stores.rows(settings.dsn, "SELECT count(*) FROM audit") == [(0,)]


@pytest.mark.parametrize("change", ["UPDATE audit SET name = 'x'", "DELETE FROM audit", "TRUNCATE audit",
                                    "DELETE FROM audit_head", "UPDATE audit_head SET sequence = 0"])
def test_not_even_the_owner_changes_a_row_and_a_granted_right_does_not_help(door, report_id, settings, change):
    for preparing in ("SELECT 1", "GRANT ALL ON audit TO CURRENT_USER"):
        order(settings.dsn, preparing)
        with pytest.raises(psycopg2.Error):
            order(settings.dsn, change)
