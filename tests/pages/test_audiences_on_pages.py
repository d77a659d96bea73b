"""Does a page show only what its readers may know? Forbidden columns are marked, and every page is read."""

from contextlib import closing, contextmanager
from dataclasses import replace

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from plumbing.languages import speeches
from plumbing.postgres import Database
from plumbing.service import Heard
from services.health_narcology import messages as health
from services.police_intake.wiring import SERVICE as POLICE
from services.referral_router import messages as m
from services.referral_router.why import explanation
from services.referral_router.wiring import SERVICE as ROUTER
from services.social_registry import messages as social
from tests import stores
from tests.pages import canaries, doors, police_door
from tests.pages.conftest import SEEDS
from tests.police_intake.incidents import key_file
from tests.referral_router.region import report

pytestmark = pytest.mark.stack
CARDS = {
    "social_registry": [social.ShelterHoldConfirmed("need", 1), social.VictimCardSealed("need", b"sealed")],
    "health_narcology": [health.HealthHoldConfirmed("need", 1), health.RespondentCardSealed("need", b"sealed")],
}
HELD_LATELY = [m.CentreCapacity(f"centre-{n}", "KZ-55", "crisis_centre", 5, False, True, 1) for n in (1, 2)] + [
    m.CentreCapacity("akimat-1", "KZ-55", "akimat", 0, False, True, 1),
    m.ClinicCapacity("detox-9", "KZ-55", "detox", 3, True, 1),
    report(intoxication="alcohol", children=2),
]


def desk_of(name):
    if name == "police_intake":
        return police_door.desk()
    service, messages = SEEDS[name]
    if name == "referral_router":
        return router()
    return doors.desk_of(service, [*messages(), *CARDS.get(name, ())])


def router():
    """She was refused by one centre and holds a place in another; the akimat has a notice, he is asked for in detox."""
    desk = doors.desk_of(ROUTER, HELD_LATELY)
    need = stores.rows(desk.settings.dsn, "SELECT need_id FROM needs WHERE kind = 'shelter'")[0][0]
    desk.step.run([Heard(m.SocialRefused(need, 1, "full"), "refused", need)])
    desk.step.run([Heard(m.PlaceHeld(need, 2, b"k" * 32), "held", need)])
    return desk


def with_a_letter(desk):
    with desk.step.database.transaction() as tx:
        tx.run("INSERT INTO dead_letters (topic, partition, number, key, message_id, value, cause, behind, set_aside_at)"
               " VALUES ('t', 0, 1, 'a-life', 'm', 'bytes', 'Unreadable: no Confluent frame', false, now())")
    return desk


@contextmanager
def superuser(stack, desk):
    name = desk.settings.dsn.rpartition("/")[2]
    with closing(Database(stack.database.dsn("postgres", name), "tests")) as database, database.transaction() as tx:
        yield tx


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_no_page_shows_what_its_readers_may_not_know(stack, name, tmp_path, monkeypatch):
    key_file(tmp_path, monkeypatch)
    desk = with_a_letter(desk_of(name))
    before = [path for path, _ in canaries.crawled(desk)]
    with superuser(stack, desk) as tx:
        assert canaries.plant(tx, name) >= 5
        sealed = canaries.lying_sealed(tx, name)
    assert len(before) >= 6 and canaries.leaking(desk, sealed) == []


def test_a_page_that_names_her_centre_is_found(stack):
    """Planted: a page of the router that shows who was asked."""
    desk = router()

    def leak(app: FastAPI, desk):
        ROUTER.add_pages(app, desk)

        @app.get("/planted")
        def planted() -> list[str]:
            return [row[0] for row in desk.look(lambda tx: tx.rows("SELECT facility_code FROM attempts"))]

    desk.service = replace(ROUTER, add_pages=leak)
    with superuser(stack, desk) as tx:
        canaries.plant(tx, "referral_router")
    assert canaries.leaking(desk) == ["/planted"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_why_names_no_centre_and_no_akimat_but_his_detox(stack, language):
    desk = router()
    speech = speeches(ROUTER.folder)[language]
    ids = dict(stores.rows(desk.settings.dsn, "SELECT kind, need_id FROM needs"))
    with desk.step.database.transaction() as tx:
        told = {kind: "\n".join(explanation(tx, ROUTER, need, speech)) for kind, need in (*ids.items(), ("all", "report"))}
    assert "detox-9" in told["detox"]
    assert not [kind for kind in ("shelter", "child_notice", "all") if "centre-" in told[kind] or "akimat-1" in told[kind]]


def test_what_is_rehearsed_or_set_aside_names_no_centre(stack):
    """An answer that cannot be taken lies there with its cause: neither page tells who answered."""
    desk = router()
    need = stores.rows(desk.settings.dsn, "SELECT need_id FROM needs WHERE kind = 'shelter'")[0][0]
    with desk.step.database.transaction() as tx:
        tx.run("INSERT INTO dead_letters (topic, partition, number, key, message_id, value, cause, behind, set_aside_at)"
               " VALUES ('t', 0, 1, %s, 'm', %s, 'KeyError: facility', false, now())",
               (need, desk.step.codec.encode(social.GuestArrived(need, 2))))
    app = doors.application(desk)
    doors.letters_page.add(app, desk)
    client = TestClient(app, headers={"Accept": "text/html", "Accept-Language": "en"})
    for path in ("/dead-letters", f"/dead-letters/rehearsal?key={need}"):
        answer = client.get(path)
        assert answer.status_code == 200 and need in answer.text and "centre-" not in answer.text


def test_police_are_told_no_place_by_any_state_or_queue():
    """What police hear of a need are two words of closed lists; none of them is a place, a region or a facility."""
    words = speeches(POLICE.folder)["en"].words
    told = {code for kind, code in words if kind in ("state", "queue")}
    assert "coordinator" in told and "arrived" in told
    assert not [code for code in told if code.startswith(("KZ", "cc-", "detox-", "akimat-"))]
