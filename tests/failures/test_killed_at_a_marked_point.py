"""Does an accepted report survive kill -9 of any service, at each point where it would hurt?"""

import pytest

from tests.checker.words import SERVICES
from tests.failures import staff

pytestmark = [pytest.mark.failure, pytest.mark.stack]
STEP = ("before_decide", "after_decide", "before_commit", "after_commit")
MARKS = (*STEP, "before_publish", "after_publish", "after_acknowledge")
POINTS = {name: STEP if name == "situation_monitor" else MARKS for name in SERVICES}  # the monitor says nothing to anybody
# In each round every service dies, each at another point; in seven rounds each has died at every point.
# A worker that died so is missed only after the session time-out: all at once are waited for together.
ROUNDS = [
    tuple((name, marks[(start + 2 * n) % len(marks)]) for n, (name, marks) in enumerate(POINTS.items()))
    for start in range(len(MARKS))
]


@pytest.mark.parametrize("deaths", ROUNDS, ids=lambda deaths: "-".join(mark for _, mark in deaths))
def test_services_killed_at_these_points_lose_and_double_nothing(whole, deaths):
    for name, mark in deaths:
        whole.start(name, QORGAN_MARK=f"{mark}=kill@2")
    posting = whole.posting(25)
    for name, _ in deaths:
        whole.wait_for_death(name)
        whole.start(name)
        staff.work(whole, 6)
    posting.result(60)


def test_every_service_has_died_at_every_point():
    assert {death for deaths in ROUNDS for death in deaths} == {(name, mark) for name, marks in POINTS.items() for mark in marks}
