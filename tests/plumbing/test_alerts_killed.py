"""Does an alert ring when its sender dies before the call, or after it and before that is noted?"""

import os
import subprocess
import sys
import textwrap
from contextlib import closing

import pytest

from plumbing.postgres import Database
from tests.plumbing.ringing import later, look, raise_alerts, sms_gateway

pytestmark = pytest.mark.stack

KILLED = """
    import threading
    from plumbing.alerts.recipients import Recipient, Recipients
    from plumbing.alerts.sending import Sender
    from plumbing.settings import Settings
    desk = Recipient("desk", "sms", "+77090000001", "kk")
    told = Recipients({{"desk": desk}}, {{"default": ("desk",)}}, {{"sms": {{"url": "{url}"}}}})
    Sender(Settings("social_registry", "", "{dsn}"), told, threading.Event()).look()
"""


@pytest.mark.parametrize("mark, rung", [("before_ring", 1), ("after_ring", 2)])
def test_a_sender_killed_around_its_call_rings_at_most_twice_and_never_not_at_all(dsn, mark, rung):
    with sms_gateway() as (url, sent), closing(Database(dsn, "tests")) as database:
        raise_alerts(database)
        code = textwrap.dedent(KILLED.format(url=url, dsn=dsn))
        environment = {**os.environ, "QORGAN_MARK": f"{mark}=kill@1", "NO_PROXY": "127.0.0.1"}
        assert subprocess.run([sys.executable, "-c", code], env=environment, timeout=60).returncode == -9
        environment.pop("QORGAN_MARK")
        for minutes in (0, 3, 0, 3):
            later(database, minutes)
            subprocess.run([sys.executable, "-c", code], env=environment, timeout=60, check=True)
        assert len(sent) == rung and look(database)[0][2] == "delivered"
