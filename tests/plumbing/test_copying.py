"""Does every value come back from PostgreSQL as it was, though it went in by COPY?"""

from contextlib import closing
from datetime import UTC, datetime

import pytest

from plumbing.copying import lines
from plumbing.postgres import COPIED_FROM, Database

pytestmark = pytest.mark.stack
TEXTS = ["", "plain", "tab\there", "line\nbreak", "cr\rhere", "back\\slash", "\\N", "\\.", '"quoted" {brace}, comma', "Әйгүл ␀", "N"]
AT = datetime(2026, 11, 22, 10, 7, 31, 5, tzinfo=UTC)


def rows(number):
    return [(n, TEXTS[n % len(TEXTS)], None if n % 3 else TEXTS[-n % len(TEXTS)], bytes([n % 256, 0, 92]), TEXTS[: n % 12], AT, n % 2 == 0)
            for n in range(number)]


@pytest.fixture
def database(stack):
    with closing(Database(stack.create_database("test_copying"), "tests")) as one:
        with one.transaction() as tx:
            tx.run("CREATE TABLE things (n int PRIMARY KEY, a text NOT NULL, b text, c bytea, d text[], e timestamptz, f boolean)")
        yield one


def kept(database):
    with database.transaction() as tx:
        return [(*row[:3], bytes(row[3]), *row[4:]) for row in tx.rows("SELECT * FROM things ORDER BY n")]


@pytest.mark.parametrize("number", [COPIED_FROM - 1, COPIED_FROM, 500])
def test_few_and_many_rows_come_back_as_they_were(database, number):
    with database.transaction() as tx:
        tx.put("things", "n, a, b, c, d, e, f", rows(number))
    assert kept(database) == rows(number)


def test_many_rows_over_known_ones_change_only_what_conflict_says(database):
    with database.transaction() as tx:
        tx.put("things", "n, a, b, c, d, e, f", rows(300))
    with database.transaction() as tx:
        for _ in range(2):  # twice in one transaction: what was staged first is not written again
            tx.put("things", "n, a, b, c, d, e, f", [(n, "new", *rest) for n, _, *rest in rows(400)], "ON CONFLICT (n) DO UPDATE SET a = 'changed'")
    assert [row[1] for row in kept(database)] == ["changed"] * 400


def test_an_error_among_many_rows_leaves_nothing_behind(database):
    with pytest.raises(Exception, match="23505"), database.transaction() as tx:
        tx.put("things", "n, a, b, c, d, e, f", rows(300))
        tx.put("things", "n, a, b, c, d, e, f", rows(300))
        tx.put("things", "n, a, b, c, d, e, f", [(n + 1000, *rest) for n, *rest in rows(300)])
    assert kept(database) == []
    with database.transaction() as tx:
        assert tx.rows("SELECT 1") == [(1,)]


def test_a_text_with_a_nul_is_refused():
    with pytest.raises(ValueError, match="NUL"):
        lines([("a\0b", None)])
