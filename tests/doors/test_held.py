"""For which station may a record that waits be completed? For the clerk's own, whatever is typed into its cells."""

import pytest

from plumbing.identity import new_id
from services.police_intake.wiring import SERVICE as POLICE
from tests.doors import seeds
from tests.stores import rows

pytestmark = pytest.mark.stack
CELLS = {"kui_number": "77", "recorded_at": "22.11.2026 09:00", "victim": "Ойдан Шығарылған Төрт", "victim_birth_date": "03.04.1990"}


def completed(browser, held_id, station, **more):
    sent = {**CELLS, "station": station, "held_id": held_id, "by": "x", "act_id": new_id(), **more}
    return browser.post(f"/held/{held_id}", data=sent).status_code


def test_a_clerk_makes_and_corrects_no_report_of_another_station_through_a_record_of_the_own(enter):
    clerk = enter(POLICE, "clerk")
    own, _ = seeds.ids(clerk.at, "record")
    dsn = clerk.at.desk.settings.dsn
    before = rows(dsn, "SELECT report_id, version, station FROM reports ORDER BY 1")
    other = {"kui_number": "2", "victim": "Ойдан Шығарылған2", "victim_birth_date": "02.01.1982"}  # hers, at the other station
    assert completed(clerk, own, seeds.FOREIGN_STATION) == completed(clerk, own, "") == 403
    assert completed(clerk, own, seeds.FOREIGN_STATION, **other, corrects="yes") == 403
    assert rows(dsn, "SELECT report_id, version, station FROM reports ORDER BY 1") == before
    assert completed(clerk, own, seeds.OWN_STATION) == 303
    assert seeds.stations_of(dsn, "77") == [seeds.OWN_STATION]


def test_the_head_of_duty_gives_a_record_that_names_no_station_to_the_station_it_is_of(enter):
    head = enter(POLICE, "head")
    [nobodys] = [one for one, place in seeds.things("police_intake", head.at.desk.settings.dsn)["record"] if place == "nowhere"]
    assert completed(head, nobodys, seeds.FOREIGN_STATION) == 303
    assert seeds.stations_of(head.at.desk.settings.dsn, "77") == [seeds.FOREIGN_STATION]
