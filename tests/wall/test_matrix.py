"""May each role do with each table what wall.toml says, and nothing else? Every cell is tried."""

from __future__ import annotations

from contextlib import closing

import psycopg2
import pytest

from plumbing import wall
from plumbing.actors import Actor, acting
from plumbing.postgres import Database
from tests import stores

pytestmark = pytest.mark.stack
ACTORS = {
    None: None,
    "unheard_of": Actor("s", "n", "unheard_of", "KZ@a", "station@a", "facility@a"),
    **{scope: Actor("s", "n", f"as_{scope}", "KZ@a", "station@a", "facility@a") for scope in wall.SCOPES},
}
CHANGES = ("INSERT INTO {0} OVERRIDING SYSTEM VALUE SELECT * FROM {0} WHERE false", "UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE")
FORBIDDEN = "42501"
# What not even the owner may do: rows of the audit are added, and its head moves on.
NEVER = {("audit", "UPDATE"), ("audit", "DELETE"), ("audit", "TRUNCATE"), ("audit_head", "DELETE"), ("audit_head", "TRUNCATE")}
# What she said is never changed, nor emptied, not even with the reports or people that it is about; nor what was said of the risk for her or done.
SAID = {(table, change) for table in ("consents", "risk_steps", "measure_moves") for change in ("UPDATE", "DELETE")}
SAID |= {(name, "TRUNCATE") for name in ("consents", "reports", "persons")}


def tables(dsn):
    """(table, its first column that can be set) of the whole database."""
    found = stores.rows(dsn, "SELECT n.nspname, c.relname, (SELECT attname FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0"
                             " AND attidentity = '' ORDER BY attnum LIMIT 1) FROM pg_class c JOIN pg_namespace n"
                             " ON n.oid = c.relnamespace WHERE relkind = 'r' AND nspname IN ('public', 'keys', 'vault') ORDER BY 1, 2")
    return [(name if schema == "public" else f"{schema}.{name}", column) for schema, name, column in found]


def expected(told, table, scope):
    """Which places a page sees of this table, by wall.toml alone; None: the table may not be read at all."""
    by_name = {one.table: one for one in told.walled}
    if table not in told.tables:
        return None
    one = by_name.get(table)
    if one is None:
        return {"a", "b"} if scope in wall.SCOPES or scope is None or scope == "unheard_of" else set()
    if scope in wall.EVERYTHING and scope in one.scopes:
        return {"a", "b"}
    if one.through:
        return expected(told, one.through, scope)
    if scope not in one.sees:
        return set()
    return {"a", "b"} if scope == "audit" else {"a"}


def seen(database, table, columns):
    with database.transaction() as tx:
        told = " ".join(str(row) for row in tx.rows(f"SELECT {columns or '*'} FROM {table}"))
    return {place for place in ("a", "b") if f"@{place}" in told}


def cells(dsn, actions):
    """(table, action, the order in SQL) for every table of the database."""
    return [(table, action.split()[0], action.format(table, column)) for table, column in tables(dsn) for action in actions]


def refused(dsn, orders, first="SELECT 1"):
    """Which of (table, action, order) this role may not do; nothing is left done."""
    found = {}
    with closing(psycopg2.connect(dsn)) as connection, connection.cursor() as cursor:
        for table, action, order in orders:
            cursor.execute(first)
            try:
                cursor.execute(order)
            except psycopg2.Error as error:
                found[table, action] = error.pgcode
            connection.rollback()
    return found


@pytest.mark.parametrize("scope", ACTORS, ids=str)
def test_a_page_sees_of_each_table_what_the_wall_says_and_nothing_else(both, scope):
    service, dsn = both
    told = wall.read(service.folder)
    walled = {one.table for one in told.walled}
    names = [name for name, _ in tables(dsn)]
    with closing(Database(stores.desk_of(dsn), "desk", begin=wall.asking)) as database, acting(ACTORS[scope]):
        found = {name: seen(database, name, told.tables[name]) for name in names if name in told.tables}
    assert {name: places for name, places in found.items() if name in walled} == {
        name: expected(told, name, scope) for name in walled
    }
    unread = refused(stores.desk_of(dsn), [(name, "SELECT", f"SELECT * FROM {name}") for name in names])
    whole = [name for name in names if expected(told, name, scope) is not None and not told.tables[name]]
    assert unread == {(name, "SELECT"): FORBIDDEN for name in names if name not in whole}


def test_a_page_changes_nothing_even_where_it_sees_everything(both):
    orders = cells(both[1], CHANGES)
    found = refused(stores.desk_of(both[1]), orders, "SELECT set_config('qorgan.role', 'as_all', true)")
    assert found == {(table, action): FORBIDDEN for table, action, _ in orders}


def test_the_owner_at_its_work_does_all_but_change_the_audit(both):
    found = refused(both[1], cells(both[1], ("SELECT * FROM {0}", *CHANGES)))
    rested_on = {cell for cell, code in found.items() if code == "23503"}  # a row that another one names
    stays = SAID if both[0].name == "police_intake" else set()
    assert set(found) - rested_on == NEVER | stays


def test_the_admin_reads_everything_and_changes_nothing(both):
    service, dsn = both
    with closing(Database(stores.admin_of(dsn), "admin")) as database:
        told = {one.table: seen(database, one.table, "") for one in wall.read(service.folder).walled}
    assert set(map(frozenset, told.values())) == {frozenset("ab")}
    orders = cells(dsn, ("SELECT * FROM {0}", *CHANGES))
    found = refused(stores.admin_of(dsn), orders)
    assert found == {(table, action): FORBIDDEN for table, action, _ in orders if action != "SELECT"}


def test_no_role_of_another_service_comes_in(both, police, social):
    _, dsn = both
    name = dsn.rpartition("/")[2]
    strangers = [role(other) for other in {police, social} - {dsn} for role in (str, stores.desk_of, stores.admin_of)]
    for stranger in strangers:
        with pytest.raises(psycopg2.OperationalError, match="permission denied for database"):
            psycopg2.connect(stranger.rpartition("/")[0] + f"/{name}")


def test_nobody_of_these_roles_passes_walls_but_the_admin(both):
    _, dsn = both
    name = dsn.rpartition("/")[2]
    found = stores.rows(dsn, "SELECT rolname, rolsuper OR rolcreaterole OR rolcreatedb, rolbypassrls FROM pg_roles"
                             f" WHERE rolname LIKE '{name}%' AND rolname ~ '^{name}(_desk|_admin)?$' ORDER BY 1")
    assert found == [(name, False, False), (f"{name}_admin", False, True), (f"{name}_desk", False, False)]
