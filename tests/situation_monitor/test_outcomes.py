"""Does the picture tell of every case and order how it stands or ended, with none left over, and give nobody away?"""

import tomllib
from collections import Counter
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from services.police_intake.counting import COUNTED
from services.situation_monitor import outcomes
from services.situation_monitor.books import Books
from services.situation_monitor.store import Line
from services.situation_monitor.suppression import SMALL, suppress
from services.situation_monitor.wiring import SERVICE
from tests.police_intake.measured import LIVES

CASE = LIVES["administrative_case"]


@st.composite
def cases(draw):
    """Ways through the table of a case, as its acts go."""
    ways = []
    for _ in range(draw(st.integers(0, 40))):
        states = ["nothing"]
        for _ in range(draw(st.integers(1, 4))):
            onward = sorted({act.after(states[-1]) for act in CASE.acts.values() if states[-1] in act.from_states} - {states[-1]})
            if not onward:
                break
            states.append(draw(st.sampled_from(onward)))
        ways.append(["", *states[1:]])
    return ways


def lines_of(ways):
    moves = Counter(pair for way in ways for pair in pairwise(way))
    return [Line("KZ-75", "police_intake", "administrative_case", *pair, "", number, 0) for pair, number in moves.items()]


def shown_of(ways):
    books = Books(lines_of(ways))
    values, sums = outcomes.figures(books)
    shown = suppress(values, sums)
    return values, shown, outcomes.table(shown, books)


@given(cases())
@settings(max_examples=100, deadline=None)
def test_every_case_that_was_opened_stands_in_one_line_and_none_is_unexplained(ways):
    values, _, _ = shown_of(ways)
    now = Counter(way[-1] for way in ways)
    assert {name.rsplit("/", 1)[1]: number for name, number in values.items() if name.count("/") == 2 and number} == dict(now)
    assert values.get("measure/administrative_case", 0) == len(ways)


@given(cases())
@settings(max_examples=100, deadline=None)
def test_no_few_cases_are_shown_nor_a_share_that_tells_of_them(ways):
    _, _, table = shown_of(ways)
    for _, _, number, share in table.rows:
        assert number is None or number == 0 or number >= SMALL
        assert (share is None) == (number is None or not table.rows[0][2])


def test_how_large_a_part_ended_how_is_told_in_per_cent():
    _, _, table = shown_of([["", "opened"]] * 10 + [["", "opened", "warned"]] * 30)
    assert {(row[1].code, *row[2:]) for row in table.rows} == {("begun", 40, 100), ("opened", 10, 25), ("warned", 30, 75)}


def test_the_picture_has_a_word_for_every_measure_and_state_that_police_count():
    words = tomllib.loads((SERVICE.folder / "words.toml").read_text("utf-8"))
    assert set(COUNTED) <= set(words["kind"])
    assert {state for kind in COUNTED for state in LIVES[kind].states} <= set(words["state"])
