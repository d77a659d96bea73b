"""What does a person at the centre meet at the door? On a real PostgreSQL."""

import pytest
from starlette.testclient import TestClient

from plumbing.pages import Desk
from plumbing.sealing import seal
from plumbing.serving import application
from plumbing.settings import Settings
from services.health_narcology import messages as m
from services.health_narcology.wiring import SERVICE
from tests import stores
from tests.health_narcology.script import CENTRES, asked
from tests.stores import heard

pytestmark = pytest.mark.stack


@pytest.fixture
def desk(dsn):
    settings = Settings("health_narcology", "127.0.0.1:1", dsn)
    desk = Desk(SERVICE, settings, lambda part: stores.pinned_step(SERVICE, dsn))
    desk.step.run(heard([*CENTRES, asked("need")]))
    return desk


@pytest.fixture
def page(desk):
    return TestClient(application(desk), follow_redirects=False, headers={"Accept-Language": "en"})


def do(page, name, code=""):
    return page.post("/worklist/act", data={"need_id": "need", "act": name, "by": "Aigul", "code": code})


def test_the_worklist_tells_machines_what_can_be_done(page):
    assert page.get("/worklist.json").json() == [{
        "need_id": "need", "kind": "detox", "state": "held", "facility": "detox-1", "region": "KZ-55",
        "acts": ["brought", "decline"], "codes": {"decline": ["declined", "no_bed", "closed"]},
    }]


def test_an_act_is_done_and_leads_back_to_the_list(page):
    done = do(page, "brought")
    assert (done.status_code, done.headers["location"]) == (303, "/worklist")
    assert page.get("/worklist.json").json()[0]["state"] == "brought"
    assert "examine within 30 minutes" in page.get("/worklist").text


def test_an_illegal_act_is_a_conflict_that_names_the_state(page):
    refused = do(page, "released")
    assert refused.status_code == 409 and refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["type"] == "urn:qorgan:problem:wrong-state" and "held" in refused.json()["detail"]


@pytest.mark.parametrize("name, code, kind", [("expire", "", "unknown"), ("decline", "tired", "unknown-code")])
def test_no_form_rings_a_clock_or_invents_a_reason(page, name, code, kind):
    assert do(page, name, code).json()["type"].endswith(kind)
    assert page.get("/worklist.json").json()[0]["state"] == "held"


def test_the_card_is_read_while_the_bed_is_kept_and_markup_stays_text(desk, page):
    held = stores.rows(desk.settings.dsn, "SELECT public_key FROM referrals")[0][0]
    desk.act(m.RespondentCardSealed("need", seal({"full_name": "<b>Serik</b>"}, bytes(held))), "need")
    assert "&lt;b&gt;Serik&lt;/b&gt;" in page.get("/worklist").text
    do(page, "decline", "no_bed")
    assert "Serik" not in page.get("/worklist").text
