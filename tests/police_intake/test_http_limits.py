"""Is everything malformed answered in words, named whole, and kept where an officer finds it?"""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plumbing.pages import Desk
from plumbing.postgres import Database
from plumbing.serving import application
from plumbing.settings import Settings
from plumbing.step import Step
from services.police_intake.wiring import SERVICE
from tests import stores
from tests.police_intake import opened
from tests.police_intake.test_http import post, report

pytestmark = pytest.mark.stack
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3), max_leaves=6,
)


@pytest.fixture(scope="module")
def dsn(stack):
    return stores.fresh_database(SERVICE)


@pytest.fixture(scope="module")
def client(dsn):
    desk = Desk(SERVICE, Settings("police_intake", "127.0.0.1:1", dsn), lambda part: Step(SERVICE, Database(dsn, part)))
    with TestClient(application(desk), follow_redirects=False, raise_server_exceptions=False) as one:
        yield one


def fields_of(answer):
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert all(error["rule"] and error["mend"] for error in answer.json()["errors"])
    return {error["field"] for error in answer.json()["errors"]}


def test_bad_fields_and_broken_rules_between_fields_are_named_in_one_answer(client):
    later = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    answer = post(client, report(recorded_at=later, children=-1, victim={"iin": "900101800011"}, respondent={"phone": "12"}))
    assert fields_of(answer) == {"recorded_at", "children", "victim.iin", "respondent.phone"}


def test_a_missing_field_hides_no_broken_rule(client):
    body = report(victim={"birth_date": "1790-01-01"})
    del body["station"]
    assert fields_of(post(client, body)) == {"station", "victim.birth_date"}


@pytest.mark.parametrize("content", [
    b"", b"{", b"[]", b"null", b'"text"', b"\xff\xfe\x00", "Сейітова".encode("cp1251"), b'{"victim": NaN}', b"[" * 5000,
    json.dumps({"narrative": "\ud800"}).encode(), b'{"a": "' + b"\\u0000" * 10 + b'"}',
], ids=lambda content: repr(content[:12]))
def test_what_is_no_json_of_ours_is_refused_in_words_and_kept(client, dsn, content):
    before = stores.rows(dsn, "SELECT count(*) FROM held_records")[0][0]
    answer = client.post("/reports", content=content + b" " * before, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json()["errors"]
    assert stores.rows(dsn, "SELECT count(*) FROM held_records")[0][0] == before + 1


def test_a_report_refused_for_a_rule_between_fields_is_kept_too(client):
    body = report(narrative="найдите и это", victim={"name": "A B", "iin": "900101800011"})
    assert post(client, body).status_code == 422
    kept = re.findall(r"/held/[\w-]+", client.get("/worklist").text)
    assert any("найдите и это" in client.get(page).text for page in kept)


@pytest.mark.parametrize("content", [b"{", b"\xff", b'{"children": -1}'])
def test_a_refusal_that_cannot_be_kept_says_come_back_and_is_no_fault(dsn, content):
    nowhere = "host=127.0.0.1 port=1 dbname=x user=x password=x"
    desk = Desk(SERVICE, Settings("police_intake", "127.0.0.1:1", dsn), lambda part: Step(SERVICE, Database(nowhere, part)))
    with TestClient(application(desk), raise_server_exceptions=False) as client:
        answer = client.post("/reports", content=content, headers={"content-type": "application/json"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")


def test_the_same_refused_request_is_one_task_however_often_it_is_sent(client, dsn):
    body = report(consent="perhaps")
    for _ in range(3):
        assert post(client, body).status_code == 422
    assert sum(body["kui_number"] in one["body"] for one in opened.records(dsn)) == 1


@pytest.mark.parametrize(("field", "most"), [("kui_number", 32), ("station", 200), ("address", 500), ("officer", 200), ("outcome", 200)])
def test_a_text_one_character_past_its_limit_is_refused_by_name(client, field, most):
    assert post(client, report(**{field: "x" * most})).status_code == 201
    assert fields_of(post(client, report(**{field: "x" * (most + 1)}))) == {field}


@pytest.mark.parametrize(("field", "value"), [
    ("children", "2"), ("children", 21), ("children", 1.5), ("children", True), ("territory", "55100000"), 
    ("recorded_at", "2022-09-25T07:06:00"), ("recorded_at", "1990-01-01T00:00:00+05:00"), ("recorded_at", "вчера"),
    ("recorded_at", 1e300), ("complaint", "perhaps"), ("violence", ["fists"]), ("violence", ["physical"] * 11), ("injury", None),
    ("kui_number", ""), ("station", "x"), ("a_new_field", 1),
])
def test_a_field_that_breaks_its_rule_is_named(client, field, value):
    assert {name.split(".")[0] for name in fields_of(post(client, report(**{field: value})))} == {field}


@pytest.mark.parametrize(("written", "read"), [("５５１０００００１", "551000001"), ("551 000 002", "551000002")])
def test_full_width_digits_and_spaces_are_the_number_that_was_meant(client, dsn, written, read):
    answer = post(client, report(territory=written))
    assert answer.status_code == 201
    kept = [one.fields["territory"] for report_id, _, one in opened.written(dsn) if report_id == answer.json()["report_id"]]
    assert kept == [read]


def test_a_correction_is_told_by_the_reports_id_and_raises_its_version(client):
    body = report(children=1)
    known = post(client, body).json()["report_id"]
    assert post(client, {**body, "children": 2}).status_code == 409
    assert client.put(f"/reports/{known}", json={**body, "children": 2}).json()["verdict"] == "correction"
    assert client.get(f"/reports/{known}").json()["version"] == 2
    client.post(f"/reports/{known}/cancellation", json={"reason": "cancelled", "by": "Dana"})
    assert client.put(f"/reports/{known}", json={**body, "children": 3}).status_code == 409


@pytest.mark.parametrize("path", ["/reports/x", "/reports/%00", "/reports/0f8b6c1e-5a57-4b1c-9d0e-3f1f6f2f7a11"])
def test_what_is_asked_of_a_report_nobody_knows_is_not_found(client, path):
    answers = [client.get(path), client.put(path, json=report()), client.post(f"{path}/unfounded"),
               client.post(f"{path}/cancellation", json={"reason": "cancelled", "by": "Dana"})]
    assert [answer.status_code for answer in answers] == [404] * 4


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(body=st.one_of(ANY, st.dictionaries(st.sampled_from([*report(), "narrative", "respondent", "safe_contact"]), ANY)))
def test_no_json_whatever_is_a_fault_of_ours(client, body):
    answer = client.post("/reports", content=json.dumps(body), headers={"content-type": "application/json"})
    assert answer.status_code == 422


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(content=st.binary(max_size=200), key=st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=250))
def test_no_bytes_and_no_key_are_a_fault_of_ours(client, content, key):
    headers = {"content-type": "application/json", "idempotency-key": key.strip().encode("latin-1")}
    assert client.post("/reports", content=content, headers=headers).status_code == 422
