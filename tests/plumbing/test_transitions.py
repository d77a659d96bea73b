"""Does one table say which moves a life has, for code and people alike?"""

import pytest

from plumbing.transitions import read_table

TABLE = """
[taken]
kind = "bed"
from = ["held", "kept"]
to = "used"
says = "Taken"
label = "Taken"
codes = ["quiet", "loud"]

[expired]
kind = "bed"
from = ["held"]
to = "gone"
"""


@pytest.fixture
def table(tmp_path):
    (tmp_path / "moves.toml").write_text(TABLE, "utf-8")
    return read_table(tmp_path / "moves.toml")


def test_a_move_starts_only_where_the_table_says(table):
    taken = table.moves["taken"]
    assert [taken.allows("bed", state) for state in ("held", "kept", "used")] == [True, True, False]
    assert not taken.allows("room", "held")


def test_a_person_is_offered_only_moves_with_a_label(table):
    assert [move.name for move in table.acts("bed", "held")] == ["taken"]
    assert table.acts("bed", "used") == []


def test_a_move_says_where_it_leads_and_what_is_said(table):
    taken, expired = table.moves["taken"], table.moves["expired"]
    assert (taken.to, taken.says, taken.codes) == ("used", "Taken", ("quiet", "loud"))
    assert (expired.to, expired.says, expired.label, expired.codes) == ("gone", "", "", ())
