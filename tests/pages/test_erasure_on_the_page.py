"""Does the page of a person say who asked for an erasure, when, and until when it can be taken back?"""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from plumbing.actors import Actor, acting
from plumbing.clocks import ClockDue
from plumbing.serving import application
from services.police_intake.erasing import acts as e
from services.police_intake.erasing import asking
from services.police_intake.messages import NeedStateChanged
from services.police_intake.officer.acts import JudgePersons
from tests import stores
from tests.pages import police_door

pytestmark = pytest.mark.stack


@pytest.fixture
def desk(stack):
    return police_door.desk()


@pytest.fixture
def client(desk):
    return TestClient(application(desk), follow_redirects=False, headers={"Accept": "text/html", "Accept-Language": "en"})


def free(desk):
    """Somebody about whom no help is under way."""
    return police_door.one(desk, "SELECT victim_id FROM reports WHERE report_id NOT IN (SELECT report_id FROM report_needs)"
                                 " ORDER BY victim_id LIMIT 1")


def hear(desk, *messages):
    return [desk.act(message, message.person_id) for message in messages]


def page(client, person):
    return client.get(f"/persons/{person}").text


def order(client, person, act, **typed):
    return client.post(f"/persons/{person}/erasure/{act}", data={"person_id": person, "erasure": act, **typed})


def test_with_open_doors_two_names_ask_and_approve_on_the_page_and_one_name_does_not(client, desk):
    person = free(desk)
    assert "Ask that this person be erased" in page(client, person)
    assert order(client, person, "request", reason="term_over", by="Aigul").status_code == 303
    assert "Ask that this person be erased" not in page(client, person)
    same = order(client, person, "approve", by="aigul ")
    assert same.status_code == 409 and "another person must" in same.text
    assert order(client, person, "approve", by="Dana").status_code == 303
    assert order(client, person, "cancel", by="Serik").status_code == 303
    assert stores.rows(desk.settings.dsn, "SELECT state, approved_by, ended_by FROM erasures") == [("cancelled", "Dana", "Serik")]


def test_why_somebody_cannot_be_erased_now_is_said_in_words(client, desk):
    person = police_door.one(desk, f"SELECT victim_id FROM reports WHERE report_id = '{police_door.first(desk)}'")
    desk.step.run(stores.heard([NeedStateChanged(police_door.first(desk), "need-2", "shelter", "asked", "", 1)]))
    refused = order(client, person, "request", reason="term_over", by="Aigul")
    assert refused.status_code == 409 and "Help for this person is under way" in refused.text
    unnamed = order(client, person, "request", reason="term_over")
    assert unnamed.status_code == 422 and 'href="#erasure-request-by"' in unnamed.text and 'id="erasure-request-by"' in unnamed.text


def test_who_asked_and_when_stands_on_the_persons_page_and_that_a_second_person_must_agree(client, desk):
    person = free(desk)
    hear(desk, e.RequestErasure(person, "Aigul", "term_over"))
    shown = page(client, person)
    for told in ("Aigul", "the term of keeping is over", "asked for: a second person must agree", "for 14 days"):
        assert told in shown
    assert f'datetime="{stores.NOW.isoformat()}' in shown


def test_once_it_is_approved_the_page_says_by_whom_and_until_when_it_is_taken_back(client, desk):
    person = free(desk)
    hear(desk, e.RequestErasure(person, "Aigul", "term_over"), e.ApproveErasure(person, "Dana"))
    shown = page(client, person)
    until = (stores.NOW + timedelta(days=14)).isoformat()
    assert f'It can be taken back until <time datetime="{until}' in shown and "Dana" in shown


def test_an_erasure_taken_back_stays_on_the_page_with_who_took_it_back(client, desk):
    person = free(desk)
    hear(desk, e.RequestErasure(person, "Aigul", "term_over"), e.CancelErasure(person, "Serik"))
    shown = page(client, person)
    assert "Serik" in shown and "taken back" in shown and "It can be taken back until" not in shown


def carried_out(desk, person):
    """The days are over; two cards of hers may lie somewhere."""
    report = police_door.one(desk, f"SELECT report_id FROM reports WHERE victim_id = '{person}'")
    kinds = enumerate(("shelter", "child_notice"), 7)
    desk.step.run(stores.heard([NeedStateChanged(report, f"need-{n}", kind, "closed", "", 1) for n, kind in kinds]))
    hear(desk, e.RequestErasure(person, "Aigul", "term_over"), e.ApproveErasure(person, "Dana"))
    desk.step.run(stores.heard([
        ClockDue(*row) for row in stores.rows(desk.settings.dsn, "SELECT subject, step, due_at, key FROM clocks WHERE step LIKE 'erase/%'")]))
    return report


IN_WORDS = {  # the holder, while one card is not acknowledged, once both are
    "en": ("Crisis centres and akimats", "1 of 2; awaited until", "complete: whoever held a card"),
    "ru": ("Кризисные центры и акиматы", "1 из 2; ответа ждут до", "завершено: все, у кого была карточка"),
    "kk": ("Дағдарыс орталықтары мен әкімдіктер", "2 карточканың 1 расталды", "толық аяқталды"),
}


@pytest.mark.parametrize("language", IN_WORDS)
def test_who_has_acknowledged_an_erasure_and_who_has_not_stands_on_the_page(client, desk, language):
    person, (holder, silent, complete) = free(desk), IN_WORDS[language]
    report = carried_out(desk, person)
    client.headers["Accept-Language"] = language
    for need, told, not_told in (("need-7", silent, complete), ("need-8", complete, silent)):
        desk.step.run(stores.heard([e.CardErasureAcknowledged(report, need, "social_registry")]))
        shown = page(client, person)
        assert holder in shown and told in shown and not_told not in shown


def test_an_erasure_is_seen_at_every_row_of_the_same_human(client, desk):
    doubted = police_door.doubted(desk)
    other = police_door.one(desk, f"SELECT person_id FROM persons WHERE person_id IN (SELECT victim_id FROM reports) AND person_id <> '{doubted}' LIMIT 1")
    desk.act(JudgePersons(doubted, other, True, "Aigul"), doubted)
    with desk.step.database.transaction() as tx:
        tx.run("INSERT INTO erasures (person_id, state, reason, requested_by, requested_at, approved_by) VALUES (%s, 'requested', 'term_over', 'Aigul', now(), '')", (other,))
    assert "Erasure of this person" in page(client, doubted) and "Erasure of this person" in page(client, other)


def test_who_may_not_see_the_person_sees_no_erasure_of_them(desk):
    person = free(desk)
    hear(desk, e.RequestErasure(person, "Aigul", "term_over"))
    for station, seen in (("another station", 0), (police_door.one(desk, f"SELECT station FROM reports WHERE victim_id = '{person}'"), 1)):
        with acting(Actor("s", "n", "duty_clerk", "", station)):
            assert len(desk.look(lambda tx: asking.of_human(tx, person))) == seen
