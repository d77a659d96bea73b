"""Is a shift entered and ended as people can work, and does the roster say truly which district has nobody?"""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from plumbing.identity import Ids
from plumbing.service import CommandRefused, Moment
from services.police_intake.roster.covering import NO_WOMAN, NOBODY, WOMAN, coverage, next_days
from services.police_intake.roster.deciding import end, enter
from services.police_intake.roster.shifts import EndShift, EnterShift, Shift
from tests.chance import examples
from tests.police_intake.intake import DAY, HOUR, NOW

SEEDED = settings(derandomize=True, deadline=None, max_examples=examples(200))
HERE, THERE = "УП г. Шымкент", "Pavlodar city police department, station 2"
MOMENT = Moment(NOW, Ids(b"seed"), None)
DISTRICTS = {("district", HERE): "KZ-79", ("district", THERE): "KZ-55"}


def shift(station=HERE, since=0, hours=8, **changes):
    """A shift that begins so many hours from now."""
    start = NOW + since * HOUR
    usual = Shift(f"{station}/{since}", station, "KZ-79", "inspector-1", True, start, start + hours * HOUR, "Aigul")
    return replace(usual, **changes)


def facts(*shifts):
    found = dict(DISTRICTS)
    for one in shifts:
        found.update(one.changed_facts(found))
    return found


def entered(station=HERE, since=0, hours=8, known=(), **changes):
    start = NOW + since * HOUR
    command = EnterShift(station, "inspector-1", True, start, start + hours * HOUR, "Aigul")
    [event] = enter(replace(command, **changes), facts(*known), MOMENT)
    return event.kind if isinstance(event, CommandRefused) else event


def test_an_inspector_is_on_the_roster_of_the_district_and_its_region_and_who_entered_that_is_kept():
    kept = entered()
    assert (kept.station, kept.region, kept.inspector, kept.is_woman, kept.entered_by, kept.ended_by) == (
        HERE, "KZ-79", "inspector-1", True, "Aigul", "")
    assert kept.is_on(NOW) and kept.is_on(NOW + 8 * HOUR - timedelta(seconds=1)) and not kept.is_on(NOW + 8 * HOUR)


def test_nobody_is_put_into_two_districts_at_once_nor_twice_into_one():
    there = shift(THERE, 4)
    assert entered(known=(there,)) == "two-districts"
    assert entered(known=(shift(HERE, 4),)) == "on-shift"
    assert isinstance(entered(known=(there,), hours=4), Shift), "the one ends when the other begins"
    assert isinstance(entered(known=(there,), inspector="inspector-2"), Shift)


def test_a_shift_that_ends_before_it_begins_lasts_too_long_or_is_nowhere_is_refused():
    assert entered(hours=-1) == "ends-before-start" and entered(hours=0) == "ends-before-start"
    assert isinstance(entered(hours=7 * 24), Shift) and entered(hours=7 * 24 + 1) == "too-long"
    assert entered("Nowhere") == "unknown-district"


def ended(one):
    [event] = end(EndShift(one.shift_id, "Dana"), facts(one), MOMENT)
    return event


def test_a_shift_ends_now_one_to_come_is_taken_off_and_what_was_is_not_rewritten():
    assert ended(shift(since=-2)).until == NOW and ended(shift(since=-2)).ended_by == "Dana"
    off = ended(shift(since=5))
    assert off.until == off.since and not off.is_on(off.since)
    assert ended(shift(since=-9)).kind == "shift-over" and ended(off).kind == "shift-over"
    [unknown] = end(EndShift("nobody's", "Dana"), {}, MOMENT)
    assert unknown.kind == "unknown-shift"


def test_one_that_was_taken_off_the_roster_may_be_entered_anew():
    assert isinstance(entered(since=5, known=(ended(shift(since=5)),)), Shift)


def test_the_uncovered_district_stands_first_then_the_one_without_a_woman():
    districts = [("A", "KZ-55"), ("B", "KZ-55"), ("C", "KZ-79"), ("D", "KZ-79")]
    shifts = [shift("A"), shift("B", is_woman=False), shift("D", 24), shift("elsewhere")]
    assert [(one.station, one.now) for one in coverage(districts, shifts, NOW)] == [
        ("C", NOBODY), ("D", NOBODY), ("B", NO_WOMAN), ("A", WOMAN)]


def test_of_the_next_seven_days_those_on_which_nobody_comes_are_named():
    [one] = coverage([(HERE, "KZ-79")], [shift(hours=8), shift(since=72, hours=30)], NOW)
    assert one.until == NOW + 8 * HOUR
    assert one.bare == tuple(date(2026, 11, day) for day in (23, 24, 27, 28)), "15:07 on the 22nd; 25th and 26th are covered"


def test_what_is_over_today_covers_nothing_of_today():
    [one] = coverage([(HERE, "KZ-79")], [shift(since=-8, hours=8)], NOW)
    assert one.now == NOBODY and date(2026, 11, 22) in one.bare


SHIFTS = st.lists(st.builds(shift, st.sampled_from(("A", "B", "C")), st.integers(-48, 200), st.integers(1, 168), is_woman=st.booleans()), max_size=12)


@SEEDED
@given(SHIFTS)
def test_a_district_is_covered_if_and_only_if_somebody_is_there(shifts):
    for one in coverage([("A", "KZ-55"), ("B", "KZ-79")], shifts, NOW):
        own = [other for other in shifts if other.station == one.station]
        here = [other for other in own if other.since <= NOW < other.until]
        assert (one.now == NOBODY) == (not here) and (one.now == WOMAN) == any(other.is_woman for other in here)
        for day, start, stop in next_days(NOW):
            minutes = range(int((stop - start) / timedelta(minutes=30)) + 1)
            there = any(other.is_on(start + timedelta(minutes=30) * n) for other in own for n in minutes if start + timedelta(minutes=30) * n < stop)
            assert there <= (day not in one.bare)


@SEEDED
@given(st.lists(st.tuples(st.sampled_from((HERE, THERE)), st.integers(-24, 100), st.integers(1, 60)), max_size=10))
def test_whatever_is_entered_no_inspector_is_ever_in_two_places(orders):
    known = dict(DISTRICTS)
    kept = []
    for station, since, hours in orders:
        start = NOW + since * HOUR
        [event] = enter(EnterShift(station, "inspector-1", True, start, start + hours * HOUR, "Aigul"), known, MOMENT)
        if isinstance(event, Shift):
            known.update(event.changed_facts(known))
            kept.append(event)
    moments = [NOW + n * HOUR for n in range(-24, 170)]
    assert all(sum(one.is_on(at) for one in kept) <= 1 for at in moments)


def test_days_are_kazakhstans_and_today_begins_now():
    days = next_days(NOW)
    assert len(days) == 7 and days[0][0] == date(2026, 11, 22) and days[0][1] == NOW
    assert days[0][2] == days[1][1] and days[1][2] - days[1][1] == DAY
