"""Does a worker that was frozen, and wakes when others have its partitions, double anything?"""

import pytest

from tests.world import Part, is_frozen

pytestmark = [pytest.mark.failure, pytest.mark.stack]
# The router last: while it is frozen nobody behind it hears anything.
STEPS = {"social_registry": "after_decide", "health_narcology": "after_commit", "referral_router": "before_commit"}
WHOLE = {"social_registry": "before_commit", "health_narcology": "before_publish", "referral_router": "after_publish"}


def load(world):
    world.post(world.bodies(4, consent="yes", intoxication="alcohol", children=1))


def all_goes_on_without_them(world):
    """While they are still frozen: nobody waits for them. A frozen relay is waited for longest, 15 seconds."""
    world.rest()
    assert world.checker.check(world.answered) == []


def test_steps_frozen_while_another_worker_takes_over_double_nothing(whole):
    frozen = [Part(whole, name, "step") for name in STEPS]
    for part in frozen:
        part.begin(QORGAN_MARK=f"{STEPS[part.name]}=stop@1")
        whole.wait(lambda part=part: (load(whole), is_frozen(part))[1])
    all_goes_on_without_them(whole)
    for part in frozen:
        part.resume()
    load(whole)
    whole.rest()
    for part in frozen:
        part.stop()


def test_processes_frozen_while_others_take_over_double_nothing(whole):
    for name, mark in WHOLE.items():
        whole.start(name, QORGAN_MARK=f"{mark}=stop@1")
        whole.wait(lambda name=name: (load(whole), is_frozen(whole.services[name]))[1])
    others = [Part(whole, name) for name in WHOLE]
    for other in others:
        other.begin()
    all_goes_on_without_them(whole)
    for name in WHOLE:
        whole.services[name].resume()
    load(whole)
    whole.rest()
    for other in others:
        other.stop()


def test_two_workers_of_each_service_share_the_partitions(whole):
    others = [Part(whole, name) for name in ("referral_router", "social_registry")]
    for other in others:
        other.begin()
    whole.wait(lambda: whole.sql("referral_router", "SELECT count(*) FROM workers")[0][0] >= 2)
    whole.post(whole.bodies(20))
    whole.rest()
    others[0].kill()
    others[1].stop()
