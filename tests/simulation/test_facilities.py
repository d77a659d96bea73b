"""Do the services' directories hold the figures of the sources, as the generator writes them?"""

import tomllib
from collections import Counter

import pytest

from simulation.facilities import ROOT, directories, shared_out
from simulation.figures import regions

SPREAD = {
    **{"KZ-55": 5, "KZ-11": 5, "KZ-35": 5, "KZ-39": 4, "KZ-71": 3, "KZ-75": 3},
    **{"KZ-31": 2, "KZ-33": 2, "KZ-61": 2, "KZ-15": 2},
    **{"KZ-27": 1, "KZ-23": 1, "KZ-59": 1, "KZ-47": 1, "KZ-43": 1, "KZ-62": 1, "KZ-79": 1, "KZ-63": 1},
}


def read(service: str, kind: str) -> list[dict]:
    path = ROOT / "services" / service / "directory.toml"
    return [row for row in tomllib.loads(path.read_text(encoding="utf-8"))["facility"] if row["kind"] == kind]


@pytest.fixture
def centres():
    return read("social_registry", "crisis_centre")


@pytest.fixture
def detox():
    return read("health_narcology", "detox")


def test_directories_stand_as_the_generator_writes_them():
    stale = [
        path.name for path, content in directories().items() if path.read_text(encoding="utf-8") != content
    ]
    assert not stale, "run python -m simulation.facilities"


def test_forty_one_centres_are_spread_as_in_the_facts(centres):
    assert Counter(row["region"] for row in centres) == SPREAD
    assert Counter(row["ownership"] for row in centres) == {"public": 14, "not_public": 27}


def test_centres_stand_in_eighteen_regions_but_abay_and_almaty_region(centres):
    assert set(regions()) - {row["region"] for row in centres} == {"KZ-10", "KZ-19"}


def test_every_centre_has_eight_to_twenty_five_beds(centres):
    assert all(8 <= row["places_night"] <= 25 for row in centres)
    assert [row["places_night"] for row in centres if row["region"] == "KZ-63"] == [12]


def test_some_centre_takes_men_day_guests_and_wheelchairs(centres):
    assert sum(row["admits_men"] for row in centres) == 4
    assert any(row["places_day"] for row in centres)
    assert any(row["accessible"] for row in centres)


def test_thirty_five_detox_centres_have_778_beds(detox):
    assert len(detox) == 35
    assert sum(row["beds"] for row in detox) == 778
    assert all(10 <= row["beds"] <= 45 for row in detox)


def test_named_detox_centres_have_the_beds_of_the_report(detox):
    beds = {iso: [row["beds"] for row in detox if row["region"] == iso] for iso in regions()}
    assert beds["KZ-63"] == [20]
    assert beds["KZ-55"] == [24]
    assert [iso for iso in beds if not beds[iso]] == ["KZ-11"], "only Kokshetau's region has none"


def test_every_region_has_one_narcology_organisation():
    assert [row["region"] for row in read("health_narcology", "narcology")] == list(regions())


def test_twenty_treatment_facilities_are_nearly_full():
    treatment = read("health_narcology", "treatment")
    assert [row["region"] for row in treatment] == list(regions())
    assert all(40 <= row["beds"] <= 75 and 0 <= row["beds"] - row["beds_before"] <= 2 for row in treatment)


def test_every_facility_has_a_code_of_its_own(centres, detox):
    health = [*detox, *read("health_narcology", "narcology"), *read("health_narcology", "treatment")]
    codes = [row["code"] for row in (*centres, *health)]
    assert len(set(codes)) == len(codes) == 116


def test_shares_always_add_up_to_the_whole():
    assert shared_out(10, [1, 1, 1]) == [4, 3, 3]
