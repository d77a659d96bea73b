"""Is each known trap of row-level security shut? Owners, views, pools, errors that tell, functions that leak."""

from __future__ import annotations

from contextlib import closing

import psycopg2
import pytest

from plumbing import wall
from plumbing.actors import ANYONE, Actor, acting
from plumbing.pages import Desk
from plumbing.postgres import Database, Fault
from plumbing.problems import Problem
from plumbing.settings import MissingSetting, Settings
from plumbing.step import Step
from services.police_intake.messages import TakeBack
from services.police_intake.wiring import SERVICE as POLICE
from tests import stores
from tests.wall.planting import WALLED, planted

pytestmark = pytest.mark.stack
CLERK = Actor("s", "n", "as_station", "KZ@a", "station@a")
REPORTS = "SELECT report_id FROM reports ORDER BY 1"


def at(dsn):
    return closing(Database(dsn, "desk", begin=wall.asking))


def ask(database, question, *values):
    with database.transaction() as tx:
        return [row[0] for row in tx.rows(question, values)]


def test_the_wall_in_the_database_is_the_one_that_is_written_down(both):
    service, dsn = both
    fresh = stores.shared_stack().create_database(f"test_written_wall_{service.name}")
    with closing(Database(fresh, "tests")) as database, database.transaction() as tx:
        tx.run((wall.COMMON.parent / "tables.sql").read_text("utf-8").partition("-- What follows is made of")[0])
        tx.run((service.folder / "tables.sql").read_text("utf-8").partition("-- Who sees which row")[0])
        for one in wall.read(service.folder).walled:
            tx.run(one.sql())
    asked = ("walls", "policies")
    written, there = stores.shape(fresh), stores.shape(dsn)
    assert {part: written[part] for part in asked} == {
        part: [row for row in there[part] if "migrations" not in row] for part in asked
    }


def test_the_owner_is_held_too_once_it_asks_for_somebody(police):
    """An outside database without a role for the pages: they read as the owner, and the wall is forced on it."""
    with at(police) as database:
        with acting(CLERK):
            assert ask(database, REPORTS) == ["report@a"]
        with acting(Actor("s", "n", "unheard_of")):
            assert ask(database, REPORTS) == []


def test_with_a_role_for_pages_the_owner_is_shown_nothing_for_anybody_and_works_on(stack):
    """Its own work is planned without the pages' policy; taken away again, the owner reads for the pages as before."""
    dsn = planted("police_intake")
    desk = f"{dsn.rpartition('/')[2]}_desk"
    for role, seen in ((desk, []), (desk, []), ("", ["report@a"])):
        with closing(Database(dsn, "tests")) as database, database.transaction() as tx:
            wall.narrow(tx, role)
        with at(dsn) as owner, acting(CLERK):
            assert ask(owner, REPORTS) == seen
        with at(stores.desk_of(dsn)) as pages, acting(CLERK):
            assert ask(pages, REPORTS) == ["report@a"]
        assert stores.rows(dsn, REPORTS) == [("report@a",), ("report@b",)]


def test_what_one_page_asked_for_is_forgotten_before_the_next(police):
    """A pool hands the same connection on: what was set must end with the transaction."""
    with at(stores.desk_of(police)) as database:
        with acting(ANYONE):
            assert ask(database, REPORTS) == ["report@a", "report@b"]
        with acting(None):
            assert ask(database, REPORTS) == []
        with acting(ANYONE), pytest.raises(Fault):
            ask(database, "SELECT * FROM nothing")
        with acting(None):
            assert ask(database, REPORTS) == []


def test_no_view_and_no_function_runs_as_somebody_else(both):
    _, dsn = both
    views = stores.rows(dsn, "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                             " WHERE relkind IN ('v', 'm') AND nspname IN ('public', 'keys', 'vault')")
    assert views == []
    assert stores.rows(dsn, "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace") == []


@pytest.mark.parametrize("question", [
    "SELECT report_id FROM report_versions WHERE report_id::int = 1",
    "SELECT victim_ref FROM persons WHERE 1 / (CASE WHEN victim_ref = 'v@b' THEN 0 ELSE 1 END) = 1",
    "SELECT victim_ref FROM persons WHERE victim_ref::date IS NOT NULL",
])
def test_an_error_never_tells_what_stands_in_a_hidden_row(police, question):
    """Functions that leak are asked only of rows that may be seen: the error, if any, is about one's own."""
    with at(stores.desk_of(police)) as database, acting(CLERK):
        try:
            ask(database, question)
        except Exception as error:
            assert "@b" not in str(error)


def test_pages_read_of_a_wrapped_key_what_opening_needs_and_not_when_it_was_destroyed(both):
    """Whom an erasure concerned, and when, is nobody's to read behind a page."""
    with at(stores.desk_of(both[1])) as database, acting(ANYONE):
        assert ask(database, "SELECT count(*) FROM (SELECT owner, key_id, wrapped FROM vault.keys) k")[0] >= 0
        with pytest.raises(Fault):
            ask(database, "SELECT destroyed_at FROM vault.keys")


def test_a_page_cannot_make_a_function_or_table_of_its_own(police):
    with closing(psycopg2.connect(stores.desk_of(police))) as connection, connection.cursor() as cursor:
        for order in ("CREATE FUNCTION leak(text) RETURNS boolean COST 0.0000001 LANGUAGE sql AS 'SELECT true'",
                      "CREATE TEMP TABLE t (a int)", "CREATE TABLE t (a int)", "ALTER TABLE reports DISABLE ROW LEVEL SECURITY",
                      "DROP POLICY pages ON reports", "SET SESSION AUTHORIZATION postgres"):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(order)
            connection.rollback()
        cursor.execute("SET row_security = off")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="row-level security"):
            cursor.execute(REPORTS)


def test_a_key_that_is_taken_behind_the_wall_is_not_told(police):
    """An INSERT would fail on the unique key of a hidden row; a page may insert nothing, and so learns nothing."""
    with closing(psycopg2.connect(stores.desk_of(police))) as connection, connection.cursor() as cursor:
        for number in ("'person@b'", "'person@c'"):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege, match="permission denied for table persons"):
                cursor.execute(f"INSERT INTO persons VALUES ({number}, 'x', 'y', NULL)")
            connection.rollback()


@pytest.fixture
def desk(stack):
    dsn = planted("police_intake")
    with closing(psycopg2.connect(dsn)) as connection, connection, connection.cursor() as cursor:
        for place, name in (("a", "00000000-0000-4000-8000-00000000000a"), ("b", "00000000-0000-4000-8000-00000000000b")):
            cursor.execute(f"INSERT INTO reports SELECT '{name}', version, active, victim_id, respondent_id,"
                           " household_ref, extracted_at, recorded_at, consent, region, station, kept_at,"
                           f" NULL, NULL FROM reports WHERE report_id = 'report@{place}'")
    settings = Settings("police_intake", "127.0.0.1:1", dsn, dsn_desk=stores.desk_of(dsn))
    return Desk(POLICE, settings, lambda part: Step(POLICE, Database(dsn, part)))


def test_an_act_on_a_report_of_another_station_finds_nothing_there(desk):
    mine, other = ("00000000-0000-4000-8000-00000000000" + place for place in "ab")
    with acting(CLERK):
        with pytest.raises(Problem) as refused:
            desk.act(TakeBack(other, "cancelled", "clerk"), other)
        assert refused.value.status == 404
        with pytest.raises(Problem):  # the key names one's own, the command another's
            desk.act(TakeBack(other, "cancelled", "clerk"), mine)
        desk.act(TakeBack(mine, "cancelled", "clerk"), mine)
    found = dict(stores.rows(desk.settings.dsn, "SELECT report_id, active FROM reports WHERE report_id LIKE '0000%'"))
    assert found == {mine: False, other: True}


def test_a_centre_asked_before_finds_nothing_there_of_a_woman_who_is_elsewhere_now(stack):
    dsn, she = planted("social_registry"), "00000000-0000-4000-8000-00000000000c"
    with closing(psycopg2.connect(dsn)) as connection, connection, connection.cursor() as cursor:
        for attempt, place in enumerate("ab", 1):
            cursor.execute(f"INSERT INTO referrals SELECT '{she}', {attempt}, kind, 'facility@{place}', state, place, household_ref,"
                           " adults, children, basis, until, sealed, public_key, kept_at FROM referrals WHERE need_id = 'need@a'")
    question = wall.named(wall.read(WALLED["social_registry"].folder))
    with closing(Database(dsn, "tests")) as owner, at(stores.desk_of(dsn)) as eyes:
        for place, hidden in (("a", True), ("b", False)):
            with acting(Actor("s", "n", "as_facility", "KZ@a", "", f"facility@{place}")):
                assert wall.hides(question, (eyes, owner), [she]) is hidden


@pytest.mark.parametrize(("role", "told"), [
    (lambda name: "no_such_role", "is not there: CREATE ROLE"), (lambda name: name, "the service's own role"),
    (lambda name: f"{name}_admin", "no wall holds"),
])
def test_a_role_for_pages_that_would_not_hold_stops_the_start_in_one_sentence(police, role, told):
    with closing(Database(police, "tests")) as database, pytest.raises(MissingSetting, match=told), database.transaction() as tx:
        wall.apply(tx, wall.read(POLICE.folder), role(police.rpartition("/")[2]))


def test_a_role_for_pages_that_may_become_the_services_own_stops_the_start(police):
    owner = police.rpartition("/")[2]
    superuser = stores.shared_stack().database.dsn("postgres", owner)
    with closing(psycopg2.connect(superuser)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(f'DROP ROLE IF EXISTS "{owner}_both"; CREATE ROLE "{owner}_both"; GRANT "{owner}" TO "{owner}_both"')
    told = pytest.raises(MissingSetting, match=f"REVOKE {owner} FROM")
    with closing(Database(police, "tests")) as database, told, database.transaction() as tx:
        wall.apply(tx, wall.read(POLICE.folder), f"{owner}_both")


def test_nobody_behind_the_doors_is_shown_nothing(desk):
    """A door that forgot to say who asks: deny by default."""
    assert desk.look(lambda tx: tx.rows(REPORTS)) == []
