"""Whose is she who was asked for at one centre and came to another? The other's alone: the first learns and ends nothing."""

import pytest

from services.health_narcology.wiring import SERVICE as HEALTH
from services.social_registry.wiring import SERVICE as SOCIAL
from tests.stores import rows

pytestmark = pytest.mark.stack
STATE = "SELECT state FROM referrals WHERE need_id = '{}' AND attempt = 2"


def test_a_centre_asked_before_learns_nothing_of_a_woman_who_is_elsewhere_now(enter):
    manager = enter(SOCIAL, "manager")
    page = manager.get("/referrals/guest-moved")
    assert page.status_code == 404 and "Somebody of Shymkent" not in page.text
    assert "guest-moved" not in manager.get("/worklist").text


@pytest.mark.parametrize("path", ["/referrals/act", "/worklist/act"])
def test_a_centre_asked_before_cannot_end_her_stay_elsewhere(enter, path):
    manager = enter(SOCIAL, "manager")
    sent = manager.post(path, data={"need_id": "guest-moved", "act": "left", "by": "Dana", "confirmed": "yes"})
    assert sent.status_code == 404
    assert rows(manager.at.desk.settings.dsn, STATE.format("guest-moved")) == [("arrived",)]


def test_a_detox_centre_asked_before_cannot_act_on_who_was_brought_elsewhere(enter):
    staff = enter(HEALTH, "detox")
    sent = staff.post("/worklist/act", data={"need_id": "detox-moved", "act": "admitted", "by": "Dana", "confirmed": "yes"})
    assert sent.status_code == 404 and "detox-moved" not in staff.get("/worklist").text
    assert rows(staff.at.desk.settings.dsn, STATE.format("detox-moved")) == [("brought",)]
