"""Does every process end by itself when it is asked to, whatever it waits for, and leave nothing half done?"""

import signal

import pytest

from deploy.local import roles
from tests.checker.words import SERVICES

pytestmark = [pytest.mark.failure, pytest.mark.stack]
WITHIN = 15.0
NEEDS = "SELECT count(*) FROM needs"


def ask_to_end(world):
    for name in SERVICES:
        world.services[name].process.send(signal.SIGTERM)


def all_end_cleanly(world):
    """Within the patience of whoever asked, and with the code 0."""
    world.wait(lambda: all(world.services[name].pid is None for name in SERVICES), WITHIN)
    codes = {name: world.services[name].process.returncode for name in SERVICES}
    assert codes == dict.fromkeys(SERVICES, 0), {name: world.services[name].log.read_text("utf-8")[-500:] for name in codes}


def test_all_services_asked_to_end_under_load_end_and_lose_nothing(whole):
    before = whole.sql("referral_router", NEEDS)[0][0]
    posting = whole.posting(40)
    whole.wait(lambda: whole.sql("referral_router", NEEDS)[0][0] > before)
    ask_to_end(whole)
    all_end_cleanly(whole)
    whole.mend()
    posting.result(60)


def test_all_services_asked_to_end_while_the_broker_is_frozen_end_and_lose_nothing(whole):
    posting = whole.posting(40)
    whole.wait(posting.running)
    whole.stack.broker.pause()
    whole.wait(lambda: whole.sql("police_intake", "SELECT count(*) FROM outbox o LEFT JOIN outbox_cursors c"
                                 " USING (topic, partition) WHERE o.number > coalesce(c.sent_number, 0)")[0][0])
    ask_to_end(whole)
    all_end_cleanly(whole)
    whole.stack.broker.resume()
    whole.mend()
    posting.result(60)


def test_services_that_wait_for_their_database_at_the_start_hear_that_they_are_to_end(whole):
    whole.services.stop()
    with roles.superuser(whole.stack.admin_dsn) as cursor:
        for name in SERVICES:
            cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        try:
            logs = {name: whole.services[name].log for name in SERVICES}
            begun = {name: len(log.read_text("utf-8")) for name, log in logs.items()}
            for name in SERVICES:
                whole.start(name)
            for name in SERVICES:
                line = f"{name} waits for its database"
                whole.wait(lambda name=name, line=line: line in logs[name].read_text("utf-8")[begun[name]:])
            ask_to_end(whole)
            all_end_cleanly(whole)
        finally:
            for name in SERVICES:
                cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
