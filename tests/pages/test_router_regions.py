"""May anybody read off the coordinator's pages in which of the few houses of a region she is?"""

import pytest
from starlette.testclient import TestClient

from plumbing.service import Heard
from plumbing.serving import application
from services.referral_router import messages as m
from services.referral_router.wiring import SERVICE
from tests import stores
from tests.pages import doors
from tests.referral_router.region import report

pytestmark = pytest.mark.stack
FEW, MANY = "KZ-10", "KZ-55"
CENTRES = [m.CentreCapacity(f"centre-{region}", region, "crisis_centre", 9, False, True, 1) for region in (FEW, MANY)]


def asked_for(region, number):
    return report(report_id=f"r{number}", victim_ref=f"she{number}", household_ref=f"home{number}", respondent_ref=None, region=region)


@pytest.fixture
def desk(stack):
    """In each region one is asked for, and one has a place."""
    reports = [asked_for(region, f"{region}-{n}") for region in (FEW, MANY) for n in (1, 2)]
    desk = doors.desk_of(SERVICE, [*CENTRES, *reports])
    for region in (FEW, MANY):
        need = need_of(desk, f"r{region}-2")
        desk.step.run([Heard(m.PlaceHeld(need, 1, b"k" * 32), f"held/{region}", need)])
    return desk


def need_of(desk, report_id):
    rows = stores.rows(desk.settings.dsn, f"SELECT need_id FROM needs WHERE report_id = '{report_id}' AND kind = 'shelter'")
    return rows[0][0]


@pytest.fixture
def client(desk):
    return TestClient(application(desk), headers={"Accept": "text/html", "Accept-Language": "en"})


def test_where_she_has_a_place_in_a_region_of_few_houses_only_the_country_is_counted(client):
    rows = [row for row in client.get("/needs.json").json() if row["kind"] == "shelter"]
    told = {(row["region"], row["state"]) for row in rows}
    assert told == {(FEW, "asked"), (MANY, "asked"), ("KZ", "held"), (MANY, "held")}


def test_the_list_of_her_region_neither_names_nor_counts_her_once_she_has_a_place(client):
    page = client.get("/needs", params={"kind": "shelter", "region": FEW}).text
    assert "1 need, the oldest first" in page and "state=held" not in page
    page = client.get("/needs", params={"kind": "shelter", "state": "held"}).text
    assert "2 needs" in page and "all other regions together" in page


def test_the_journey_of_her_need_tells_her_region_only_while_a_place_is_sought(desk, client):
    regions = {n: client.get(f"/needs/{need_of(desk, f'r{FEW}-{n}')}").text for n in (1, 2)}
    assert "Abai region" in regions[1]
    assert "Abai region" not in regions[2] and "all other regions together" in regions[2]
