"""Can anyone work out a small number from what is shown? Asked of every table chance can think of."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from services.situation_monitor.suppression import SMALL, Sum, suppress

parts = st.lists(st.integers(0, 12), min_size=1, max_size=5)


def table(numbers):
    values = {f"part {n}": number for n, number in enumerate(numbers)}
    return {**values, "total": sum(numbers)}, [Sum("total", tuple(values))]


def two_levels(first, second):
    """A part of one sum that is the total of another, as in the funnel."""
    values = {f"a{n}": number for n, number in enumerate(first)} | {f"b{n}": number for n, number in enumerate(second)}
    middle, names = sum(second), tuple(values)
    values |= {"middle": middle, "top": sum(first) + middle}
    return values, [Sum("top", (*(n for n in names if n[0] == "a"), "middle")), Sum("middle", tuple(n for n in names if n[0] == "b"))]


def others(values, sums, shown, near=3):
    """All tables like this one that would be shown alike and add up; each hidden number moved by at most `near`."""
    hidden = [name for name, value in shown.items() if value is None]
    for moves in product(range(-near, near + 1), repeat=len(hidden)):
        other = {**values, **{name: values[name] + move for name, move in zip(hidden, moves, strict=True)}}
        if min(other.values()) >= 0 and all(other[s.total] == sum(other[p] for p in s.parts) for s in sums):
            yield other


@given(parts)
def test_no_small_number_is_ever_shown(numbers):
    values, sums = table(numbers)
    assert not [value for value in suppress(values, sums).values() if value is not None and 0 < value < SMALL]


@given(parts)
@settings(max_examples=150, deadline=None)
def test_every_hidden_number_could_be_another(numbers):
    values, sums = table(numbers)
    shown = suppress(values, sums)
    possible = list(others(values, sums, shown, 1))
    for name in (name for name, value in shown.items() if value is None):
        assert len({other[name] for other in possible}) > 1, (values, shown)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=3), st.lists(st.integers(0, 9), min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_a_total_that_is_itself_a_part_gives_nothing_away(first, second):
    values, sums = two_levels(first, second)
    shown = suppress(values, sums)
    possible = list(others(values, sums, shown, 1))
    for name in (name for name, value in shown.items() if value is None):
        assert len({other[name] for other in possible}) > 1, (values, shown)


@given(parts)
def test_what_is_hidden_behind_a_shown_total_is_together_no_small_number(numbers):
    values, sums = table(numbers)
    shown = suppress(values, sums)
    rest = sum(values[name] for name, value in shown.items() if value is None)
    assert shown["total"] is None or rest == 0 or rest >= SMALL


@given(st.lists(st.integers(SMALL, 99), min_size=1, max_size=6))
def test_where_nobody_is_few_nothing_is_hidden(numbers):
    values, sums = table(numbers)
    assert suppress(values, sums) == values


def test_one_small_region_takes_the_next_smallest_with_it():
    values, sums = table([3, 40, 7, 0])
    assert suppress(values, sums) == {"part 0": None, "part 1": 40, "part 2": None, "part 3": 0, "total": 50}
