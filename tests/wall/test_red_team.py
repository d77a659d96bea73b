"""Is what the red team tries on the database refused, and does it count as refused only what was?"""

from __future__ import annotations

from contextlib import closing

import psycopg2
import pytest
from psycopg2.extensions import make_dsn, parse_dsn

from tests import stores
from tests.red_team import by_sql
from tests.red_team.trying import tried

pytestmark = pytest.mark.stack


def fails(tries):
    return [(one.what, told) for one in tries for refused, told in [one.does()] if not refused]


def test_nothing_that_an_owner_or_the_pages_must_not_do_is_done(both):
    service, dsn = both
    owner = parse_dsn(dsn)["user"]
    assert fails(by_sql.ordering(owner, dsn, statement) for statement in by_sql.OWNERS) == []
    assert fails(by_sql.as_desks("desk", stores.desk_of(dsn), service.name, owner)) == []


def test_walls_that_were_taken_down_are_seen(social):
    desk = stores.desk_of(social)
    with closing(psycopg2.connect(social)) as connection, connection, connection.cursor() as cursor:
        cursor.execute("ALTER TABLE referrals DISABLE ROW LEVEL SECURITY")
    try:
        assert [what for what, _ in fails([by_sql.reading("desk", desk, "referrals")])] == ["SQL: SELECT * FROM referrals"]
    finally:
        with closing(psycopg2.connect(social)) as connection, connection, connection.cursor() as cursor:
            cursor.execute("ALTER TABLE referrals ENABLE ROW LEVEL SECURITY")


def test_another_agencys_database_cannot_be_entered(police, social):
    other = make_dsn(police, dbname=parse_dsn(social)["dbname"])
    assert fails([by_sql.entering("police_intake", "social_registry", other)]) == []


def test_what_fails_by_anything_but_a_refusal_was_not_refused(police, tmp_path):
    nobody = make_dsn(police, user="nobody_of_this_name", password="x")
    broken = [by_sql.ordering("owner", police, "SELECT * FROM no_such_table"), by_sql.ordering("nobody", nobody, "DELETE FROM audit"),
              by_sql.entering("nobody", "police_intake", nobody), *by_sql.of_desk("police_intake", police, tmp_path / "none")]
    assert tried(broken) == (4, 0)
