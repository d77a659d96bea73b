"""Does a form take effect once, and only if it was sent from our own page?"""

import pytest
from starlette.testclient import TestClient

from plumbing.identity import new_id
from plumbing.language_page import is_local
from plumbing.serving import application
from tests import stores
from tests.pages import doors
from tests.pages.conftest import SEEDS

pytestmark = pytest.mark.stack
PAGE = {"Accept": "text/html", "Accept-Language": "en"}


@pytest.fixture
def desk(stack):
    service, messages = SEEDS["social_registry"]
    return doors.desk_of(service, messages())


@pytest.fixture
def client(desk):
    return TestClient(application(desk), follow_redirects=False, headers=PAGE)


def send(client, headers=None, **more):
    return client.post("/worklist/act", data={"need_id": "need", "act": "arrived", "by": "Aigul", **more}, headers=headers)


def said(desk):
    return stores.rows(desk.settings.dsn, "SELECT count(*) FROM outbox WHERE event LIKE '%%GuestArrived'")[0][0]


def test_a_second_click_a_reload_or_a_lost_answer_does_nothing_twice(client, desk):
    act_id = new_id()
    assert [send(client, act_id=act_id).status_code for _ in range(3)] == [303, 303, 303]
    assert said(desk) == 1


def test_a_form_sent_again_with_another_content_is_told_so(client):
    act_id = new_id()
    send(client, act_id=act_id)
    answer = send(client, act_id=act_id, by="Dana")
    assert answer.status_code == 409 and "sent before with another content" in answer.text


def test_a_refused_form_stays_refused_when_it_is_sent_again(client, desk):
    send(client, act_id=new_id())
    act_id = new_id()
    assert [send(client, act_id=act_id, act="no_show").status_code for _ in range(2)] == [409, 409]


def test_a_machine_needs_no_form_id_and_gets_a_problem_not_a_page(client, desk):
    machine = {"Accept": "application/json"}
    done = send(client, machine)
    assert (done.status_code, done.headers["location"]) == (303, "/worklist")
    assert send(client, machine).json()["type"] == "urn:qorgan:problem:wrong-state"
    assert send(client, machine, by=" ").json()["errors"][0]["field"] == "by"


@pytest.mark.parametrize("headers, status", [
    ({"Sec-Fetch-Site": "cross-site"}, 403), ({"Sec-Fetch-Site": "same-site"}, 403), ({"Origin": "https://elsewhere.kz"}, 403),
    ({"Origin": "null"}, 403), ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303), ({"Origin": "http://testserver"}, 303), ({}, 303),
])
def test_a_form_of_another_sites_page_is_refused_and_does_nothing(client, desk, headers, status):
    assert send(client, {**PAGE, **headers}).status_code == status
    assert said(desk) == (status == 303)


@pytest.mark.parametrize("path, local", [
    ("/worklist", True), ("/needs/1?a=b", True), ("//elsewhere.kz", False), ("https://elsewhere.kz", False), ("/\\elsewhere.kz", False), ("/a\nb", False),
])
def test_the_choice_of_language_leads_nowhere_but_home(client, path, local):
    assert is_local(path) is local
    answer = client.get("/language/ru", params={"back": path})
    assert answer.headers["location"].startswith("/") and (answer.headers["location"] != "/") is local
    assert "lang=ru" in answer.headers["set-cookie"] and "HttpOnly" in answer.headers["set-cookie"]


def test_style_sheets_are_kept_by_their_content_and_pages_never(client):
    page = client.get("/worklist")
    style = page.text.split('rel="stylesheet" href="')[1].split('"')[0]
    assert page.headers["cache-control"] == "no-store" and "immutable" in client.get(style).headers["cache-control"]
    assert client.get("/static/0000/govuk.css").status_code == 404
    assert "style=" not in page.text and "onclick" not in page.text
