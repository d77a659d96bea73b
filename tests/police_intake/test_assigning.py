"""Is what has to be done with her given to somebody who is there, never to a man where she wants a woman, and evenly?"""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from services.police_intake.figures import TASK_KINDS
from services.police_intake.roster.assigning import WITH_HER, Assigned, Errand, assign
from services.police_intake.roster.shifts import Shift
from tests.chance import examples
from tests.police_intake.intake import HOUR, NOW

SEEDED = settings(derandomize=True, deadline=None, max_examples=examples(300))
STAFF = [(f"inspector-{n}", station, is_woman) for n, (station, is_woman) in enumerate(
    [("A", True), ("A", True), ("A", False), ("A", False), ("B", True), ("B", False), ("C", False), ("C", False)])]


def shift(inspector="inspector-0", station="A", since=-4, **changes):
    start = NOW + since * HOUR
    usual = Shift(f"{inspector}/{since}", station, "KZ-79", inspector, True, start, start + 8 * HOUR, "Aigul")
    return replace(usual, **changes)


def drawn(one, since, hours):
    inspector, station, is_woman = one
    return shift(inspector, station, since, is_woman=is_woman, until=NOW + (since + hours) * HOUR)


def errand(subject="one", wants_woman=False, age=1, **changes):
    return replace(Errand(subject, "second_contact", "A", wants_woman, NOW - age * HOUR), **changes)


WOMAN, MAN = shift(), shift("inspector-2", is_woman=False)
SHIFTS = st.lists(st.sampled_from(STAFF), unique=True).flatmap(
    lambda staff: st.tuples(*(st.builds(drawn, st.just(one), st.integers(-10, 3), st.integers(1, 12)) for one in staff)))
ERRANDS = st.lists(
    st.builds(errand, st.uuids().map(str), st.booleans(), st.integers(0, 99), station=st.sampled_from("ABCD"), kind=st.sampled_from(WITH_HER)),
    max_size=25, unique_by=lambda one: one.task)


def test_she_who_wants_a_woman_gets_one_and_a_man_does_what_anybody_may():
    given_out = assign([errand("wish", True), errand("any")], [WOMAN, MAN], NOW)
    assert {subject: one.inspector for (subject, _), one in given_out.items()} == {"wish": "inspector-0", "any": "inspector-2"}


def test_where_no_woman_is_on_shift_nobody_is_sent_and_that_is_said():
    told = assign([errand(wants_woman=True)], [MAN, shift("inspector-4", "B"), shift(since=1)], NOW)
    assert list(told.values()) == [Assigned("", unmet=True)]
    assert list(assign([errand(wants_woman=True)], [WOMAN], NOW + 4 * HOUR).values()) == [Assigned("", unmet=True)], "she has gone"


def test_where_nobody_is_on_shift_a_task_without_a_wish_is_nobodys_and_no_wish_is_unmet():
    assert list(assign([errand()], [shift("inspector-4", "B")], NOW).values()) == [Assigned()]


def test_every_task_with_her_is_a_task_there_is():
    assert set(WITH_HER) <= set(TASK_KINDS)


@SEEDED
@given(ERRANDS, SHIFTS)
def test_no_man_where_a_woman_was_wished_and_nobody_who_is_off_shift_or_elsewhere(errands, shifts):
    on_shift = {one.inspector: one for one in shifts if one.since <= NOW < one.until}
    told = assign(errands, shifts, NOW)
    assert set(told) == {one.task for one in errands}
    for one in errands:
        here = [other for other in on_shift.values() if other.station == one.station]
        fit = {other.inspector for other in here if other.is_woman or not one.wants_woman}
        assert told[one.task].inspector in fit or (not fit and told[one.task].inspector == "")
        assert told[one.task].unmet == (one.wants_woman and not any(other.is_woman for other in here))


@SEEDED
@given(ERRANDS, SHIFTS, st.randoms())
def test_the_same_tasks_and_shifts_in_any_order_are_given_out_the_same(errands, shifts, chance):
    mixed, other = list(errands), list(shifts)
    chance.shuffle(mixed)
    chance.shuffle(other)
    assert assign(errands, shifts, NOW) == assign(mixed, other, NOW)


@SEEDED
@given(ERRANDS, SHIFTS)
def test_nobody_has_two_more_than_another_who_could_have_done_one_of_them(errands, shifts):
    told = assign(errands, shifts, NOW)
    has = Counter(one.inspector for one in told.values())
    on_shift = [one for one in shifts if one.is_on(NOW)]
    for busy in on_shift:
        own = [one for one in errands if told[one.task].inspector == busy.inspector]
        for idle in (one for one in on_shift if one.station == busy.station):
            could = [one for one in own if idle.is_woman or not one.wants_woman]
            assert not could or has[busy.inspector] - has[idle.inspector] <= 1
