"""Does an accepted report survive kill -9 of any service, at each point where it would hurt?"""

import pytest

from tests.failures import staff
from tests.failures.marked_points import POINTS, ROUNDS, names_of

pytestmark = [pytest.mark.failure, pytest.mark.stack]


@pytest.mark.parametrize("deaths", ROUNDS, ids=names_of)
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
