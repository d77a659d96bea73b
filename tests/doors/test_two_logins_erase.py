"""Is somebody erased only by two people who are each signed in, and by no name that was typed?"""

from dataclasses import replace

import pytest

from services.police_intake.erasing.verb import LOGGED_IN, erase_verb
from services.police_intake.wiring import SERVICE
from tests.doors.seeds import ids
from tests.stores import rows

pytestmark = pytest.mark.stack
KEPT = "SELECT state, requested_by, approved_by, requested_actor <> '' FROM erasures"


@pytest.fixture
def entered(browse):
    """entered(user) → the browser of somebody who is signed in."""

    def of(user):
        browser = browse()
        assert browser.login(user).status_code == 200
        return browser

    return of


def order(browser, act, person, **typed):
    return browser.post(f"/persons/{person}/erasure/{act}", data={"person_id": person, "erasure": act, "by": "Somebody Else", **typed})


def kept(police):
    return rows(police.desk.settings.dsn, KEPT)


def test_a_clerk_asks_and_the_head_approves_each_under_the_name_of_their_login(entered, police):
    her, _ = ids(police, "person")
    clerk, head = entered("clerk"), entered("head")
    assert order(clerk, "request", her, reason="her_request").status_code == 303
    assert "Approve as the second person" not in clerk.get(f"/persons/{her}").text
    assert "Approve as the second person" in head.get(f"/persons/{her}").text
    assert order(head, "approve", her).status_code == 303
    assert kept(police) == [("approved", "Invented Clerk, Pavlodar 2", "Invented Head of Duty", True)]
    assert order(clerk, "cancel", her).status_code == 303
    assert kept(police)[0][0] == "cancelled"


def test_who_asked_approves_nothing_whatever_name_is_typed(entered, police):
    her, _ = ids(police, "person")
    head = entered("head")
    assert order(head, "request", her, reason="her_request").status_code == 303
    shown = head.get(f"/persons/{her}").text
    assert "You asked for it: another person approves it." in shown and "Approve as the second person" not in shown
    again = order(head, "approve", her, by="Dana")
    assert again.status_code == 409 and "Who asked for an erasure does not approve it" in again.text
    assert kept(police) == [("requested", "Invented Head of Duty", "", True)]


def test_nobody_asks_for_the_erasure_of_another_stations_person_and_a_clerk_approves_none(entered, police):
    her, foreign = ids(police, "person")
    clerk, officer = entered("clerk"), entered("officer")
    assert order(clerk, "request", foreign, reason="her_request").status_code == 404
    assert order(officer, "request", her, reason="her_request").status_code == 404
    assert kept(police) == []
    assert order(entered("head"), "request", her, reason="her_request").status_code == 303
    assert order(clerk, "approve", her).status_code == 404 and kept(police)[0][0] == "requested"


def test_behind_closed_doors_the_command_line_asks_for_no_erasure_and_approves_none(entered, police, capsys):
    her, _ = ids(police, "person")
    settings = police.desk.settings
    assert erase_verb(SERVICE, settings, ["request", her, "--by", "Aigul", "--reason", "unfounded"]) == 1
    assert order(entered("clerk"), "request", her, reason="her_request").status_code == 303
    assert erase_verb(SERVICE, settings, ["approve", her, "--by", "Dana"]) == 1
    assert capsys.readouterr().err.count(LOGGED_IN) == 2
    opened = replace(settings, issuer="", client_secret_file="")
    assert erase_verb(SERVICE, opened, ["approve", her, "--by", "Dana"]) == 1, "a typed name beside a login is one login"
    assert kept(police)[0][0] == "requested"
    assert erase_verb(SERVICE, settings, ["cancel", her, "--by", "Dana"]) == 0 and kept(police)[0][0] == "cancelled"
