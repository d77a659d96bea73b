"""Is a person who was erased known to nobody any more, after two people and some days, and does every count stay?"""

from datetime import timedelta

import pytest

from plumbing.sealing import new_key_pair
from plumbing.service import CommandRefused
from services.police_intake import messages as m
from services.police_intake.erasing import acts as e
from tests import stores
from tests.police_intake import opened
from tests.police_intake.erasing_day import CONTACT, DELAY, HER, HERS, asked_and_approved, erased
from tests.police_intake.intake import HER_IIN, command, names, only, said

pytestmark = pytest.mark.stack


def counts(dsn):
    names_ = [name for (name,) in stores.rows(
        dsn, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1")]
    unmoved = [one for one in names_ if one not in ("acts", "alerts", "locks", "erasures", "erasure_holders", "clocks", "outbox", "outbox_heads", "migrations", "tasks", "need_changes")]
    return {name: stores.rows(dsn, f"SELECT count(*) FROM {name}")[0][0] for name in unmoved}


def all_bytes(dsn):
    """Every value of every table as text, and its bytes read as text."""
    found = ""
    for rows in stores.all_rows(dsn).values():
        for row in rows:
            found += row + "".join(
                bytes.fromhex(part.split('"')[0]).decode("utf-8", "replace") for part in row.split("\\\\x")[1:])
    return found


def test_two_people_and_fourteen_days_stand_before_an_erasure(told):
    day, her, _, _ = told
    [refused] = day.hear(e.ApproveErasure(her, "Dana"))
    assert refused.kind == "not-asked"
    day.hear(e.RequestErasure(her, "Aigul", "her_request"))
    [same] = day.hear(e.ApproveErasure(her, " aigul "))
    assert isinstance(same, CommandRefused) and same.kind == "same-person"
    assert "ClockSet" in names(day.hear(e.ApproveErasure(her, "Dana")))
    day.now += DELAY - timedelta(minutes=1)
    assert day.ring() == [] and "Канарейкина" in opened.everything(day.dsn)
    day.now += timedelta(minutes=2)
    assert "PersonErased" in names(day.ring()) and "Канарейкина" not in opened.everything(day.dsn)


def test_a_guest_who_arrived_once_can_be_erased(told):
    """Police hear nothing of a guest after she has arrived: what they cannot know the end of stands against nothing."""
    day, her, report, _ = told
    day.hear(m.NeedStateChanged(report.report_id, "need-2", "shelter", "arrived", "", 1), report.report_id)
    assert "PersonErased" in names(erased(day, her))


def test_an_erasure_taken_back_within_its_days_erases_nothing(told):
    day, her, _, _ = told
    asked_and_approved(day, her)
    day.hear(e.CancelErasure(her, "Serik"))
    day.now += 2 * DELAY
    assert day.ring() == [] and "Канарейкина" in opened.everything(day.dsn)
    assert "ErasureKept" in names(day.hear(e.RequestErasure(her, "Aigul", "her_request")))


def test_after_an_erasure_no_table_opens_and_every_count_is_equal(told):
    day, her, _, _ = told
    before = counts(day.dsn)
    assert all(secret in opened.everything(day.dsn) for secret in HERS)
    erased(day, her)
    left = opened.everything(day.dsn)
    assert not [secret for secret in HERS if secret in left or secret in all_bytes(day.dsn)]
    assert "Воробьёва" in left and counts(day.dsn) == before


def test_who_holds_a_card_is_told_and_no_new_card_is_sealed(told):
    day, her, report, _ = told
    events = erased(day, her)
    assert only(events, "VictimCardErased").need_id == "need"
    again = day.hear(m.CardRequested(report.report_id, "need", "shelter", new_key_pair().public), report.report_id)
    assert "VictimCardSealed" not in names(again)


def test_help_under_way_a_court_and_another_persons_proof_stand_against_an_erasure(told):
    day, her, report, other = told
    day.hear(m.NeedStateChanged(report.report_id, "need-2", "offer_help", "with_person", "coordinator", 1), report.report_id)
    assert only(day.hear(e.RequestErasure(her, "Aigul", "her_request")), "CommandRefused").detail.startswith("help for this person")
    day.hear(m.NeedStateChanged(report.report_id, "need-2", "offer_help", "closed", "", 2), report.report_id)
    day.hear(m.NeedStateChanged(report.report_id, "need-3", "examination", "before_court", "", 1), report.report_id)
    assert "court" in only(day.hear(e.RequestErasure(her, "Aigul", "her_request")), "CommandRefused").detail
    [(his,)] = stores.rows(day.dsn, f"SELECT respondent_id FROM reports WHERE report_id = '{other.report_id}'")
    assert "another person's proof" in only(day.hear(e.RequestErasure(his, "Aigul", "her_request")), "CommandRefused").detail


def test_what_stands_against_it_on_the_day_puts_it_off_by_a_day(told):
    day, her, report, _ = told
    asked_and_approved(day, her)
    day.hear(m.NeedStateChanged(report.report_id, "need-2", "shelter", "asked", "", 1), report.report_id)
    day.now += DELAY
    assert "PersonErased" not in names(day.ring())
    day.hear(m.NeedStateChanged(report.report_id, "need-2", "shelter", "closed", "", 2), report.report_id)
    day.now += timedelta(days=1)
    assert "PersonErased" in names(day.ring())


def test_the_same_woman_reported_anew_is_a_new_person(told):
    day, her, report, _ = told
    erased(day, her)
    again = said(day.hear(command(victim=HER, kui_number="11", address="ул. Канареечная, 2", narrative="Била канарейку.", safe_contact=CONTACT)))
    assert again.victim_ref != report.victim_ref and opened.people(day.dsn, HER_IIN) != [her]


def test_an_erased_report_is_corrected_by_nobody_and_taken_back_without_a_fault(told):
    day, her, report, _ = told
    erased(day, her)
    [refused] = day.hear(m.RegisterReport(command(victim=HER).fields, {"a": "b"}, "h", report_id=report.report_id))
    assert refused.kind == "taken-back"
    assert "ReportCancelled" in names(day.hear(m.TakeBack(report.report_id, "unfounded", "Dana"), report.report_id))
