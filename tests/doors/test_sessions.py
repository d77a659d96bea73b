"""Is a session the browser's own, locked after five minutes, and over when somebody says so?"""

from datetime import timedelta

import pytest

from plumbing.doors.login import NEUTRAL
from tests.doors import seeds
from tests.stores import rows

pytestmark = pytest.mark.stack
FIVE = timedelta(minutes=5)


def sessions(door):
    return rows(door.desk.settings.dsn, "SELECT session_hash, role FROM sessions")


def test_a_session_id_that_was_planted_is_never_taken_over(browse, police):
    clerk = browse()
    clerk.cookies.set(police.door.sessions.cookie, "planted", domain="127.0.0.1", path="/")
    assert clerk.get("/reports").status_code == 303
    clerk.cookies.clear()
    clerk.login("clerk")
    first = clerk.session()
    clerk.login("clerk")
    assert clerk.session() not in ("planted", first) and len(sessions(police)) == 1, "the one before is over"


def test_two_browsers_have_two_sessions_and_one_logout_ends_one(browse, police):
    here, there = browse(), browse()
    here.login("clerk"), there.login("clerk")
    assert len(sessions(police)) == 2 and here.session() != there.session()
    old = here.session()
    assert here.post("/logout").headers["location"] == "/logged-out"
    assert here.get("/logged-out").status_code == 200
    here.cookies.set(police.door.sessions.cookie, old, domain="127.0.0.1", path="/")
    assert here.get("/reports").status_code == 303, "the old cookie opens nothing"
    assert there.get("/reports").status_code == 200


def test_five_minutes_without_a_request_lock_the_session(browse, police):
    clerk = browse()
    clerk.login("clerk")
    police.door.sessions.ahead = FIVE - timedelta(minutes=1)
    assert clerk.get("/reports").status_code == 200
    police.door.sessions.ahead += FIVE - timedelta(minutes=1)
    assert clerk.get("/reports").status_code == 200, "a request keeps it open"
    police.door.sessions.ahead += FIVE
    led = clerk.get("/reports?day=2026-11-22")
    assert (led.status_code, led.headers["location"]) == (303, "/login?back=%2Freports%3Fday%3D2026-11-22")
    assert clerk.login("clerk", start=led.headers["location"]).url.raw_path == b"/reports?day=2026-11-22"


def test_a_page_that_renews_itself_keeps_nothing_open_and_leaves_when_locked(browse, police):
    clerk = browse()
    clerk.login("clerk")
    renewing = {"HX-Request": "true", "HX-Current-URL": f"{police.url}/worklist"}
    for minutes in (1, 2, 3, 4):
        police.door.sessions.ahead = timedelta(minutes=minutes)
        assert clerk.get("/worklist", headers=renewing).status_code == 200
    police.door.sessions.ahead = FIVE
    gone = clerk.get("/worklist", headers=renewing)
    assert (gone.status_code, gone.headers["hx-redirect"]) == (401, "/login?back=%2Fworklist")


def test_a_form_sent_from_a_locked_page_waits_and_loses_nothing(browse, police):
    clerk = browse()
    clerk.login("clerk")
    police.door.sessions.ahead = FIVE
    typed = {"act_id": "8e0d9d0e-2f7e-4a52-9a53-7d7fb7e4f6c1", "victim_name": "Ойдан <Шығарылған>", "violence": ["physical", "psychological"]}
    waiting = clerk.post("/reports/new", data=typed)
    assert waiting.status_code == 401 and 'target="_blank"' in waiting.text
    assert "Ойдан &lt;Шығарылған&gt;" in waiting.text and waiting.text.count('name="violence"') == 2
    assert typed["act_id"] in waiting.text
    clerk.login("clerk")
    assert clerk.post("/reports/new", data=typed).status_code == 422, "sent once more it is read: other fields are missing"


def test_a_session_ends_after_twelve_hours_whatever_happens(browse, police):
    clerk = browse()
    clerk.login("clerk")
    for minutes in range(4, 12 * 60, 4):
        police.door.sessions.ahead = timedelta(minutes=minutes)
        if minutes % 240 < 5:
            assert clerk.get("/reports").status_code == 200
        else:
            police.door.sessions.find(clerk.session(), True)
    police.door.sessions.ahead = timedelta(hours=12)
    assert clerk.get("/reports").status_code == 303


def test_the_quick_exit_works_without_scripts_and_ends_the_session(browse, police):
    clerk = browse()
    page = clerk.login("clerk")
    assert '<a class="govuk-button govuk-button--warning q-exit" href="/exit"' in page.text
    assert clerk.get("/exit", headers={"Sec-Fetch-Site": "cross-site"}).headers["location"] == NEUTRAL
    assert clerk.get("/reports").status_code == 200, "another site's picture ends no session"
    assert clerk.get("/exit").headers["location"] == NEUTRAL
    assert not sessions(police) and clerk.get("/reports").status_code == 303


@pytest.mark.parametrize("headers", [{"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_form_of_another_site_does_nothing_with_a_good_session(browse, police, headers):
    clerk = browse()
    clerk.login("clerk")
    [(held_id, _), *_] = seeds.things("police_intake", police.desk.settings.dsn)["record"]
    assert clerk.post(f"/held/{held_id}/close", data={"held_id": held_id}, headers=headers).status_code == 403
    assert clerk.post("/logout", headers=headers).status_code == 403 and len(sessions(police)) == 1
