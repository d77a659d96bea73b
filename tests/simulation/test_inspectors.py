"""Has every district of the demo an inspector on shift, and is every woman told who is to be told?"""

from datetime import timedelta

import pytest

from plumbing.identity import Ids
from plumbing.service import Heard, Moment
from services.police_intake.journal.moments import KAZAKHSTAN
from services.police_intake.measures.lives import BeginMeasure, MoveMeasure
from services.police_intake.roster.covering import NOBODY, coverage
from services.police_intake.roster.deciding import enter
from services.police_intake.roster.shifts import Shift
from services.police_intake.web.roster import ShiftFields
from simulation.inspectors import WEEK, Inspectors, shift
from tests.pages import doors, police_door
from tests.police_intake.intake import NOW

HERE, THERE = "УП г. Шымкент", "ОП № 3, Абайская область"


def entered(station, weeks):
    """What police decide about these weeks, typed into the form one after the other."""
    facts = {("district", station): "KZ-79"}
    for turn in range(weeks):
        command, _ = ShiftFields.model_validate(shift(7, station, turn, NOW.astimezone(KAZAKHSTAN) + turn * WEEK)).order()
        [event] = enter(command, facts, Moment(NOW, Ids(f"{turn}".encode()), None))
        assert isinstance(event, Shift), event
        facts |= event.changed_facts(facts)
        yield event


def test_week_after_week_somebody_is_on_shift_and_no_day_is_left_out():
    weeks = list(entered(HERE, 4))
    assert [one.until for one in weeks[:-1]] == [one.since for one in weeks[1:]] and len({one.inspector for one in weeks}) == 2
    for days in range(21):
        [covered] = coverage([(HERE, "KZ-79")], weeks, NOW + timedelta(days=days))
        assert covered.now != NOBODY and not covered.bare, days


def test_the_same_seed_gives_a_station_the_same_inspectors_and_no_two_stations_share_one():
    now = NOW.astimezone(KAZAKHSTAN)
    assert shift(7, HERE, 0, now) == shift(7, HERE, 0, now) != shift(8, HERE, 0, now)
    assert shift(7, HERE, 0, now)["inspector"] == shift(7, HERE, 2, now)["inspector"]
    shifts = [shift(7, f"station {n}", turn, now) for n in range(300) for turn in (0, 1)]
    assert len({one["inspector"] for one in shifts}) == 600
    assert 0.7 < sum(one["is_woman"] == "yes" for one in shifts) / 600 < 0.9


@pytest.mark.stack
def test_at_a_real_door_the_district_is_covered_and_she_is_told_before_he_is_out(stack):
    desk = police_door.desk()
    begun = BeginMeasure(police_door.first(desk), "administrative_case", "open", "Aigul", "73")
    desk.step.run([Heard(begun, "case", begun.report_id)])
    case = police_door.measure(desk)
    desk.step.run([Heard(MoveMeasure(case, "detain", "Aigul", 1), "detained", case)])
    with doors.opened(desk) as door:
        inspectors = Inspectors(door.url, 7, 60, lambda: NOW.astimezone(KAZAKHSTAN))
        assert inspectors.left() == {"districts": 1, "uncovered": 1, "untold": 1}
        inspectors.start()
        inspectors.go_home()
        assert inspectors.left() == {"districts": 1, "uncovered": 0, "untold": 0}
        assert (inspectors.shifts, inspectors.acts) == (1, 1)
        inspectors.look()
        assert (inspectors.shifts, inspectors.acts) == (1, 1), "what is done is not done again"
