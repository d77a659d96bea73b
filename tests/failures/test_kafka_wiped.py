"""Can everything be said again when the whole log of Kafka is gone?"""

import subprocess
import sys

import pytest

from deploy.local.services import CHECKOUT
from tests.checker.words import SERVICES

pytestmark = [pytest.mark.failure, pytest.mark.stack]
ANOTHER_KAFKA = 3


def recover(world, name):
    command = [sys.executable, "-m", f"services.{name}", "recover"]
    return subprocess.Popen(command, cwd=CHECKOUT, env=world.environment(), stdout=subprocess.PIPE, text=True)


def test_a_wiped_kafka_stops_all_services_and_recover_brings_everything_back(whole):
    whole.post(whole.bodies(20))
    whole.rest()
    whole.stack.broker.wipe()
    for name in SERVICES:
        whole.wait_for_death(name)
        assert whole.services[name].process.returncode == ANOTHER_KAFKA
        assert f"run `python -m services.{name} recover` if that is meant." in whole.services[name].log.read_text("utf-8")
    for name, recovering in [(name, recover(whole, name)) for name in SERVICES]:
        told, _ = recovering.communicate(timeout=30)
        assert recovering.returncode == 0 and f"{name} accepts the Kafka" in told
    whole.checker.new_kafka()
    whole.mend()
    whole.post(whole.bodies(20))


def test_a_wiped_kafka_is_noticed_at_the_next_start_too(whole):
    whole.services.stop()
    whole.stack.broker.wipe()
    whole.services["referral_router"].start(whole.environment())
    whole.wait_for_death("referral_router")
    assert whole.services["referral_router"].process.returncode == ANOTHER_KAFKA
    assert [recovering.wait(30) for recovering in [recover(whole, name) for name in SERVICES]] == [0] * len(SERVICES)
    whole.checker.new_kafka()
