"""What is a look for: as the request says, else as its page is meant, else as somebody of this role looks?"""

import pytest

from plumbing.actors import Actor, acting
from plumbing.audit import context
from plumbing.audit.asked import purpose_of
from plumbing.audit.drafts import Seen, looks
from tests.stores import NOW

CLERK, AUDITOR, PROSECUTOR = (Actor("1", "Dana", role) for role in ("duty_clerk", "auditor", "prosecutor"))
ID = "0b0c3e2a-7d0f-4b6c-9a55-3f0f2f6f7a10"


def written(actor, path, query="", header=""):
    """The purpose in the audit's row of a look by this actor on this page."""
    headers = [(b"qorgan-purpose", header.encode())] if header else []
    before = context.purpose.set(purpose_of({"path": path, "query_string": query.encode(), "headers": headers}))
    try:
        with acting(actor):
            [row] = looks([Seen("report", ID, ("victim",))], NOW)
        return row.purpose
    finally:
        context.purpose.reset(before)


@pytest.mark.parametrize(("actor", "path", "purpose"), [
    (CLERK, f"/reports/{ID}", "casework"),
    (CLERK, "/handover", "handover"),
    (CLERK, f"/measures/{ID}/papers", "court"),
    (CLERK, f"/measures/{ID}/complaint", "complaint"),
    (PROSECUTOR, f"/measures/{ID}", "supervision"),
    (AUDITOR, "/audit/unusual", "inspection"),
    (AUDITOR, "/handover", "handover"),  # the page is nearer than the role
])
def test_a_look_of_which_nothing_is_said_is_for_what_the_page_or_the_role_is_for(actor, path, purpose):
    assert written(actor, path) == purpose


def test_what_the_request_says_stands_before_all_else():
    assert written(CLERK, "/handover", query="purpose=court") == "court"
    assert written(AUDITOR, "/reports", query="purpose=court", header="complaint") == "complaint"


def test_a_purpose_of_no_list_is_no_purpose():
    assert written(CLERK, "/handover", query="purpose=curiosity") == "handover"
    assert written(CLERK, "/reports", header="curiosity") == "casework"


def test_pages_and_roles_are_meant_for_purposes_that_are_on_the_list():
    known = context.settings()
    assert {*known["purpose_of_page"].values(), *known["purpose_of_role"].values(), known["usual_purpose"]} <= set(known["purposes"])
