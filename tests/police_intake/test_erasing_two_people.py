"""Do two people stand before an erasure, in the table too, and is every request remembered?"""


import pytest

from plumbing.refusals import BadValue
from plumbing.service import CommandRefused
from services.police_intake.erasing import acts as e
from tests import stores
from tests.police_intake.erasing_day import DELAY, asked_and_approved, erased

pytestmark = pytest.mark.stack


def test_one_login_under_two_names_erases_nobody(told):
    day, her, _, _ = told
    day.hear(e.RequestErasure(her, "Aigul", "her_request", "a subject"))
    [refused] = day.hear(e.ApproveErasure(her, "Dana", "a subject"))
    assert isinstance(refused, CommandRefused) and refused.kind == "same-person"
    day.hear(e.ApproveErasure(her, "Dana", "another subject"))
    assert stores.rows(day.dsn, "SELECT requested_actor, approved_actor FROM erasures") == [("a subject", "another subject")]


@pytest.mark.parametrize("changed", [
    "approved_by = ' AIGUL '", "approved_by = 'Dana'", "approved_by = 'Dana', approved_actor = 'a subject'", "state = 'approved'", "state = 'done'",
])
def test_even_who_writes_the_table_approves_no_request_of_their_own(told, changed):
    day, her, _, _ = told
    day.hear(e.RequestErasure(her, "Aigul", "her_request", "a subject"))
    with pytest.raises(BadValue, match="erasures_"):
        day.look(lambda tx: tx.run(f"UPDATE erasures SET {changed}"))


def test_a_request_taken_back_is_remembered_beside_the_next_one(told):
    day, her, _, _ = told
    asked_and_approved(day, her)
    day.hear(e.CancelErasure(her, "Serik"))
    day.now += DELAY
    assert "PersonErased" in [type(one).__name__ for one in erased(day, her)]
    assert stores.rows(day.dsn, "SELECT state FROM erasures ORDER BY requested_at") == [("cancelled",), ("done",)]
