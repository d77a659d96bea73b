"""Does an incident that a dispatch system publishes become what any other door would make of it? On a real PostgreSQL."""

from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from nacl.public import PublicKey, SealedBox

from services.police_intake.dispatch import opening
from services.police_intake.dispatch.keys import read_keys
from services.police_intake.officer.acts import VictimAnswered
from services.police_intake.report import Consent, SafeContact, SafeContactKind
from services.police_intake.wiring import SERVICE
from tests import stores
from tests.police_intake import opened
from tests.police_intake.incidents import hear, heard, incident, rows, said, told
from tests.stores import NOW

pytestmark = pytest.mark.stack


def held(desk):
    return opened.records(desk.settings.dsn)[0]["body"]


def test_an_incident_becomes_a_report_and_is_told_its_verdict(desk, door, key):
    hear(desk, said(incident(), key))
    answer = told(door)
    assert (answer["verdict"], answer["state"], answer["errors"]) == ("accepted", "registered", [])
    assert door.get(f"/reports/{answer['report_id']}").json()["report_id"] == answer["report_id"]
    [fields] = [one.fields for *_, one in opened.written(desk.settings.dsn)]
    assert fields["victim"]["name"] == "Ахметова Айгүл Серікқызы" and fields["victim"]["sex"] == "female"
    assert fields["safe_contact"] == {"kind": "only_at", "detail": "10 to 12"} and fields["region"] == "KZ-55"


def test_said_twice_it_stays_one_report_however_it_is_sealed(desk, door, key):
    one, again = said(incident(), key), said(incident(), key)
    assert one.sealed != again.sealed
    hear(desk, one, again, one)
    assert told(door)["verdict"] == "accepted"
    assert rows(desk, "SELECT version FROM report_versions") == [(1,)]


def test_what_is_kept_of_an_incident_says_nothing_to_who_has_the_table_alone(desk, door, key):
    """A hash without a key is the number itself: all of the country are tried in minutes."""
    one = said(incident(), key)
    hear(desk, one)
    content_hash = opening.opened(one, read_keys(), NOW).content_hash
    assert len(content_hash) == 64 and rows(desk, "SELECT content_hash = '' FROM incidents") == [(False,)]
    assert rows(desk, f"SELECT count(*) FROM incidents WHERE content_hash = '{content_hash}'") == [(0,)]


def test_said_with_other_content_it_corrects_its_report(desk, door, key):
    hear(desk, said(incident(), key), said(incident(narrative="Өзгерді."), key))
    assert (told(door)["verdict"], told(door)["version"]) == ("correction", 2)
    assert [one[0] for one in rows(desk, "SELECT event FROM outbox WHERE event LIKE '%.Report%ed' AND event NOT LIKE '%Counted' ORDER BY kept_at")] == [
        "police_intake.ReportRegistered", "police_intake.ReportCorrected"]


def test_an_older_content_that_is_said_again_never_overwrites(desk, door, key):
    first, second = incident(), incident(codes={"version": 2}, narrative="Second.")
    third = incident(codes={"version": 3})
    hear(desk, said(first, key), said(second, key), said(first, key), said({**second, "sealed": first["sealed"]}, key))
    assert (told(door)["verdict"], told(door)["version"]) == ("correction", 2), "the past of the same version is no news"
    hear(desk, said(third, key))
    assert told(door)["version"] == 3, "a dispatcher may go back to what was right at first, and counts on"


def test_the_same_report_by_another_door_is_a_duplicate(desk, door, key):
    whole = incident(outcome="")
    body = {**whole["sealed"], **whole["open"]}
    del body["version"]
    for who in ("victim", "respondent"):
        body[who] = {**body[who], "sex": body.pop(f"{who}_sex")}
    body["recorded_at"] = whole["open"]["recorded_at"].replace("09:07:31+00:00", "14:07:31+05:00")
    report_id = door.post("/reports", json=body).json()["report_id"]
    hear(desk, said(whole, key))
    assert (told(door)["verdict"], told(door)["report_id"]) == ("duplicate", report_id)


def test_another_content_under_a_number_that_is_known_waits_for_an_officer(desk, door, key):
    hear(desk, said(incident(), key), said({**incident(narrative="Another."), "incident_id": "incident-other"}, key))
    answer = told(door, "other")
    assert answer["verdict"] == "held" and answer["errors"][0]["field"] == "kui_number"
    assert rows(desk, "SELECT verdict, reason FROM held_records") == [
        ("refused", "a published incident about a report that is registered already, or was taken back")]


def test_every_wrong_field_is_named_and_the_whole_is_kept(desk, door, key):
    wrong = incident(codes={"children": 99, "recorded_at": "2031-01-01T00:00:00+05:00"}, victim={"name": "А", "shoe": 1},
                     territory="1")
    hear(desk, said(wrong, key))
    answer = told(door)
    assert answer["verdict"] == "held" and "report_id" not in answer
    assert {one["field"] for one in answer["errors"]} >= {"children", "victim.shoe", "territory", "recorded_at"}
    content = held(desk)
    assert '"shoe": 1' in content and "incident-3862" in content
    assert [one[0] for one in rows(desk, "SELECT kind FROM tasks WHERE closed_at IS NULL")] == ["refused"]


def test_what_was_held_and_comes_mended_is_registered_and_the_task_is_closed(desk, door, key):
    hear(desk, said(incident(territory="1"), key), said(incident(), key))
    assert told(door)["verdict"] == "accepted"
    assert rows(desk, "SELECT outcome, closed_by FROM held_records") == [("registered", "police_dispatch")]
    assert rows(desk, "SELECT closed_by FROM tasks WHERE kind = 'refused'") == [("police_dispatch",)]


def test_an_incident_that_is_held_twice_is_one_task_and_none_once_it_is_mended(desk, door, key):
    hear(desk, said(incident(territory="1"), key), said(incident(territory="2"), key))
    assert rows(desk, "SELECT outcome, closed_by FROM held_records ORDER BY kept_at, closed_at") == [
        ("duplicate", "police_dispatch"), (None, None)]
    assert rows(desk, "SELECT count(*) FROM tasks WHERE closed_at IS NULL") == [(1,)]
    hear(desk, said(incident(territory="1"), key))
    assert rows(desk, "SELECT count(*) FROM tasks WHERE closed_at IS NULL") == [(1,)], "an earlier content again"
    hear(desk, said(incident(), key))
    assert told(door)["verdict"] == "accepted" and rows(desk, "SELECT count(*) FROM tasks WHERE closed_at IS NULL") == [(0,)]


@pytest.mark.parametrize("case", [(59, "accepted"), (61, "held")])
def test_a_clock_of_the_dispatch_that_runs_a_little_ahead_makes_no_officers_task(desk, door, key, case):
    seconds, verdict = case
    hear(desk, said(incident(codes={"recorded_at": (stores.NOW + timedelta(seconds=seconds)).isoformat()}), key))
    assert told(door)["verdict"] == verdict


NEVER = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize("case", [
    ({"sealed_to": "0123456789abcdef"}, ["sealed"]), ({"sealed": b"garbage"}, ["sealed"]), ({"sealed": "tampered"}, ["sealed"]),
    ({"recorded_at": NEVER}, ["recorded_at"]), ({"occurred_at": NEVER}, ["occurred_at"]),
    ({"recorded_at": NEVER, "sealed": b"garbage"}, ["recorded_at"]),
    ({"sealed": "[[1, 2]]"}, ["sealed"]), ({"sealed": "1"}, ["sealed"]),
    *(({"sealed": '{"victim":' + "[" * deep + "]" * deep + "}"}, None) for deep in (900, 960, 980, 992, 40_000)),
], ids=lambda one: str(one)[:40])
def test_what_cannot_be_opened_is_kept_and_its_sender_is_told_and_intake_goes_on(desk, door, key, case):
    spoiled, fields = case
    one = said(incident(), key)
    if isinstance(spoiled.get("sealed"), str):
        box = SealedBox(PublicKey(b64decode(key["public_key"])))
        text = spoiled["sealed"]
        spoiled = {**spoiled, "sealed": one.sealed[:-1] + b"\0" if text == "tampered" else box.encrypt(text.encode())}
    hear(desk, replace(one, **spoiled))
    answer = told(door)
    assert answer["verdict"] == "held" and fields in (None, [one["field"] for one in answer["errors"]])
    assert '"sealed"' in held(desk) or fields is None
    hear(desk, said(incident(), key))
    assert told(door)["verdict"] == "accepted"


@pytest.mark.parametrize("name", ["short", "with blanks in it", "nul-\0-nul-nul", "Ахметова-Айгүл"])
def test_an_incident_without_a_fitting_name_is_held_and_cannot_be_asked_for(desk, door, key, name):
    hear(desk, said({**incident(), "incident_id": name}, key))
    assert len(rows(desk, "SELECT 1 FROM held_records")) == 1 and rows(desk, "SELECT 1 FROM incidents") == []


def test_texts_that_no_database_can_keep_are_held_without_them(desk, door, key):
    hear(desk, said(incident(narrative="a\0b\ud800c".encode("utf-8", "surrogatepass").decode("utf-8", "replace")), key))
    assert told(door)["verdict"] == "held"


def test_a_dispatch_that_is_silent_does_not_take_back_what_she_said(desk, door, key):
    silent = {"codes": {"consent": "not_asked"}, "safe_contact": {"kind": "never"}}
    hear(desk, said(incident(**silent), key))
    report_id = told(door)["report_id"]
    contact = SafeContact(SafeContactKind.ONLY_AT, "10 to 12")
    with desk.step.database.transaction() as tx:
        SERVICE.record(tx, [(VictimAnswered(report_id, True, Consent.YES, contact, "Aigul"), stores.NOW)])
    hear(desk, said(incident(**silent, narrative="Later."), key))
    [fields] = [one.fields for _, version, one in opened.written(desk.settings.dsn) if version == 2]
    assert (fields["consent"], fields["safe_contact"]["detail"]) == ("yes", "10 to 12")


def test_an_incident_of_a_report_taken_back_waits_for_an_officer(desk, door, key):
    hear(desk, said(incident(), key))
    assert door.post(f"/reports/{told(door)['report_id']}/unfounded").status_code == 200
    hear(desk, said(incident(narrative="Again."), key))
    assert (told(door)["verdict"], told(door)["state"]) == ("held", "taken_back")


def test_any_cut_into_batches_gives_the_same_rows(stack, key):
    script = [said(incident(str(n % 4), **more), key) for n, more in enumerate(
        [{}, {"territory": "1"}, {}, {"narrative": "b"}, {}, {}, {"narrative": "c"}, {"victim": 1}, {"narrative": "d"}] * 2)]
    found = []
    for size in (1, 2, 7, 2000):
        dsn = stores.fresh_database(SERVICE)
        step = stores.pinned_step(SERVICE, dsn)
        for batch in stores.cut(heard(script), size):
            step.run(batch)
        found.append(stores.all_rows(dsn))
        found[-1].pop("public.locks")
    assert all(one == found[0] for one in found[1:])
    assert len(found[0]["public.incidents"]) == 4
