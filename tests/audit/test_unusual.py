"""Does the manager see looks that stand out, and only their own region's?"""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from unittest import mock
from zoneinfo import ZoneInfo

import pytest

from plumbing.actors import Actor, acting
from plumbing.audit import drafts, page, store, unusual
from plumbing.audit.context import settings as bounds
from plumbing.audit.verbs import audit
from plumbing.authorising import Place
from plumbing.figures import show
from plumbing.postgres import Database
from services.police_intake.wiring import SERVICE
from tests import stores
from tests.audit.bodies import report
from tests.audit.test_questions import looked

pytestmark = pytest.mark.stack
STATION = report(1)["station"]
OWN = Actor("s-1", "Serik", "duty_clerk", "KZ-55", STATION)
OTHER = Actor("s-2", "Dana", "duty_clerk", "KZ-55", "station 9")
MANY = bounds()["unusual"]["persons_an_hour"]


def local(hour):
    """Yesterday at this hour in Kazakhstan."""
    now = datetime.now(ZoneInfo("Asia/Almaty")) - timedelta(days=1)
    return now.replace(hour=hour, minute=30)


@pytest.fixture
def whys(settings, database):
    def of(actor):
        with database.transaction() as tx:
            rows = unusual.found(tx, SERVICE.looked, tx.now() - timedelta(days=7))
        return sorted(row["why"] for row in rows if row["subject"] == actor.subject)

    return of


def test_a_look_by_day_at_the_own_stations_report_does_not_stand_out(settings, report_id, whys):
    looked(settings, OWN, report_id, at=local(11))
    assert whys(OWN) == []


def test_a_look_at_the_own_kin_stands_out_through_any_report_about_them(settings, report_id, whys):
    [(person,)] = stores.rows(settings.dsn, f"SELECT victim_id FROM reports WHERE report_id = '{report_id}'")
    assert audit(SERVICE, settings, ["kin", "s-1", person, "--by", "manager"]) == 0
    looked(settings, OWN, report_id, at=local(11))
    assert whys(OWN) == ["own_kin"]


def test_a_look_at_another_stations_report_stands_out(settings, report_id, whys):
    looked(settings, OTHER, report_id, at=local(11))
    assert whys(OTHER) == ["other_station"]


@pytest.mark.parametrize(("hour", "is_night"), [(21, False), (22, True), (5, True), (6, False)])
def test_a_look_at_night_stands_out_by_the_clock_of_kazakhstan(settings, whys, hour, is_night):
    looked(settings, OWN, "any", at=local(hour))
    assert whys(OWN) == (["night"] if is_night else [])


def test_many_people_within_an_hour_stand_out_once(settings, whys):
    looked(settings, OWN, *(f"report-{number}" for number in range(MANY - 1)), at=local(11))
    assert whys(OWN) == []
    looked(settings, OWN, "one-more", at=local(11) + timedelta(minutes=20))
    assert whys(OWN) == ["many"]


def test_the_managers_page_shows_who_what_why_and_what_for(door, settings, report_id):
    looked(settings, OTHER, report_id, at=local(23))
    shown = door.get("/audit/unusual", headers={"Accept": "text/html"}).text
    assert all(word in shown for word in ("Dana", report_id, "at night", "not of the own station", "casework"))
    assert "Ахметова" not in shown


def test_a_manager_of_another_region_sees_none_of_it(desk, settings, report_id):
    looked(settings, OTHER, report_id, at=local(23))
    for region, number in (("KZ-55", 2), ("KZ-79", 0)):
        with acting(Actor("m", "Manager", "district_officer", region)):
            since = datetime.now(ZoneInfo("UTC")) - timedelta(days=7)
            assert len(desk.look(lambda tx, since=since: unusual.found(tx, SERVICE.looked, since))) == number


@pytest.mark.parametrize(("reader", "number"), [
    (Actor("m", "Auditor", "auditor"), 1), (Actor("m", "Head", "duty_head", "KZ-79"), 1), (Actor("m", "Nobody", "stranger", "KZ-55"), 0),
])
def test_who_supervises_sees_whose_station_it_was_though_they_see_no_report(desk, report_id, reader, number):
    looked(desk.settings, OTHER, report_id, at=local(11))
    with acting(reader):
        assert [row["why"] for row in page.rows(desk)] == ["other_station"] * number


def test_who_supervises_one_region_sees_the_looks_of_its_staff(desk, settings, report_id):
    looked(settings, OTHER, report_id, at=local(11))
    for region, number in (("KZ-55", 1), ("KZ-79", 0)):
        narrowed = mock.patch.object(desk.access, "scope", lambda action, kind, region=region: Place(region))
        with acting(Actor("m", "Manager", "auditor", region)), narrowed:
            assert len(page.rows(desk)) == number


def test_a_look_that_was_refused_stands_out_too(settings, report_id, whys):
    with closing(Database(settings.dsn, "tests")) as database, acting(OTHER), database.transaction() as tx:
        store.append(tx, drafts.refusals([drafts.Seen("report", report_id, ())], local(11)))
    assert whys(OTHER) == ["other_station"]


def test_what_stands_out_is_a_figure_without_anybody_in_it(desk, settings, report_id):
    from plumbing import metrics

    looked(settings, OTHER, report_id)
    show(desk.step)
    told = metrics.page()[0].decode()
    assert 'qorgan_audit_unusual{service="police_intake",why="other_station"} 1.0' in told and "s-2" not in told
