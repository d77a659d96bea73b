"""Somebody asks for a report of another station: is that written down, and hears the asker nothing of it?"""

import pytest

from services.police_intake.wiring import SERVICE as POLICE
from tests.audit.test_doors import order
from tests.doors.seeds import ids
from tests.stores import rows

pytestmark = pytest.mark.stack
REFUSED = "SELECT object_id, role, station <> '' FROM audit WHERE action = 'refused' ORDER BY sequence"


def test_who_asks_for_another_stations_report_stands_in_the_audit_and_an_id_of_nobody_does_not(enter):
    clerk = enter(POLICE, "clerk")
    _, foreign = ids(clerk.at, "report")
    answers = [clerk.get(f"/reports/{one}", headers={"Accept": "application/json"}) for one in (foreign, "ffffffff-0000-4000-8000-00000000000f", "x")]
    assert {one.status_code for one in answers} == {404} and len({one.content for one in answers}) == 1
    assert rows(clerk.at.desk.settings.dsn, REFUSED) == [(foreign, "duty_clerk", True)]


def test_the_answer_is_the_same_while_it_cannot_be_written_down(enter):
    clerk = enter(POLICE, "clerk")
    _, foreign = ids(clerk.at, "report")
    order(clerk.at.desk.settings.dsn, "REVOKE INSERT ON audit FROM CURRENT_USER")
    assert clerk.get(f"/reports/{foreign}").status_code == 404
