"""What does the door of police intake answer, to good reports and to everything else?"""

import re
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plumbing.identity import fresh_seed
from plumbing.pages import Desk
from plumbing.postgres import Database
from plumbing.serving import application
from plumbing.settings import Settings
from plumbing.step import Step
from services.police_intake.wiring import SERVICE
from tests import stores
from tests.police_intake import opened

pytestmark = pytest.mark.stack
RECORDED = (datetime.now(UTC) - timedelta(hours=1)).isoformat()


def report(**changes):
    known = {
        "kui_number": fresh_seed("").hex()[:12], "station": "УП г. Павлодар", "territory": "551000000", "recorded_at": RECORDED,
        "victim": {"name": "Сейітова Зәуре", "birth_date": "1990-01-01"}, "consent": "yes", "children": 1,
    }
    return {**known, **changes}


@pytest.fixture(scope="module")
def dsn(stack):
    return stores.fresh_database(SERVICE)


@pytest.fixture(scope="module")
def client(dsn):
    settings_ = Settings("police_intake", "127.0.0.1:1", dsn)
    desk = Desk(SERVICE, settings_, lambda part: Step(SERVICE, Database(dsn, part)))
    with TestClient(application(desk), follow_redirects=False) as one:
        yield one


def post(client, body, key=""):
    return client.post("/reports", json=body, headers={"Idempotency-Key": key})


def test_the_same_report_under_one_key_is_answered_once_and_then_the_same_again(client):
    body = report()
    first, again = post(client, body, "k1"), post(client, body, "k1")
    assert (first.status_code, again.status_code, first.json()) == (201, 200, again.json())


def test_a_wish_for_a_woman_is_kept_with_the_report_and_a_body_that_is_silent_about_it_is_the_same_as_before(client, dsn):
    wished = post(client, report(wants_woman="yes")).json()["report_id"]
    silent = post(client, body := report(), "k0").json()["report_id"]
    assert post(client, body | {"wants_woman": "not_asked"}, "k0").status_code == 200
    known = dict(stores.rows(dsn, "SELECT report_id, wants_woman FROM reports"))
    assert (known[wished], known[silent]) == ("yes", "not_asked")
    assert [one["field"] for one in post(client, report(wants_woman="perhaps")).json()["errors"]] == ["wants_woman"]


def test_two_at_once_under_one_key_are_one_report(client, dsn):
    body, told = report(), []
    both = [threading.Thread(target=lambda: told.append(post(client, body, "k2"))) for _ in range(6)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sorted(answer.status_code for answer in told) == [200] * 5 + [201]
    assert len(opened.reports(dsn, body["kui_number"])) == 1


def test_a_key_used_for_another_body_is_a_problem(client):
    post(client, report(), "k3")
    answer = post(client, report(), "k3")
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_every_bad_field_is_named_at_once_with_rule_and_mend(client):
    bad = report(children=-1, consent="maybe", occurred_at="2022-02-31T10:00:00+05:00", victim={"iin": "123"}, respondent={"phone": "x"})
    answer = post(client, bad).json()
    assert {error["field"] for error in answer["errors"]} == {
        "children", "consent", "occurred_at", "victim.iin", "respondent.phone"}
    assert all(error["rule"] and error["mend"] for error in answer["errors"])


def test_rules_between_fields_are_named_at_once_too(client):
    later = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    person = {"iin": "900101800014"}
    answer = post(client, report(recorded_at=later, victim=person, respondent=person)).json()
    assert {"recorded_at", "victim.iin", "respondent.iin"} <= {error["field"] for error in answer["errors"]}


def test_a_refused_report_is_found_again_by_the_officer(client):
    post(client, report(consent="maybe", narrative="ищите меня"))
    held = re.findall(r"/held/[0-9a-f-]{36}", client.get("/worklist").text)
    assert [one for one in held if "ищите меня" in client.get(one).text]


@pytest.mark.parametrize(("characters", "status"), [(20_000, 201), (20_001, 422)])
def test_a_narrative_has_a_limit_and_one_past_it_is_refused(client, characters, status):
    assert post(client, report(narrative="ж" * characters)).status_code == status


def test_a_body_one_byte_past_the_limit_is_refused(client):
    assert client.post("/reports", content=b" " * (1024 * 1024 + 1)).status_code == 413


@pytest.mark.parametrize("text", ["=HYPERLINK(\"x\")", "<script>alert(1)</script>", "'; DROP TABLE reports; --", "{{7*7}}", "%s %(a)s"])
def test_markup_formulas_and_sql_are_plain_text(client, text):
    answer = post(client, report(narrative=text, address=text, station="УП г. Павлодар " + text))
    assert answer.status_code == 201 and "<script>" not in client.get("/worklist").text


def test_control_characters_are_refused_by_the_name_of_their_field(client):
    answer = post(client, report(narrative="a\0b"))
    assert [error["field"] for error in answer.json()["errors"]] == ["narrative"]


def test_a_taken_back_report_says_so(client):
    known = post(client, report()).json()["report_id"]
    assert client.post(f"/reports/{known}/unfounded").json()["state"] == "taken_back"
    assert client.get(f"/reports/{known}").json()["state"] == "taken_back"


def test_nobody_knows_a_report_that_never_was(client):
    assert [client.get(f"/reports/{name}").status_code for name in ("x", "0f8b6c1e-5a57-4b1c-9d0e-3f1f6f2f7a11")] == [404, 404]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(field=st.sampled_from([*report(), "narrative", "occurred_at", "respondent", "violence", "safe_contact"]), value=JSON)
def test_whatever_is_sent_is_answered_and_never_a_fault_of_ours(client, field, value):
    assert post(client, report(**{field: value})).status_code in (200, 201, 409, 413, 422)


def test_without_its_database_intake_says_try_again(dsn):
    with closing(Database("host=127.0.0.1 port=1 dbname=x user=x password=x", "none")) as away:
        desk = Desk(SERVICE, Settings("police_intake", "127.0.0.1:1", dsn), lambda part: Step(SERVICE, away))
        with TestClient(application(desk)) as client:
            answer = post(client, report())
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
