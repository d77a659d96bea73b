"""Does a centre see on her page that he comes out, note by name that she was told, and say nothing of it to anybody?"""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from plumbing.identity import new_id
from plumbing.serving import application
from services.social_registry import messages as m
from tests import stores
from tests.pages import doors
from tests.pages.conftest import SEEDS

pytestmark = pytest.mark.stack


@pytest.fixture
def desk(stack):
    service, seeds = SEEDS["social_registry"]
    told = m.OffenderStatusForSafety("need", "released", stores.NOW + timedelta(hours=5))
    return doors.desk_of(service, [*seeds(), told, m.OffenderStatusForSafety("nobody-here", "released", stores.NOW)])


def test_a_warning_stands_on_her_page_until_a_named_person_has_told_her_and_nothing_is_said(desk):
    client = TestClient(application(desk), follow_redirects=False, headers={"Accept": "text/html", "Accept-Language": "en"})
    said = stores.rows(desk.settings.dsn, "SELECT count(*) FROM outbox")
    assert "he comes out an hour after this time" in client.get("/referrals/need").text
    form = {"need_id": "need", "kind": "released", "by": "Dana", "act_id": new_id()}
    assert client.post("/referrals/need/safety", data=form).headers["location"] == "/referrals/need?done=1"
    assert "he comes out" not in client.get("/referrals/need").text
    kept = stores.rows(desk.settings.dsn, "SELECT subject, closed_by FROM tasks WHERE kind = 'safety_released'")
    assert kept == [("need", "Dana")], "who is not here is no task"
    assert stores.rows(desk.settings.dsn, "SELECT count(*) FROM outbox") == said, "police never learn that she is here"
