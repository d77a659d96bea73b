"""Does each service wait out a database that is away, and say so?"""

import time
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


def test_each_outage_of_a_database_is_told_once_and_shows_in_a_metric(whole):
    service = whole.services["social_registry"]
    begun = len(service.log.read_text("utf-8"))

    def told():
        return service.log.read_text("utf-8")[begun:].count("step waits and tries again")

    def shown(value):
        figure = f'qorgan_dependency_up{{dependency="database",service="social_registry"}} {value}'
        return figure in ask("GET", f"{service.url}/metrics")[1]

    for outage in (1, 2):
        before = whole.sql("social_registry", "SELECT count(*) FROM referrals")[0][0]
        with away(whole, "social_registry"):
            whole.wait(lambda: shown("0.0"))
            whole.wait(lambda outage=outage: told() == outage)
            time.sleep(1.5)  # some tries more, without a line
        whole.wait(lambda: shown("1.0"))
        whole.post(whole.bodies(5, children=2))
        whole.rest()  # its step has taken their notices: what comes now is another outage
        assert whole.sql("social_registry", "SELECT count(*) FROM referrals")[0][0] > before
        assert told() == outage
