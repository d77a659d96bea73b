"""Is every move of a case or an order counted once, without a person, and of her side nothing?"""

from dataclasses import fields, replace

import pytest

from plumbing.counting import cut_to_hour
from services.police_intake.counting import counted
from services.police_intake.measures.lives import NOTHING, MeasureKept
from services.police_intake.measures.said import MeasureCounted
from tests.police_intake.measured import LIVES, NOW, do, known, measure, tried

# Nobody's count: how she is told, who is watched or has complained, and what follows from another measure.
NOT_COUNTED = {
    "court_notice", "preventive_register", "reconciliation", "respondent_complaint", "safety_notice", "second_contact",
}


def counts(events, facts):
    return [one for event in events for one in counted(facts, event, NOW)]


def test_a_measure_that_begins_and_one_that_moves_are_counted_once_each():
    events = tried(LIVES["protection_order"].acts["issue"], NOTHING)
    order = next(event.measure for event in events if isinstance(event, MeasureKept) and event.measure.kind == "protection_order")
    begun = MeasureCounted("KZ-55", "protection_order", "", "issued", cut_to_hour(NOW))
    assert counts(events, {}) == [begun]
    facts = known(replace(order, measure_id="measure"))
    served = do(LIVES["protection_order"].acts["serve"], facts)
    assert counts(served, facts) == [MeasureCounted("KZ-55", "protection_order", "issued", "served", cut_to_hour(NOW))]


def test_an_act_that_changes_no_state_is_not_counted():
    order = measure("protection_order", "served")
    events = do(LIVES["protection_order"].acts["checked"], known(order), code="kept")
    assert counts(events, {("measure", order.measure_id): order}) == []


@pytest.mark.parametrize("kind", sorted(LIVES))
def test_every_life_is_counted_but_how_she_is_told_and_who_is_watched(kind):
    for state in LIVES[kind].states:
        begun = counts([MeasureKept(measure(kind, state), None)], {})
        assert [one.to_state for one in begun] == ([] if kind in NOT_COUNTED else [state])


def test_a_count_of_a_measure_has_no_room_for_a_person():
    assert {field.name for field in fields(MeasureCounted)} == {"region", "kind", "from_state", "to_state", "hour"}
