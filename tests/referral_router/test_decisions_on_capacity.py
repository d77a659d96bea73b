"""Is a centre that was full asked again once it has room, for everyone who waits?"""

from types import SimpleNamespace

import pytest

from services.referral_router import capacity
from tests.referral_router.region import kinds, only, report
from tests.stores import NOW


@pytest.fixture
def waiting(region):
    """Three women for whom there was no room anywhere, each with a coordinator."""
    region.open("centre-1", free=0)
    region.open("centre-2", free=0)
    for number in (1, 2, 3):
        region.hear(report(report_id=f"report-{number}", victim_ref=f"she-{number}"))
        assert region.need(report_id=f"report-{number}").queue == "coordinator"
    return region


def states(region):
    return [region.need(report_id=f"report-{number}").state for number in (1, 2, 3)]


def test_a_place_that_came_free_opens_a_new_round_for_who_waited_longest(waiting):
    issued = only(waiting.open("centre-2", free=1), "ShelterReferralIssued")
    assert states(waiting) == ["asked", "with_person", "with_person"]
    assert (issued.facility_code, issued.need_id) == ("centre-2", waiting.need(report_id="report-1").need_id)
    assert (issued.need_id, "need") not in waiting.tasks


def test_as_many_who_waited_are_asked_for_as_there_is_room(waiting):
    waiting.open("centre-2", free=2)
    assert states(waiting) == ["asked", "asked", "with_person"]


def test_capacity_heard_twice_or_out_of_order_asks_nobody_more(waiting):
    waiting.open("centre-2", free=1)
    assert waiting.open("centre-2", free=9, sequence=3) == [] and waiting.open("centre-2", free=9, sequence=2) == []
    assert states(waiting) == ["asked", "with_person", "with_person"]


def test_the_same_or_fewer_places_open_no_round(region):
    region.hear(report())
    for _ in range(2):
        region.answer("refused")
    for free in (4, 3, 0):
        assert kinds(region.open("centre-1", free=free)) == ["FacilityHeard"]
    assert region.need().queue == "coordinator"


def test_in_a_new_round_a_centre_that_refused_before_is_asked_again(region):
    region.hear(report())
    for _ in range(2):
        region.answer("refused")
    assert region.need().queue == "coordinator"
    region.open("centre-1", free=9)
    assert (region.need().state, region.need().facility_code, region.need().attempt) == ("asked", "centre-1", 3)
    region.answer("refused")
    assert region.need().facility_code == "centre-2"


def test_room_in_another_region_calls_who_finds_none_in_her_own(waiting):
    issued = only(waiting.open("far", free=1, region="KZ-10"), "ShelterReferralIssued")
    assert (issued.facility_code, issued.need_id) == ("far", waiting.need(report_id="report-1").need_id)
    assert states(waiting) == ["asked", "with_person", "with_person"]


def test_who_waits_in_the_region_of_the_place_comes_before_who_waits_longer_elsewhere(waiting):
    waiting.open("far", free=0, region="KZ-10")
    waiting.hear(report(report_id="report-4", victim_ref="she-4", region="KZ-10"))
    waiting.open("far", free=2, region="KZ-10")
    assert waiting.need(report_id="report-4").state == "asked" and states(waiting) == ["asked", "with_person", "with_person"]


def test_room_elsewhere_calls_nobody_whose_own_region_has_room(region):
    for number in (3, 4):
        region.open(f"centre-{number}", free=2)
    region.hear(report())
    for _ in range(3):
        region.answer("refused")
    assert region.need().queue == "coordinator"  # three were asked; the fourth at home has room
    region.open("far", free=9, region="KZ-10")
    assert region.need().state == "with_person"


def test_the_only_room_at_home_that_refused_her_keeps_nobody_from_going_further(region):
    region.open("centre-2", free=0)
    region.hear(report())
    region.answer("refused")
    region.open("far", free=9, region="KZ-10")
    assert region.need().facility_code == "far"


def test_a_rule_that_does_not_look_beyond_its_region_keeps_who_waits_at_home(waiting, monkeypatch):
    parameters = {**dict(waiting.law.version("shelter/consent-given", NOW.date()).parameters), "beyond_region": False}
    monkeypatch.setattr(capacity, "rule_of", lambda need, moment: SimpleNamespace(parameters=parameters))
    waiting.open("far", free=9, region="KZ-10")
    assert states(waiting) == ["with_person"] * 3


def test_room_for_others_opens_no_round(waiting):
    waiting.open("detox-1", "detox", 9)
    assert states(waiting) == ["with_person"] * 3


def test_who_is_looked_for_by_an_inspector_is_not_sent_on_by_a_free_place(region):
    region.hear(report())
    region.answer("held")
    region.answer("ended", more="no_show")
    region.open("centre-2", free=9)
    assert (region.need().state, region.need().queue) == ("with_person", "womens_protection_inspector")
