"""Does a person come in by name and password only, and by no answer that was meant for another?"""

import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from plumbing.guarding import HEADERS
from services.police_intake.wiring import SERVICE as POLICE
from tests.doors import house
from tests.stores import rows

pytestmark = pytest.mark.stack


def sessions(door):
    return rows(door.desk.settings.dsn, "SELECT session_hash, role FROM sessions")


def test_a_clerk_logs_in_and_comes_to_the_page_that_was_wanted(browse, police):
    clerk = browse()
    page = clerk.login("clerk", start="/reports?state=waits")
    assert (page.status_code, page.url.raw_path) == (200, b"/reports?state=waits")
    assert "Invented Clerk, Pavlodar 2" in page.text and "Log out" in page.text
    cookie = clerk.session()
    assert len(cookie) >= 43 and cookie not in str(sessions(police)), "the database lets nobody in"


def test_the_cookie_is_for_no_script_and_no_other_site(browse):
    clerk = browse()
    told = clerk.get(clerk.answer_issuer(clerk.get("/login"), "clerk").headers["location"]).headers.get_list("set-cookie")
    [given] = [one for one in told if one.startswith("session-police_intake=")]
    assert "HttpOnly" in given and "samesite=lax" in given.lower() and "Secure" not in given


def test_behind_https_the_cookie_is_secure_and_bound_to_the_host(issuer):
    desk = house.closed_desk(POLICE, issuer, public_url="https://qorgan.example")
    with house.opened(desk, issuer) as opened:
        assert opened.door.sessions.cookie == "__Host-session-police_intake" and opened.door.sessions._secure


def test_a_wrong_password_and_an_unknown_name_look_alike(browse):
    clerk = browse()
    wrong = clerk.answer_issuer(clerk.get("/login"), "clerk", "guess")
    nobody = clerk.answer_issuer(clerk.get("/login"), "nobody-of-this-name", "guess")
    assert wrong.status_code == nobody.status_code == 401
    assert "location" not in wrong.headers


def test_somebody_without_work_here_is_told_so_and_gets_no_session(browse, police):
    manager = browse()
    page = manager.login("manager")
    assert page.status_code == 403 and "no work in this service" in page.text
    assert not manager.session() and not sessions(police)


def test_who_has_not_logged_in_is_led_there_and_a_machine_is_told(browse):
    stranger = browse()
    led = stranger.get("/reports")
    assert (led.status_code, led.headers["location"]) == (303, "/login?back=%2Freports")
    told = stranger.get("/reports", headers={"Accept": "application/json"})
    assert (told.status_code, told.headers["www-authenticate"]) == (401, "Bearer")
    assert {name: told.headers.get(name) for name in HEADERS} == HEADERS
    assert stranger.get("/livez").status_code == 200


def test_a_login_leads_back_into_this_service_only(browse):
    clerk = browse()
    page = clerk.login("clerk", start="/login?back=https://elsewhere.example/")
    assert str(page.url).startswith(clerk.at.url)


def test_a_code_that_was_used_lets_nobody_in_again(browse):
    clerk, thief = browse(), browse()
    brought = clerk.answer_issuer(clerk.get("/login"), "clerk").headers["location"]
    assert clerk.get(brought).status_code == 303
    assert clerk.get(brought).status_code == 400, "the state was used"
    begun = thief.get("/login").headers["location"]
    own_state = parse_qs(urlsplit(begun).query)["state"][0]
    code = parse_qs(urlsplit(brought).query)["code"][0]
    assert thief.get(f"/login/done?state={own_state}&code={code}").status_code == 403, "the code was used, and PKCE is another's"


def test_a_fresh_code_of_another_login_is_worth_nothing(browse):
    clerk, thief = browse(), browse()
    brought = clerk.answer_issuer(clerk.get("/login"), "clerk").headers["location"]
    state = parse_qs(urlsplit(thief.get("/login").headers["location"]).query)["state"][0]
    code = parse_qs(urlsplit(brought).query)["code"][0]
    assert thief.get(f"/login/done?state={state}&code={code}").status_code == 403
    assert clerk.get(brought).status_code == 403, "whoever came first with it has used it up"


def test_an_answer_meant_for_another_browser_logs_nobody_in(browse):
    clerk, victim = browse(), browse()
    brought = clerk.answer_issuer(clerk.get("/login"), "clerk").headers["location"]
    victim.get("/login")
    assert victim.get(brought).status_code == 400 and not victim.session()


def test_a_token_with_another_logins_nonce_is_refused(browse, police):
    clerk = browse()
    brought = clerk.answer_issuer(clerk.get("/login"), "clerk").headers["location"]
    kept = police.door.tokens.person
    police.door.tokens.person = lambda token, nonce, begun_at: kept(token, "another", begun_at)
    assert clerk.get(brought).status_code == 403 and not clerk.session()


@pytest.mark.parametrize("asked_at", [{"auth_time": 1_700_000_000}, {}, {"auth_time": "now"}], ids=str)
def test_who_was_asked_by_the_issuer_before_the_page_was_locked_is_not_let_in_again(browse, police, issuer, asked_at):
    """A locked page must not open by itself, because an issuer still knows who sat there."""
    clerk = browse()
    begun = clerk.get("/login").headers["location"]
    asked = parse_qs(urlsplit(begun).query)
    assert (asked["max_age"], asked["prompt"]) == (["0"], ["login"])
    told = {"sub": "c", "name": "Clerk", "role": "duty_clerk", "aud": "police_intake", "nonce": asked["nonce"][0]}
    police.door.provider.id_token = lambda code, verifier: issuer.signer._signed("JWT", {**told, **asked_at}, 300)
    assert clerk.get(f"/login/done?state={asked['state'][0]}&code=x").status_code == 403 and not clerk.session()
    again = parse_qs(urlsplit(clerk.get("/login").headers["location"]).query)
    told |= {"nonce": again["nonce"][0], "auth_time": int(time.time())}
    police.door.provider.id_token = lambda code, verifier: issuer.signer._signed("JWT", told, 300)
    assert clerk.get(f"/login/done?state={again['state'][0]}&code=x").status_code == 303 and clerk.session()


def test_a_login_that_took_too_long_begins_again(browse, police):
    clerk = browse()
    brought = clerk.answer_issuer(clerk.get("/login"), "clerk").headers["location"]
    police.door.sessions.ahead = timedelta(minutes=11)
    assert clerk.get(brought).status_code == 400


def test_the_issuer_brings_codes_to_no_address_but_the_services_own(browse, issuer):
    clerk = browse()
    led = clerk.get("/login").headers["location"]
    elsewhere = led.replace(f"{issuer.ports['police_intake']}", "1")
    without_pkce = led.replace("code_challenge=", "nothing=")
    assert clerk.get(elsewhere).status_code == clerk.get(without_pkce).status_code == 400
