"""Does no answer ever count as no danger, and does more danger never give a lower grade?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.police_intake.risk.grading import graded
from services.police_intake.risk.loading import GRIDS

GRID = GRIDS.versions[0]
IDS = [one.id for one in GRID.questions]
HARD = [one.id for one in GRID.questions if one.is_hard]
NONE = dict.fromkeys(IDS, "no")
answers = st.fixed_dictionaries({name: st.sampled_from(["yes", "no", "unknown"]) for name in IDS})
question = st.sampled_from(IDS)


def rank(told, *, asked_apart=True):
    return GRID.rank(graded(GRID, told, asked_apart=asked_apart).grade)


def said(**more):
    return graded(GRID, {**NONE, **more}, asked_apart=True)


@given(answers, question)
def test_an_answer_that_is_not_known_never_gives_less_than_a_no(told, name):
    assert rank({**told, name: "unknown"}) >= rank({**told, name: "no"})


@given(answers, question)
def test_a_yes_never_gives_less_danger_than_a_no(told, name):
    assert rank({**told, name: "yes"}) >= rank({**told, name: "no"})


@given(answers, question)
def test_whoever_did_not_answer_may_be_in_as_much_danger_as_the_page_says_at_most(told, name):
    possible = GRID.rank(graded(GRID, told, asked_apart=True).possible)
    assert possible >= rank(told) or graded(GRID, told, asked_apart=True).too_many_unknown
    assert told[name] != "unknown" or possible >= GRID.rank(graded(GRID, {**told, name: "yes"}, asked_apart=True).grade) or (
        graded(GRID, {**told, name: "yes"}, asked_apart=True).too_many_unknown)


@given(answers, st.sampled_from(HARD))
def test_one_hard_trigger_is_always_high_or_more(told, name):
    assert rank({**told, name: "yes"}) >= GRID.rank("high")


@given(answers, st.lists(st.sampled_from(HARD), min_size=2, max_size=2, unique=True))
def test_two_hard_triggers_are_always_the_highest_grade(told, pair):
    assert graded(GRID, {**told, **dict.fromkeys(pair, "yes")}, asked_apart=True).grade == GRID.codes[-1]


@given(answers)
def test_beside_the_other_person_nothing_she_said_counts_either_way(told):
    beside = graded(GRID, told, asked_apart=False)
    assert beside == graded(GRID, {}, asked_apart=True) and beside.too_many_unknown and beside.grade == "medium"


@given(answers)
def test_the_answer_that_is_named_would_really_change_the_grade(told):
    found = graded(GRID, told, asked_apart=True)
    if found.nearest:
        name, answer, grade = found.nearest
        assert told[name] != answer and graded(GRID, {**told, name: answer}, asked_apart=True).grade == grade != found.grade


@given(answers)
def test_all_that_is_not_known_is_named_so_that_it_can_be_asked(told):
    assert set(graded(GRID, told, asked_apart=True).unknown) == {name for name, answer in told.items() if answer == "unknown"}


@pytest.mark.parametrize("yes, grade, points", [
    ((), "standard", 0), (("money", "gun"), "standard", 4), (("gun", "stalking"), "medium", 6),
    (("gun", "stalking", "escalation"), "medium", 9), (("gun", "stalking", "escalation", "money"), "high", 10),
    (("gun", "stalking", "escalation", "separation", "fears_death"), "high", 15),
    (("gun", "stalking", "escalation", "separation", "fears_death", "money"), "extreme", 16), (("strangulation",), "high", 0),
    (("strangulation", "weapon"), "extreme", 0),
])
def test_the_grid_of_the_facts_is_graded_as_the_facts_say(yes, grade, points):
    found = said(**dict.fromkeys(yes, "yes"))
    assert (found.grade, found.points) == (grade, points)


def test_three_answers_in_ten_may_be_missing_and_no_more():
    eight, nine = (dict.fromkeys(IDS[-count:], "unknown") for count in (8, 9))
    assert said(**eight).grade == "standard" and not said(**eight).too_many_unknown
    assert said(**nine).grade == "medium" and said(**nine).too_many_unknown
