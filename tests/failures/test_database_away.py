"""Does each service wait out a database that is away, and say so?"""

from contextlib import contextmanager

import pytest

from deploy.local import roles
from tests.talking import ask

pytestmark = [pytest.mark.failure, pytest.mark.stack]


@contextmanager
def away(world, name):
    """Nobody gets into this service's database, and who is in is thrown out."""
    with roles.superuser(world.stack.admin_dsn) as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        try:
            yield
        finally:
            cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


def test_intake_says_503_while_its_database_is_away_and_then_recovers(whole):
    body = whole.bodies(1)[0]
    with away(whole, "police_intake"):
        for _ in range(2):
            status, told = ask("POST", f"{whole.url('police_intake')}/reports", body, {"Idempotency-Key": "patience"})
            assert (status, told["status"]) == (503, 503) and told["title"] and told["detail"]
        assert ask("GET", f"{whole.url('police_intake')}/readyz")[0] == 503
        assert ask("GET", f"{whole.url('police_intake')}/livez")[0] == 200
    assert whole.post([body])
    whole.post(whole.bodies(20))


@pytest.mark.parametrize("name", ["referral_router", "social_registry", "health_narcology"])
def test_the_others_go_on_while_this_database_is_away(whole, name):
    with away(whole, name):
        taken = whole.post(whole.bodies(15))
        assert taken and whole.services[name].pid is not None


def test_the_whole_server_killed_under_load_loses_nothing(whole):
    posting = whole.posting(40)
    whole.wait(lambda: whole.sql("referral_router", "SELECT count(*) FROM needs")[0][0] > 0)
    whole.stack.database.kill()
    whole.stack.database.start()
    posting.result(60)
