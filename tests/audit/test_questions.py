"""Who looked at a report, who was touched: does the audit answer, or say that it cannot?"""

from __future__ import annotations

import json
from contextlib import closing
from datetime import datetime

import pytest

from plumbing.actors import Actor, acting
from plumbing.audit import drafts, store
from plumbing.audit.verbs import audit
from plumbing.postgres import Database
from services.police_intake.wiring import SERVICE
from tests import stores
from tests.audit import bodies
from tests.audit.test_doors import order

pytestmark = pytest.mark.stack


def looked(settings, actor, *ids, at=None):
    with closing(Database(settings.dsn, "tests")) as database, acting(actor), database.transaction() as tx:
        store.append(tx, drafts.looks([drafts.Seen("report", one, ("victim.name",)) for one in ids], at or tx.now()))


def test_the_auditor_is_told_who_looked_at_a_report_and_at_whom_it_is_about(settings, door, report_id, capsys):
    [(person,)] = stores.rows(settings.dsn, f"SELECT victim_id FROM reports WHERE report_id = '{report_id}'")
    looked(settings, Actor("s-1", "Serik", "duty_clerk", "KZ-55", "station 9"), report_id)
    assert audit(SERVICE, settings, ["who", person]) == 0
    told = capsys.readouterr().out
    assert "RegisterReport report" in told and "Serik (duty_clerk station 9)  read report" in told and "[casework]" in told
    assert audit(SERVICE, settings, ["who", "nobody"]) == 1


def test_a_breach_report_lists_who_was_touched_and_by_when_it_must_be_told(settings, capsys):
    looked(settings, Actor("s-1", "Serik", "duty_clerk"), "one", "two")
    looked(settings, Actor("s-2", "Dana", "duty_clerk"), "three")
    words = ["breach-report", "--since", "2020-01-01", "--known", "2026-11-27T10:00:00+05:00"]
    assert audit(SERVICE, settings, words) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["objects"], told["tell_by"][:10]) == (3, "2026-11-30")
    assert audit(SERVICE, settings, [*words, "--actor", "s-1"]) == 0
    assert {one["id"] for one in json.loads(capsys.readouterr().out)["touched"]} == {"one", "two"}


def test_a_breach_report_names_the_people_behind_what_was_touched(settings, door, report_id, capsys):
    people = stores.rows(settings.dsn, "SELECT victim_id FROM reports UNION SELECT respondent_id FROM reports")
    looked(settings, Actor("s-1", "Serik", "duty_clerk"), report_id)
    assert audit(SERVICE, settings, ["breach-report", "--since", "2020-01-01", "--known", "2026-11-27T10:00:00+05:00"]) == 0
    assert json.loads(capsys.readouterr().out)["people"] == sorted(person for (person,) in people)


def test_an_answer_that_leaves_out_what_still_waits_says_so_and_is_no_success(settings, door, report_id, capsys):
    order(settings.dsn, "REVOKE INSERT ON audit FROM CURRENT_USER")
    door.post("/reports", json=bodies.report(2))
    for words in (["who", report_id], ["breach-report", "--since", "2020-01-01", "--known", "2026-11-27T10:00:00+05:00"]):
        assert audit(SERVICE, settings, words) == 1
        assert "1 rows still wait and are not in here" in capsys.readouterr().err


def test_an_hour_without_a_zone_is_one_of_this_country(settings, capsys):
    looked(settings, Actor("s-1", "Serik", "duty_clerk"), "one", at=datetime.fromisoformat("2026-11-24T07:30:00+05:00"))
    words = ["breach-report", "--known", "2026-11-27T10:00:00+05:00", "--since"]
    assert audit(SERVICE, settings, [*words, "2026-11-24T08:00:00"]) == 0
    assert json.loads(capsys.readouterr().out)["objects"] == 0
    assert audit(SERVICE, settings, [*words, "2026-11-24T07:00:00"]) == 0
    assert json.loads(capsys.readouterr().out)["objects"] == 1
