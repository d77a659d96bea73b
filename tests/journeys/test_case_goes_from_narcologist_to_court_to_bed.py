"""The story of a man reported drunk twice: a narcologist, a court, a bed, and what police read of it."""

import pytest

from tests.journeys import telling
from tests.talking import ask, form

pytestmark = [pytest.mark.journey, pytest.mark.stack]
CLINIC = "health_narcology"


def examined(world):
    """(report, need) of a second report under influence, for which a narcologist has begun a case."""
    body = telling.report(world, intoxication="alcohol", consent="no")
    telling.post(world, body)
    again = {**telling.report(world, intoxication="alcohol", consent="no"), "respondent": body["respondent"]}
    report = telling.post(world, again)
    need = telling.need_id(world, report, "examination")
    telling.act(world, CLINIC, need, "examine")
    world.rest()
    telling.act(world, CLINIC, need, "case_begun")
    return report, need


def do(world, need, name, *, code="", months=0):
    status = form(f"{world.url(CLINIC)}/cases/act", need_id=need, act=name, by="Aigul", code=code, months=str(months))
    assert status == 303


def seen(world, report):
    return telling.states(world, report)["examination"]


def row(world, need):
    return next((one for one in ask("GET", f"{world.url(CLINIC)}/cases.json")[1] if one["need_id"] == need), {})


def test_a_case_goes_from_narcologist_to_court_to_bed_and_police_read_only_how_far_it_is(whole):
    report, need = examined(whole)
    assert seen(whole, report) == "closed", "that a narcologist sees a need for treatment is no matter of police"
    do(whole, need, "declined")
    assert seen(whole, report) == "closed"
    do(whole, need, "filed")
    assert seen(whole, report) == "before_court"
    do(whole, need, "accepted")
    do(whole, need, "granted", months=12)
    do(whole, need, "in_force")
    assert seen(whole, report) == "awaiting_bed"
    offered = row(whole, need)
    assert offered["state"] in ("offered", "queued")
    if offered["state"] == "queued":
        assert form(f"{whole.url(CLINIC)}/beds/left", facility_code="treatment-pavlodar-1", by="Aigul") == 303
    assert row(whole, need)["facility"] == "treatment-pavlodar-1"
    do(whole, need, "hospitalised")
    assert seen(whole, report) == "in_treatment"
    told = str(whole.see(report))
    assert "treatment-pavlodar-1" not in told and "alcohol" not in told
    do(whole, need, "discharged", code="term_over")
    assert seen(whole, report) == "closed"
    assert whole.sql(CLINIC, "SELECT count(*) FROM keys.one_time WHERE need_id = %s", need) == [(0,)]


def test_an_unfounded_report_leaves_nothing_of_a_case_that_no_court_has(whole):
    report, need = examined(whole)
    whole.take_back(report)
    assert seen(whole, report) == "withdrawn"
    assert whole.sql(CLINIC, "SELECT state, code FROM cases WHERE need_id = %s", need) == [("ended", "report_withdrawn")]
    assert whole.sql(CLINIC, "SELECT count(*) FROM keys.one_time WHERE need_id = %s", need) == [(0,)]
    assert whole.sql(CLINIC, "SELECT count(*) FROM clocks WHERE subject = %s AND ended_at IS NULL", need) == [(0,)]


def test_an_unfounded_report_whose_case_lies_with_a_court_is_a_persons_task(whole):
    report, need = examined(whole)
    for name in ("declined", "filed"):
        do(whole, need, name)
    whole.rest()
    whole.take_back(report)
    assert seen(whole, report) == "withdrawn"
    assert row(whole, need)["contested"]
    tasks = whole.sql(CLINIC, "SELECT kind FROM tasks WHERE subject = %s AND closed_at IS NULL ORDER BY 1", need)
    assert tasks == [("acceptance",), ("court_notice",)]
    do(whole, need, "petition_withdrawn")
    assert whole.sql(CLINIC, "SELECT count(*) FROM tasks WHERE subject = %s AND closed_at IS NULL", need) == [(0,)]
    assert seen(whole, report) == "withdrawn"
