"""Is every hand that was laid on the audit found? Ten thousand tamperings, on plain rows."""

from __future__ import annotations

from random import Random

import pytest

from plumbing.audit.chain import Head, chained, verify
from tests.audit.making import TAMPERINGS, chain, draft, end, signed, written_anew

TRIES = 10_000
ROWS = chain()
HEADS = signed(ROWS)


def test_a_chain_that_nobody_touched_is_whole():
    assert verify(ROWS, HEADS, end(ROWS)) == []
    assert verify([], [], Head(0, bytes(32))) == []


def test_ten_thousand_tamperings_are_made_and_ten_thousand_are_found():
    chance = Random(20261124)
    missed = []
    for number in range(TRIES):
        tamper = TAMPERINGS[number % len(TAMPERINGS)]
        rows = tamper(ROWS, chance)
        # Whoever holds the database moves its own head along; what was signed outside, they cannot.
        if rows != ROWS and not verify(rows, HEADS, end(rows)):
            missed.append((number, tamper.__name__))
    assert missed == []


@pytest.mark.parametrize("place", [0, 30, 59])
def test_the_row_that_was_changed_is_named(place):
    rows = list(ROWS)
    rows[place] = type(rows[place])(**{**vars(rows[place]), "object_id": "another"})
    assert verify(rows, HEADS, end(rows))[0] == f"row {place + 1} was changed after it was written"


def test_rows_that_were_taken_out_are_named():
    assert verify(ROWS[:10] + ROWS[12:], HEADS)[0] == "rows 11 to 12 are missing"


def test_an_end_that_was_cut_off_is_named_by_what_was_signed():
    assert verify(ROWS[:50], HEADS, end(ROWS[:50]))[0].startswith("row 60, signed then, is not there")


def test_a_chain_written_anew_is_whole_in_itself_and_belied_by_what_was_signed():
    rows = written_anew(ROWS, Random(1))
    assert verify(rows, [], end(rows)) == []
    assert "written anew" in verify(rows, HEADS, end(rows))[0]


def test_rows_after_the_last_signed_one_are_held_by_the_head_in_the_database_alone():
    """What is stated: a cut among the rows of the last minutes is seen by whoever did not also change the head."""
    later = [*ROWS, *chained([draft(60), draft(61)], end(ROWS))]
    assert verify(later[:-1], HEADS, end(later)) == ["the chain ends with row 61, and its head says row 62"]
    assert verify(later[:-1], HEADS, end(later[:-1])) == []


def test_a_name_in_another_spelling_is_another_row():
    one, two = (chained([draft(1).__class__(**{**vars(draft(1)), "name": name})], end([]))[0] for name in ("ab", "a b"))
    assert one.hash != two.hash
