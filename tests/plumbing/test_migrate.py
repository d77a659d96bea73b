"""Do migrations lead to the tables that are written down, and is history never edited?"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import count

import pytest

from plumbing.migrate import PIPES, ChangedMigration, migrate
from plumbing.postgres import Database
from services.health_narcology.wiring import SERVICE as HEALTH
from services.police_intake.wiring import SERVICE as POLICE
from services.referral_router.wiring import SERVICE as ROUTER
from services.social_registry.wiring import SERVICE as SOCIAL
from tests import stores

pytestmark = pytest.mark.stack
SERVICES = {service.name: service for service in (POLICE, ROUTER, SOCIAL, HEALTH)}
_names = count(1)
COMMENTS = ("SELECT n.nspname, c.relname, coalesce(a.attname, ''), d.description FROM pg_class c JOIN pg_namespace n"
            " ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum >= 0 AND NOT a.attisdropped"
            " LEFT JOIN pg_description d ON d.objoid = c.oid AND d.objsubid = a.attnum AND d.classoid = 'pg_class'::regclass"
            " WHERE n.nspname IN ('public', 'keys', 'vault') AND c.relkind = 'r' AND c.relname <> 'migrations'"
            " UNION ALL SELECT n.nspname, c.relname, '', obj_description(c.oid, 'pg_class') FROM pg_class c JOIN pg_namespace n"
            " ON n.oid = c.relnamespace WHERE n.nspname IN ('public', 'keys', 'vault') AND c.relkind = 'r' AND c.relname <> 'migrations'"
            " ORDER BY 1, 2, 3, 4")


@contextmanager
def fresh(stack):
    with closing(Database(stack.create_database(f"test_migrate_{next(_names)}"), "tests")) as database:
        yield database


def look(database):
    """Columns, constraints, indexes and comments, as the server describes them."""
    shape = {name: [row for row in rows if "migrations" not in row] for name, rows in stores.shape(database._dsn).items()}
    return {**shape, "comments": stores.rows(database._dsn, COMMENTS)}


@pytest.fixture(scope="module", params=SERVICES)
def tables(stack, request):
    """(what migrations lead to, what tables.sql says) for one service, pipes included."""
    service = SERVICES[request.param]
    with fresh(stack) as migrated, fresh(stack) as written:
        migrate(migrated, service.folder)
        with written.transaction() as tx:
            tx.run((PIPES.parent / "tables.sql").read_text("utf-8"))
            tx.run((service.folder / "tables.sql").read_text("utf-8"))
        return look(migrated), look(written)


def test_the_migrations_of_a_service_lead_to_the_tables_written_down(tables):
    migrated, written = tables
    assert len(migrated["columns"]) > 80
    for part in migrated:
        assert migrated[part] == written[part], part


def test_every_table_and_every_column_says_what_it_means(tables):
    told = {".".join(row[:3]): row[3] for row in tables[0]["comments"]}
    assert not [name for name, comment in told.items() if not comment]
    assert not [name for name, comment in told.items() if not comment.endswith(".")]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations/0001_first.sql").write_text("CREATE TABLE first (a int)", "utf-8")
    return tmp_path


def test_migrations_run_once_pipes_first_and_then_only_what_is_new(stack, folder):
    with fresh(stack) as database:
        assert migrate(database, folder) == [*sorted(path.name for path in PIPES.glob("*.sql")), "0001_first.sql"]
        assert migrate(database, folder) == []
        (folder / "migrations/0002_second.sql").write_text("ALTER TABLE first ADD b int", "utf-8")
        assert migrate(database, folder) == ["0002_second.sql"]


def test_a_migration_edited_after_it_ran_is_refused_in_one_sentence(stack, folder):
    with fresh(stack) as database:
        migrate(database, folder)
        (folder / "migrations/0001_first.sql").write_text("CREATE TABLE first (a bigint)", "utf-8")
        with pytest.raises(ChangedMigration, match=r"^service/0001_first\.sql was changed after it was applied: add a new"):
            migrate(database, folder)


def test_a_migration_that_fails_leaves_nothing_half_done(stack, folder):
    (folder / "migrations/0002_wrong.sql").write_text("CREATE TABLE second (a int); SELECT 1/0", "utf-8")
    with fresh(stack) as database:
        with pytest.raises(Exception, match="22012"):
            migrate(database, folder)
        assert stores.rows(database._dsn, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]


def test_two_processes_that_start_at_once_migrate_once(stack, folder):
    dsn = stack.create_database(f"test_migrate_{next(_names)}")

    def start(_):
        with closing(Database(dsn, "tests")) as database:
            return len(migrate(database, folder))

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(start, range(4))) == [0, 0, 0, len(list(PIPES.glob("*.sql"))) + 1]
