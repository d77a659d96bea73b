"""Is she asked on a page of its own, is every step kept with its name, and does no grade stand without its limits?"""

import re

import pytest
from starlette.testclient import TestClient

from plumbing.serving import application
from services.police_intake.risk.loading import GRIDS
from services.referral_router.risks import RiskGraded
from services.referral_router.wiring import SERVICE as ROUTER
from tests import stores
from tests.pages import doors, police_door
from tests.referral_router.region import report as routed

pytestmark = pytest.mark.stack
GRID = GRIDS.versions[0]
ASKED = {"by": "Aigul", "grid": GRID.id, "asked_apart": "yes", **{f"q_{one.id}": "no" for one in GRID.questions}}
GRADES = re.compile(r"</span> (?:standard|medium|high|extreme)</strong>")


def client_of(desk, language="en"):
    return TestClient(application(desk), follow_redirects=False, headers={"Accept": "text/html", "Accept-Language": language})


@pytest.fixture
def desk(stack):
    return police_door.desk()


@pytest.fixture
def client(desk):
    return client_of(desk)


@pytest.fixture
def report(desk):
    return police_door.first(desk)


def send(client, report, act, **form):
    return client.post(f"/reports/{report}/risk/{act}", data={"report_id": report, "by": "Aigul", **form})


def ask(client, report, **more):
    return send(client, report, "assessed", **{**ASKED, **more})


def last(desk, report, what="grade"):
    return police_door.one(desk, f"SELECT {what} FROM risk_steps WHERE report_id = '{report}' ORDER BY version DESC LIMIT 1")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_question_is_asked_in_her_language_and_left_unknown_at_first(desk, report, language):
    page = client_of(desk, language).get(f"/reports/{report}/risk").text
    for one in GRID.questions:
        assert one.text[language].replace("'", "&#39;") in page
    assert page.count('value="unknown" checked') == len(GRID.questions)


def test_what_she_answers_is_graded_and_told_to_the_router_as_a_code(client, desk, report):
    assert ask(client, report, q_strangulation="yes").status_code == 303
    assert last(desk, report) == "high"
    said = stores.rows(desk.settings.dsn, "SELECT value FROM outbox WHERE event = 'police_intake.RiskGraded'")
    [value] = [bytes(row[0]) for row in said]
    assert report.encode() in value and b"strangulation" not in value


def test_her_answers_lie_sealed_in_the_table(client, desk, report):
    ask(client, report, q_strangulation="yes")
    assert b"strangulation" not in bytes(last(desk, report, "sealed")) and b"yes" not in bytes(last(desk, report, "sealed"))
    assert "pressed your throat" in client.get(f"/reports/{report}/risk").text.split("Ask her</h2>")[0]


@pytest.mark.parametrize("path", ["/reports/{}", "/reports/{}/risk"])
def test_no_page_of_police_shows_a_grade_without_its_limits(client, report, path):
    ask(client, report, q_strangulation="yes")
    page = client.get(path.format(report)).text
    shown = [match.end() for match in GRADES.finditer(page)]
    assert shown and all("It is often wrong" in page[at : at + 700] for at in shown)


def test_no_page_of_the_coordinator_shows_a_grade_without_its_limits(stack):
    made = doors.desk_of(ROUTER, [routed(), RiskGraded("report", 1, "extreme", False)])
    client, need = client_of(made), police_door.one(made, "SELECT need_id FROM needs")
    for path in ("/worklist", f"/needs/{need}"):
        page = client.get(path).text
        shown = [match.end() for match in GRADES.finditer(page)]
        assert shown and all("It is often wrong" in page[at : at + 300] for at in shown), path


def test_who_is_in_more_danger_stands_first_among_those_who_wait(stack):
    told = [routed(report_id=f"r{n}", victim_ref=f"she-{n}", household_ref=f"h{n}", respondent_ref=None) for n in range(4)]
    grades = [RiskGraded("r1", 1, "standard", False), RiskGraded("r3", 1, "extreme", False), RiskGraded("r2", 1, "high", False)]
    made = doors.desk_of(ROUTER, [*told, *grades])
    order = dict(stores.rows(made.settings.dsn, "SELECT need_id, report_id FROM needs"))
    page = client_of(made).get("/worklist").text
    assert [order[need] for need in re.findall(r'href="/needs/([^"?]+)"', page) if need in order] == ["r3", "r2", "r0", "r1"]


def test_beside_the_other_person_every_answer_counts_as_unknown_and_a_task_calls_her_back(client, desk, report):
    ask(client, report, asked_apart="no", q_strangulation="yes")
    assert last(desk, report) == "medium" and "so every answer counts as unknown" in client.get(f"/reports/{report}/risk").text
    assert f'href="/reports/{report}/risk"' in client.get("/worklist").text


def test_one_raises_two_lower_and_every_step_stands_on_the_page(client, desk, report):
    ask(client, report)
    assert send(client, report, "raised", grade="high", reason="seen_at_scene", seen="1").status_code == 303
    assert send(client, report, "lowering", grade="standard", reason="typed_wrongly", seen="2").status_code == 303
    assert send(client, report, "decision", lower="yes", seen="3").status_code == 409 and last(desk, report) == "high"
    assert "Until another person decides" in client.get(f"/reports/{report}/risk").text
    assert send(client, report, "decision", lower="yes", seen="3", by="Berik").status_code == 303
    assert last(desk, report) == "standard" and last(desk, report, "count(*) OVER ()") == 4
    page = client.get(f"/reports/{report}/risk").text
    assert all(one in page for one in ("raised by one person", "a lower grade asked for", "lowered by a second person", "Berik"))


def test_a_step_is_never_changed_in_the_database(client, desk, report):
    ask(client, report)
    with pytest.raises(Exception, match="P0001"), desk.step.database.transaction() as tx:
        tx.run("UPDATE risk_steps SET grade = 'standard'")


def test_who_saw_an_older_step_is_told_so(client, report):
    ask(client, report)
    again = ask(client, report)
    assert again.status_code == 409 and "Somebody was quicker" in again.text


def test_an_act_that_never_was_is_not_found(client, report):
    assert send(client, report, "erased").status_code == 404 and send(client, report, "toString").status_code == 404
    assert client.get("/reports/none/risk").status_code == 404
