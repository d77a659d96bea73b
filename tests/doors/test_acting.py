"""Whose act is it? The session's or token's, in whatever thread, whatever was typed; and lists hold only one's own."""

from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from plumbing import actors
from plumbing.serving import application
from services.health_narcology.wiring import SERVICE as HEALTH
from services.police_intake.wiring import SERVICE as POLICE
from services.referral_router.wiring import SERVICE as ROUTER
from services.social_registry.wiring import SERVICE as SOCIAL
from tests.doors import seeds
from tests.doors.browsing import bearer, token
from tests.doors.seeds import ids
from tests.pages import doors
from tests.stores import rows

pytestmark = pytest.mark.stack
TAKEN = {"reason": "unfounded", "by": "Somebody Else", "confirmed": "yes", "act_id": "8e0d9d0e-2f7e-4a52-9a53-7d7fb7e4f6c1"}


def shown(answer):  # the page's header repeats the address
    return answer.text.split("<main")[1]


def test_handlers_in_other_threads_see_who_asks(browse, police):
    seen = []

    @police.app.get("/who")
    def who():
        seen.append(actors.current.get())
        return police.desk.look(lambda tx: seen.append(actors.current.get()))

    @police.app.get("/who-async")
    async def who_async():
        seen.append(actors.current.get())

    routes = police.desk.access.rules.routes
    routes.update({"GET /who": routes["GET /"], "GET /who-async": routes["GET /"]})
    clerk = browse()
    clerk.login("clerk")
    clerk.get("/who"), clerk.get("/who-async")
    assert {(one.role, one.station, one.machine) for one in seen} == {("duty_clerk", seeds.OWN_STATION, False)} and len(seen) == 3
    assert actors.current.get() is None, "outside a request nobody asks"


def test_an_act_is_signed_by_the_session_and_the_name_is_not_asked(browse, police):
    own, _ = ids(police, "report")
    clerk = browse()
    clerk.login("clerk")
    page = clerk.get(f"/reports/{own}").text
    assert 'name="by"' not in page and "Signed by:" in page and "Invented Clerk, Pavlodar 2" in page
    assert clerk.post(f"/reports/{own}/take-back", data={**TAKEN, "report_id": own}).status_code == 303
    [(by,)] = rows(police.desk.settings.dsn, f"SELECT closed_by FROM reports WHERE report_id = '{own}'")
    assert by == "Invented Clerk, Pavlodar 2"


def test_a_machines_act_is_signed_by_its_token_and_its_keys_are_kept_apart(browse, police, issuer):
    own, _ = ids(police, "report")
    machine = browse(headers={**bearer(token(issuer, "dispatch", "police_intake")), "Accept": "application/json"})
    sent = {"Idempotency-Key": "k-1", "Qorgan-Client": "somebody else"}
    told = machine.post(f"/reports/{own}/cancellation", json={"reason": "cancelled", "by": "Somebody Else"}, headers=sent)
    assert told.status_code == 200
    [(by,)] = rows(police.desk.settings.dsn, f"SELECT closed_by FROM reports WHERE report_id = '{own}'")
    [(client,)] = rows(police.desk.settings.dsn, "SELECT client FROM answered_requests")
    assert (by, client) == ("Invented dispatch system", issuer.kept["machines"]["dispatch"]["subject"])


def test_a_form_cannot_name_another_life_than_its_address(browse, police):
    own, foreign = ids(police, "report")
    clerk = browse()
    clerk.login("clerk")
    for path, named in ((own, foreign), (foreign, own), (own, "")):
        assert clerk.post(f"/reports/{path}/take-back", data={**TAKEN, "report_id": named}).status_code == 404
    twice = f"report_id={own}&report_id={foreign}&reason=unfounded&confirmed=yes"
    sent = clerk.post(f"/reports/{own}/take-back", content=twice, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert sent.status_code == 404
    assert rows(police.desk.settings.dsn, "SELECT count(*) FROM reports WHERE NOT active") == [(0,)]


def test_an_unknown_report_and_one_of_another_station_look_alike(browse, police):
    _, foreign = ids(police, "report")
    clerk = browse()
    clerk.login("clerk")
    tried = (foreign, f"{foreign[:-1]}{'1' if foreign.endswith('0') else '0'}", "nothing-of-this-name")
    answers = [clerk.get(f"/reports/{one}") for one in tried]
    assert clerk.get("/reports/%00").status_code == 404
    assert {one.status_code for one in answers} == {404}
    alike = {one.text.replace(asked, "").replace(quote(asked), "") for one, asked in zip(answers, tried, strict=True)}
    assert len(alike) == 1, "the page repeats the address and tells nothing else"
    json = [clerk.get(f"/reports/{one}", headers={"Accept": "application/json"}) for one in (foreign, "x")]
    assert json[0].content == json[1].content and json[0].status_code == 404


def test_a_clerk_sees_one_station_in_every_list_and_filter(enter):
    clerk = enter(POLICE, "clerk")
    for path in ("/reports", f"/reports?station={seeds.FOREIGN_STATION}", "/handover", "/worklist", "/reports/new", "/reports/find"):
        page = clerk.get(path)
        assert page.status_code == 200 and seeds.FOREIGN_STATION not in page.text, path
    assert f"value=\"{seeds.OWN_STATION}\"" in clerk.get("/reports/new").text
    own, foreign = ids(clerk.at, "record")
    page = clerk.get("/worklist").text
    assert f"/held/{own}" in page and f"/held/{foreign}" not in page and page.count("/held/") == 1


def test_a_clerk_writes_for_the_own_station_whatever_is_typed(enter):
    clerk = enter(POLICE, "clerk")
    body = {"kui_number": "77", "station": seeds.FOREIGN_STATION, "territory": "551010000", "recorded_at": "2026-11-22T09:00:00+05:00",
            "victim": {"name": "Ойдан Шығарылған Үш", "birth_date": "1990-01-01"}}
    assert clerk.post("/reports", json=body).status_code == 403
    typed = {"act_id": TAKEN["act_id"], "kui_number": "77", "station": seeds.FOREIGN_STATION, "territory": "551010000",
             "recorded_at": "2026-11-22T09:00", "victim_name": "Ойдан Шығарылған Үш", "victim_birth_date": "1990-01-01"}
    sent = clerk.post("/reports/new", data=typed)
    assert sent.status_code == 303, sent.text
    assert seeds.stations_of(clerk.at.desk.settings.dsn, "77") == [seeds.OWN_STATION]


def test_a_district_officer_does_not_read_where_a_victim_is_reached(enter):
    officer = enter(POLICE, "officer")
    own, _ = ids(officer.at, "report")
    page = officer.get(f"/reports/{own}")
    assert page.status_code == 200 and "Ойдан Шығарылған1" in page.text and "never" not in page.text.split("Safe contact")[1][:60]
    assert "take-back" not in page.text and "/answers" not in page.text
    assert officer.get(f"/reports/{own}/answers").status_code == 404


def test_what_names_no_station_waits_for_the_head_of_duty(enter):
    head = enter(POLICE, "head")
    found = seeds.things("police_intake", head.at.desk.settings.dsn)["record"]
    page = head.get("/worklist").text
    assert all(f"/held/{one}" in page for one, _ in found) and len(found) == 3
    assert head.get("/reports").status_code == 403


def test_a_centre_sees_its_own_guests_and_no_notice(enter):
    manager = enter(SOCIAL, "manager")
    answer = manager.get("/worklist?region=KZ-79&facility=cc-shymkent-1")
    page = shown(answer)
    assert "cc-pavlodar-1" in page and "cc-shymkent-1" not in page and "akimat" not in page
    assert manager.get("/notices").status_code == 403 and manager.get("/worklist.json").status_code == 403
    assert 'href="/notices"' not in answer.text


def test_a_social_worker_sees_one_regions_notices_and_entries(enter):
    worker = enter(SOCIAL, "worker")
    for path in ("/notices?region=KZ-79", "/register?region=KZ-79"):
        page = shown(worker.get(path))
        assert "akimat-KZ-55" in page and "akimat-KZ-79" not in page and "KZ-79" not in page
    assert worker.get("/worklist").status_code == 403


def test_a_narcologist_sees_one_region_and_detox_only_at_the_own_centre(enter):
    doctor = enter(HEALTH, "narcologist")
    for path in ("/examinations?region=KZ-79", "/cases?region=KZ-79", "/beds?region=KZ-79&facility=detox-shymkent-1"):
        page = shown(doctor.get(path))
        assert "pavlodar" in page and "shymkent" not in page, path
    assert "detox-pavlodar-1" not in doctor.get("/worklist").text


def test_staff_of_a_detox_centre_sees_who_is_brought_there(enter):
    page = shown(enter(HEALTH, "detox").get("/worklist?region=KZ-79"))
    assert "detox-pavlodar-1" in page and "shymkent" not in page


def test_a_regional_coordinator_sees_the_needs_of_one_region(enter):
    coordinator = enter(ROUTER, "coordinator-pavlodar")
    own, foreign = ids(coordinator.at, "need")
    for path in ("/worklist", "/needs", "/needs?region=KZ-79"):
        assert foreign not in shown(coordinator.get(path))
    assert own in coordinator.get("/needs").text
    assert coordinator.get("/needs.json").status_code == 403


def test_open_doors_say_so_on_every_page_and_ask_for_a_name(stack):
    desk = doors.desk_of(SOCIAL, seeds.social())
    door = TestClient(application(desk), headers={"Accept": "text/html", "Accept-Language": "en"})
    page = door.get("/referrals/guest-KZ-55").text
    assert "The doors are open" in page and 'name="by"' in page and "Log out" not in page
    assert door.get("/referrals/none").status_code == 404 and "The doors are open" in door.get("/referrals/none").text
