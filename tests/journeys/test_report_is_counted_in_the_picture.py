"""The story of a number: a report is counted wherever it goes, and the country's books agree to the last one."""

import csv
from collections import Counter

import pytest

from plumbing.regions import COUNTRY, REGIONS, TOLD_APART
from services.situation_monitor.books import KINDS, Books
from services.situation_monitor.store import Line
from tests.journeys import telling
from tests.talking import ask

pytestmark = [pytest.mark.journey, pytest.mark.stack]
LINES = ("SELECT region, owner, kind, from_state, to_state, code, sum(number)::int, 0 FROM tallies GROUP BY 1, 2, 3, 4, 5, 6")
NEEDS = "SELECT region, kind, state, count(*)::int FROM needs GROUP BY 1, 2, 3"
STANDS = {"withdrawing": "asked", "held": "answered", "left": "arrived", "settled": "closed"}


def books(world):
    return Books(Line(*row) for row in world.sql("situation_monitor", LINES))


def test_a_report_is_counted_on_its_way_and_the_books_agree_to_the_last_one(whole):
    before = books(whole)
    report = telling.post(whole, telling.report(whole))
    need = telling.need_id(whole, report, "shelter")
    telling.act(whole, "social_registry", need, "arrived")
    gone = telling.post(whole, telling.report(whole))
    whole.take_back(gone)
    whole.rest()
    after = books(whole)
    for figure, more in (("reports", 2), ("assessed", 2), ("shelter.arrived", 1), ("shelter.withdrawn", 1)):
        assert after.figures()[figure] - before.figures()[figure] == more, figure
    assert after.entered("police_intake", "report", "unfounded") - before.entered("police_intake", "report", "unfounded") == 1


def test_what_the_monitor_counts_is_what_the_services_hold(whole):
    whole.post(whole.bodies(12))
    whole.rest()
    found, routers = books(whole), Counter()
    for region, kind, state, number in whole.sql("referral_router", NEEDS):
        nearly_an_address = kind == "shelter" and region in REGIONS and region not in TOLD_APART
        routers[COUNTRY if nearly_an_address else region, kind, STANDS.get(state, state)] += number
    for region in {region for region, _, _ in routers} | {"unknown"}:
        here = found.of(region)
        for kind in KINDS:
            for state in ("asked", "answered", "with_person", "arrived", "closed", "withdrawn"):
                assert here.now("referral_router", kind, state) == routers[region, kind, state], (region, kind, state)
        registered = whole.sql("police_intake", "SELECT count(*)::int FROM reports WHERE region = %s", region)[0][0]
        assert here.figures()["reports"] == here.figures()["assessed"] == registered and here.exact()
    assert found.exact()


def test_free_places_of_the_country_are_those_the_centres_have(whole):
    whole.rest()
    counted = whole.sql("situation_monitor", "SELECT sum(places)::int, sum(free)::int FROM places WHERE place = 'night'")
    there = whole.sql("social_registry", "SELECT sum(places_night)::int FROM facilities")[0][0]
    taken = whole.sql("social_registry", "SELECT count(*)::int FROM holds WHERE released_at IS NULL AND place = 'night'")[0][0]
    assert counted == [(there, there - taken)]


def test_the_picture_shows_to_people_that_the_books_agree(whole):
    whole.rest()
    status, told = ask("GET", f"{whole.url('situation_monitor')}/picture/reconciliation.csv", headers={"accept-language": "en"})
    rows = list(csv.reader(told.lstrip("\ufeff").splitlines(), delimiter=";"))
    assert status == 200 and {row[3] for row in rows[1:]} == {"agree"}
