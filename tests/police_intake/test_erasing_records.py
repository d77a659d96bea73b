"""Who else may be meant: are all rows and records of an erased woman found, and nobody else's?"""

from datetime import timedelta

import pytest

from services.police_intake import messages as m
from services.police_intake.erasing import acts as e
from services.police_intake.erasing.store import lives
from services.police_intake.officer import acts as o
from tests import stores
from tests.police_intake import opened
from tests.police_intake.erasing_day import DELAY, HER, asked_and_approved, erased
from tests.police_intake.intake import ANOTHER_IIN, HER_IIN, command, names, only, person

pytestmark = pytest.mark.stack


def joined(day):
    """Two rows that a person said are one human: the root, and the row under it."""
    day.hear(command(victim=HER, kui_number="1"))
    second = day.hear(command(victim=person(HER.name, "1974-08-12", iin=ANOTHER_IIN), kui_number="2"))
    doubted = only(second, "TaskOpened").subject
    [first] = opened.people(day.dsn, HER_IIN)
    day.hear(o.JudgePersons(doubted, first, True, "Aigul"))
    return first, doubted


def test_two_rows_said_to_be_one_human_are_erased_together(day):
    first, doubted = joined(day)
    erased(day, doubted)
    assert set(stores.rows(day.dsn, "SELECT sealed IS NULL FROM persons WHERE person_id IN"
                                    f" ('{first}', '{doubted}')")) == {(True,)}


def test_an_open_record_that_may_be_hers_is_settled_before_she_is_erased(told):
    day, her, _, _ = told
    day.hear(m.SetAside("held", "why", {"victim": HER.name}, "another hash", (), None))
    assert "settle it first" in only(day.hear(e.RequestErasure(her, "Aigul", "her_request")), "CommandRefused").detail


def test_a_record_that_may_be_hers_puts_the_erasure_off_whichever_row_of_hers_was_asked_about(day):
    """It came within the fourteen days, with her name alone; the row that was asked about stands under another."""
    _, doubted = joined(day)
    asked_and_approved(day, doubted)
    day.hear(m.SetAside("held", "why", {"victim": HER.name}, "another hash", (), None))
    day.now += DELAY
    assert "PersonErased" not in names(day.ring())


def test_who_is_reported_anew_within_the_days_is_looked_at_before_she_is_erased(told):
    day, her, _, _ = told
    asked_and_approved(day, her)
    day.now += timedelta(days=1)
    day.hear(m.SetAside("held", "why", {"victim": HER.name, "victim_birth_date": "12.08.1974"}, "another hash", (), None))
    [held] = [one for (one,) in stores.rows(day.dsn, "SELECT held_id FROM held_records ORDER BY kept_at DESC LIMIT 1")]
    day.now += DELAY
    assert "PersonErased" not in names(day.ring())
    day.hear(o.CloseRecord(held, "Aigul"))
    day.now += timedelta(days=1)
    assert "PersonErased" in names(day.ring())


def test_records_that_wait_are_locked_while_she_is_erased(told):
    day, her, _, _ = told
    [held] = [one for (one,) in stores.rows(day.dsn, "SELECT held_id FROM held_records")]
    [locked] = day.look(lambda tx: lives(tx, [e.RequestErasure(her, "Aigul", "her_request")]))
    assert held in locked


def test_a_namesakes_settled_record_stays_when_she_is_erased(told):
    """It became another woman's report: only the name is the same."""
    day, her, _, other = told
    before = [one for (one,) in stores.rows(day.dsn, "SELECT held_id FROM held_records")]
    day.hear(m.SetAside("held", "why", {"victim": HER.name, "victim_birth_date": "01.01.1990"}, "her namesake", (), None))
    [namesake] = [one for (one,) in stores.rows(day.dsn, "SELECT held_id FROM held_records") if one not in before]
    day.look(lambda tx: tx.run("UPDATE held_records SET outcome = 'registered', report_id = %s, closed_by = 'A', closed_at = now()"
                               " WHERE held_id = %s", (other.report_id, namesake)))
    assert "PersonErased" in names(erased(day, her))
    assert [one["victim_birth_date"] for one in opened.records(day.dsn) if one] == ["01.01.1990"]


def test_the_row_of_an_erased_person_is_parted_from_nobody(day):
    _, doubted = joined(day)
    erased(day, doubted)
    assert only(day.hear(o.PartPersons(doubted, "Aigul")), "CommandRefused").kind == "erased"
