"""For what do centres and clinics ring? For a guest or patient newly expected, for a task, and no longer once it is answered."""

import pytest

from services.health_narcology.wiring import SERVICE as HEALTH
from services.social_registry import messages as m
from services.social_registry.wiring import SERVICE as SOCIAL
from tests import stores
from tests.health_narcology import script as health
from tests.social_registry import script as social

pytestmark = pytest.mark.stack
WAITING = "SELECT subject, queue, task FROM alerts WHERE next_try IS NOT NULL ORDER BY 1, 3"


def alerts_after(service, messages):
    dsn = stores.fresh_database(service)
    step = stores.pinned_step(service, dsn)
    step.run(stores.heard(messages))
    step.database.close()
    return stores.rows(dsn, WAITING)


def test_a_guest_expected_rings_at_the_centre_and_a_notice_at_the_akimat(stack):
    found = alerts_after(SOCIAL, [*social.CENTRES, social.AKIMAT, social.asked("need"), social.notice("notice")])
    assert found == [("need", "cc-1", ""), ("notice", "akimat-1", "notice")]


def test_a_confirmation_and_a_card_ring_nobody_a_second_time(stack):
    told = [m.ShelterHoldConfirmed("need", 1), m.VictimCardSealed("need", b"card")]
    assert alerts_after(SOCIAL, [*social.CENTRES, social.asked("need"), *told]) == [("need", "cc-1", "")]


@pytest.mark.parametrize("ending", [m.StaffAct("need", "arrived", "Aigul"), m.ShelterReferralWithdrawn("need", 1, "cancelled")])
def test_who_arrived_or_comes_no_longer_rings_nobody(stack, ending):
    assert alerts_after(SOCIAL, [*social.CENTRES, social.asked("need"), ending]) == []


def test_a_bed_held_rings_at_the_clinic(stack):
    assert [row[0] for row in alerts_after(HEALTH, [*health.CENTRES, health.asked("need")])] == ["need"]
