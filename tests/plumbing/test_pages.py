"""What does anybody meet at a service's door, whatever the service is?"""

import pytest
from starlette.testclient import TestClient

from plumbing import letters_page
from plumbing.guarding import HEADERS
from plumbing.identity import new_id
from plumbing.pages import Desk
from plumbing.postgres import Database
from plumbing.problems import BODY_BYTES_MAX
from plumbing.serving import application
from plumbing.settings import Settings
from plumbing.step import Step
from tests import stores
from tests.plumbing.ledger import LEDGER, UNLUCKY, Add, told

NOBODY = "postgresql://nobody@127.0.0.1:1/none"


def door_of(desk):
    app = application(desk)
    letters_page.add(app, desk)
    return TestClient(app, follow_redirects=False, raise_server_exceptions=False, headers={"Accept-Language": "en"})


def desk_at(dsn):
    return Desk(LEDGER, Settings("social_registry", "127.0.0.1:1", dsn), lambda part: Step(LEDGER, Database(dsn, part)))


@pytest.fixture
def alone():
    """A door behind which neither database nor Kafka answers."""
    return door_of(desk_at(NOBODY))


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/metrics", "/", "/no-such-page", "/openapi.json"])
def test_every_answer_is_uncached_and_loads_nothing_from_elsewhere(alone, path):
    answer = alone.get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_refusal_for_size_is_guarded_too(alone):
    answer = alone.post("/dead-letters/redrive", content=b"x" * (BODY_BYTES_MAX + 1))
    assert answer.status_code == 413 and {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_a_service_without_its_database_lives_but_is_not_ready(alone):
    assert alone.get("/livez").json() == {"status": "alive"}
    answer = alone.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": False, "kafka": False})


def test_a_page_without_its_database_says_when_to_come_back(alone):
    answer = alone.get("/dead-letters")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert answer.json()["type"] == "urn:qorgan:problem:database-away"


def test_figures_are_in_prometheus_format_and_name_no_person(alone):
    answer = alone.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain") and "qorgan_commands_total" in answer.text


def test_the_way_in_is_the_worklist(alone):
    assert (alone.get("/").status_code, alone.get("/").headers["location"]) == (303, "/worklist")


@pytest.mark.stack
def test_a_service_with_its_database_takes_work_even_without_kafka(dsn):
    answer = door_of(desk_at(dsn)).get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "kafka": False})


@pytest.mark.stack
def test_a_form_goes_through_the_same_step_as_a_message(dsn):
    desk = desk_at(dsn)
    assert [event.attempt for event in desk.act(Add("a", 2), "a")] == [2]
    assert [event.attempt for event in desk.act(Add("a", 3), "a")] == [5]
    assert stores.rows(dsn, "SELECT count(*) FROM outbox") == [(2,)]


@pytest.mark.stack
def test_a_form_is_no_part_of_what_machines_send_at_once(dsn, monkeypatch):
    desk = desk_at(dsn)
    monkeypatch.setattr(desk._together, "run", lambda heard, run: pytest.fail("a form stood in the machines' line"))
    assert [event.attempt for event in desk.act(Add("a", 2), "a", new_id())] == [2]


@pytest.mark.stack
def test_a_person_sees_what_was_set_aside_and_takes_it_again(dsn, monkeypatch):
    desk = desk_at(dsn)
    desk.step.run([told("<b>life</b>", UNLUCKY, 1)])
    door = door_of(desk)
    page = door.get("/dead-letters").text
    assert "ValueError at tests/plumbing/ledger.py:" in page and "nobody adds thirteen" not in page and "&lt;b&gt;life" in page and "<b>life" not in page
    monkeypatch.setattr(desk.step.codec, "decode", lambda value, views: Add("<b>life</b>", 1))
    monkeypatch.setattr(type(desk), "step", property(lambda self, one=desk.step: one))
    assert door.post("/dead-letters/redrive", data={"key": "<b>life</b>"}).status_code == 303
    assert "Every message could be read." in door.get("/dead-letters").text


@pytest.mark.stack
def test_a_connection_that_had_gone_stale_is_replaced_without_a_word(dsn):
    desk = desk_at(dsn)
    desk.look(lambda tx: tx.now())
    stores.rows(dsn, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '%/desk'"
                     " AND datname = current_database()")
    assert desk.look(lambda tx: tx.rows("SELECT 1")) == [(1,)]
