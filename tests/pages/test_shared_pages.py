"""Do the pages that every service has work as well: wrong addresses, languages, long lists, messages set aside?"""

import re

import pytest
from starlette.testclient import TestClient

from plumbing import letters_page
from plumbing.catalogue import catalogue
from plumbing.serving import application
from tests.pages import doors
from tests.pages.conftest import SEEDS
from tests.pages.looking import serious, walk

pytestmark = pytest.mark.stack


@pytest.fixture
def client(desk):
    app = application(desk)
    letters_page.add(app, desk)
    return TestClient(app, follow_redirects=False, headers={"Accept": "text/html", "Accept-Language": "ru"})


@pytest.fixture
def letters(stack):
    """The door of a service at which a message was set aside that cannot be read."""
    service, messages = SEEDS["social_registry"]
    desk = doors.desk_of(service, messages())
    topic = catalogue().heard_by("social_registry")[0].name
    with desk.step.database.transaction() as tx:
        tx.run("INSERT INTO dead_letters (topic, partition, number, key, message_id, value, cause, behind, set_aside_at)"
               " VALUES (%s, 0, 1, 'need-9', 'm', 'not Avro', 'Unreadable: no message', false, now())", (topic,))
    with doors.opened(desk) as opened:
        yield opened


@pytest.mark.parametrize("query", ["/dead-letters?page=0", "/dead-letters?page=x", "/dead-letters/rehearsal"])
def test_a_wrong_address_is_told_in_the_readers_language_and_opens_no_task(client, desk, query):
    before = desk.look(lambda tx: tx.rows("SELECT count(*) FROM tasks"))
    answer = client.get(query)
    assert answer.status_code == 422 and "<html lang=\"ru\"" in answer.text and "ничего не сделано" in answer.text
    assert client.get(query, headers={"Accept": "*/*"}).json()["type"] == "urn:qorgan:problem:bad-fields"
    assert desk.look(lambda tx: tx.rows("SELECT count(*) FROM tasks")) == before


def test_another_language_leads_back_to_the_same_part_of_the_same_list(client):
    links = re.findall(r'href="(/language/en[^"]+)"', client.get("/dead-letters?page=2").text)
    assert client.get(links[0].replace("&amp;", "&")).headers["location"] == "/dead-letters?page=2"


def test_a_list_of_a_thousand_parts_has_a_handful_of_links(desk):
    pagination = desk.templates["en"].env.get_template("parts.html").module.pagination
    told = str(pagination(500, 1000, "/needs"))
    assert re.findall(r"page=(\d+)", told) == ["1", "498", "499", "500", "501", "502", "1000"]


@pytest.mark.browser
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_messages_set_aside_a_rehearsal_and_a_refusal_are_walked_by_keyboard_without_a_barrier(letters, look, language):
    page = look(language)
    for path in ("/dead-letters", "/dead-letters/rehearsal?key=need-9"):
        page.goto(letters.url + path)
        assert page.locator("html").get_attribute("lang") == language and serious(page) == [], path
        assert walk(page)[0].startswith("a ") and page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
