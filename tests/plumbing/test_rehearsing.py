"""Does a rehearsal tell what would happen and change nothing, and does a person's name stay with what was taken again?"""

import pytest
from starlette.testclient import TestClient

from plumbing import letters_page
from plumbing.pages import Desk
from plumbing.rehearsing import Rehearsal, kind_of, rehearse
from plumbing.serving import application
from plumbing.settings import Settings
from tests import stores
from tests.plumbing.ledger import EVENT, LEDGER, UNLUCKY, Add, told

pytestmark = pytest.mark.stack
PAGE = {"Accept": "text/html", "Accept-Language": "en"}


@pytest.fixture
def held(step):
    step.run([told("a", UNLUCKY, 1), told("a", 2, 2)])
    return step


@pytest.fixture
def door(dsn, held, monkeypatch):
    desk = Desk(LEDGER, Settings("social_registry", "127.0.0.1:1", dsn), lambda part: held)
    app = application(desk)
    letters_page.add(app, desk)
    return TestClient(app, follow_redirects=False, headers=PAGE)


def readable(step, monkeypatch, amount):
    monkeypatch.setattr(step.codec, "decode", lambda value, views: Add("a", amount))


def test_a_rehearsal_tells_what_would_be_said_and_leaves_every_row_as_it_was(dsn, held, monkeypatch):
    readable(held, monkeypatch, 5)
    before = stores.all_rows(dsn)
    assert rehearse(held, "a") == Rehearsal([EVENT], 0)
    assert stores.all_rows(dsn) == before


def test_a_rehearsal_names_what_still_stands_in_the_way(dsn, held, monkeypatch):
    readable(held, monkeypatch, UNLUCKY)
    found = rehearse(held, "a")
    assert (found.says, found.changes) == ((), 0) and found.hindrance.startswith("ValueError at tests/plumbing/ledger.py:")
    assert rehearse(held, "nobody") is None


def test_the_list_shows_one_line_a_life_with_cause_in_words_age_and_how_many_wait(door):
    page = door.get("/dead-letters").text
    assert "1 life is held" in page and "It could not be decided on" in page and ">2<" in page
    russian = door.get("/dead-letters", headers={"Accept-Language": "ru"}).text
    assert "По нему нельзя принять решение" in russian and "задержано 1 дело" in russian


def test_who_takes_messages_again_is_kept_and_nobody_does_so_without_a_name(dsn, held, door, monkeypatch):
    readable(held, monkeypatch, 5)
    assert "The first message would be taken." in door.get("/dead-letters/rehearsal", params={"key": "a"}).text
    nameless = door.post("/dead-letters/redrive", data={"key": "a"})
    assert nameless.status_code == 422 and 'id="by-error"' in nameless.text
    assert door.post("/dead-letters/redrive", data={"key": "a", "by": "Aigul"}).status_code == 303
    assert stores.rows(dsn, "SELECT DISTINCT redriven_by FROM dead_letters WHERE redriven_at IS NOT NULL") == [("Aigul",)]
    assert door.get("/dead-letters/rehearsal", params={"key": "a"}).status_code == 404


def test_what_fails_again_is_told_on_the_page_and_stays(dsn, held, door, monkeypatch):
    readable(held, monkeypatch, UNLUCKY)
    answer = door.post("/dead-letters/redrive", data={"key": "a", "by": "Aigul"})
    assert answer.status_code == 409 and "the message stays where it is" in answer.text
    assert stores.rows(dsn, "SELECT count(*) FROM dead_letters WHERE redriven_at IS NULL") == [(2,)]


@pytest.mark.parametrize("cause, kind", [
    ("unknown-schema: 999", "unknown-schema"), ("waits behind an earlier letter", "behind"), ("UnknownNeed: no attempt 3", "not-decided"),
    ("BadValue: 23514 check", "refused-by-database"), ("no Confluent frame: the first byte", "unreadable"),
    ("not said by the topic's owner: number", "not-the-owner"),
])
def test_every_cause_has_words_for_a_person(cause, kind):
    assert kind_of(cause) == kind
