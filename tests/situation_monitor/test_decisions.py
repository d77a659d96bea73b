"""Where is each count counted, and when is an hour a surge? With plain values."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from plumbing.identity import Ids
from plumbing.service import CommandRefused, Moment
from services.situation_monitor import decisions
from services.situation_monitor import messages as m
from services.situation_monitor.facts import PlacesMoved, SurgeRaised, Tallied, WatchKept, evolve
from services.situation_monitor.questions import more_than_usual
from services.situation_monitor.suppression import SMALL
from services.situation_monitor.windows import WEEK, Window, weeks_before, window_from
from services.situation_monitor.wiring import SERVICE
from tests.situation_monitor import script

LATE = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)  # one in the morning of the next day in Kazakhstan
MOMENT = Moment(LATE, Ids(b"seed"), SERVICE.law)
SEEN = m.RaiseSurge("5510", "KZ-55", LATE, 6, (1, 2, 1, 2))


def cell_of(events):
    return next(event.cell for event in events if isinstance(event, Tallied))


def test_a_report_is_counted_on_its_day_and_hour_in_kazakhstan():
    cell = cell_of(decisions.count_report(script.report(hour=LATE), {}, MOMENT))
    assert (cell.day, cell.hour, cell.region) == (date(2026, 11, 23), 1, "KZ-55")
    assert (cell.owner, cell.kind, cell.to_state, cell.code) == ("police_intake", "report", "registered", "form")


@pytest.mark.parametrize("outcome", decisions.NO_REPORT)
def test_a_record_that_became_no_report_is_counted_apart(outcome):
    assert cell_of(decisions.count_report(script.report(outcome=outcome), {}, MOMENT)).kind == "record"


def test_a_journals_records_are_all_counted_at_once():
    (tallied,) = decisions.count_records(m.RecordsCounted("KZ", 65, LATE), {}, MOMENT)
    assert (tallied.number, tallied.cell.kind) == (65, "journal")


def test_a_need_is_counted_with_the_hours_it_waited():
    (tallied,) = decisions.count_need(script.need("shelter", ("asked", "answered")), {}, MOMENT)
    assert (tallied.hours_waited, tallied.cell.from_state, tallied.cell.to_state) == (3, "asked", "answered")


def test_an_assessment_is_counted_under_the_hour_of_its_report():
    cell = cell_of(decisions.count_assessment(m.AssessmentCounted("KZ-55", LATE, "assessed"), {}, MOMENT))
    assert (cell.day, cell.hour, cell.kind) == (date(2026, 11, 23), 1, "assessment")


def test_a_measure_is_counted_as_a_move_of_police_and_takes_no_place():
    (tallied,) = decisions.count_measure(m.MeasureCounted("KZ-75", "protection_order", "issued", "served", LATE), {}, MOMENT)
    cell = tallied.cell
    assert (cell.owner, cell.kind, cell.from_state, cell.to_state, cell.hour) == ("police_intake", "protection_order", "issued", "served", 1)


@pytest.mark.parametrize(("told", "owner"), [(m.SocialLifeCounted, "social_registry"), (m.HealthLifeCounted, "health_narcology")])
def test_a_life_that_takes_a_place_leaves_one_free_place_less(told, owner):
    events = decisions.count_life(told("KZ-10", "detox", "", "held", "bed", -1, LATE), {}, MOMENT)
    assert events[1] == PlacesMoved(owner, "KZ-10", "bed", 0, -1) and cell_of(events).owner == owner
    assert len(decisions.count_life(told("KZ-10", "detox", "held", "brought", "", 0, LATE), {}, MOMENT)) == 1


def test_new_places_are_free_on_their_first_day():
    assert decisions.count_places(m.SocialPlacesCounted("KZ", "night", 12, LATE), {}, MOMENT) == (
        PlacesMoved("social_registry", "KZ", "night", 12, 12),)


def test_an_hour_far_above_its_usual_is_a_surge_and_is_raised_once():
    (raised,) = decisions.raise_surge(SEEN, {}, MOMENT)
    assert isinstance(raised, SurgeRaised) and raised.surge.rule_id == "surge/more-than-usual"
    assert decisions.raise_surge(replace(SEEN, reports=40), evolve({}, raised), MOMENT) == ()


@pytest.mark.parametrize(("reports", "before"), [(5, (0, 0, 0, 0)), (6, (2, 2, 2, 3)), (0, ())])
def test_too_few_or_no_more_than_usual_is_no_surge(reports, before):
    assert decisions.raise_surge(replace(SEEN, reports=reports, before=before), {}, MOMENT) == ()


def test_before_the_first_rule_nothing_is_a_surge():
    assert decisions.raise_surge(replace(SEEN, hour=datetime(2009, 12, 1, tzinfo=UTC)), {}, MOMENT) == ()


def test_no_rule_ever_raises_a_number_too_small_to_be_shown():
    assert all(rule.parameters["reports_min"] >= SMALL for rule in SERVICE.law.rules)


def test_the_usual_is_the_mean_of_the_weeks_the_rule_looks_back():
    parameters = {"weeks": 2, "reports_min": 1, "times_usual": 2.0, "fresh_hours": 48}
    assert more_than_usual(parameters, 6, (2, 4, 100), 0)[0] and not more_than_usual(parameters, 5, (2, 4), 0)[0]


@pytest.mark.parametrize(("hours", "raised"), [(47, 1), (48, 0)])
def test_an_hour_of_an_old_journal_is_nobodys_alarm(hours, raised):
    assert len(decisions.raise_surge(replace(SEEN, hour=LATE - timedelta(hours=hours)), {}, MOMENT)) == raised


def test_the_watch_says_how_far_it_has_counted():
    assert decisions.keep_watch(m.KeepWatch(1, 9), {}, MOMENT) == (WatchKept(1, 9),)
    assert not any(isinstance(event, CommandRefused) for event in decisions.keep_watch(m.KeepWatch(1, 1), {}, MOMENT))


def test_a_message_that_comes_again_leaves_the_window_as_it_is():
    window = window_from(None).with_one(4).with_one(4).with_one(3).with_one(9)
    assert window == Window(2, 9) == window_from([2, 9])


def test_the_weeks_before_are_looked_up_at_the_same_hour():
    looked = []
    weeks_before(LATE, lambda then: looked.append(LATE - then) or Window())
    assert looked == [WEEK, 2 * WEEK, 3 * WEEK, 4 * WEEK] and timedelta(hours=1) not in looked
