"""Does a broken order raise the grade of her danger at once, and never lower one that stands?"""

from dataclasses import replace

import pytest

from services.police_intake.measures.lives import MoveMeasure
from services.police_intake.risk import messages as r
from services.police_intake.wiring import SERVICE
from tests.police_intake.measured import LIVES, MOMENT, known, measure, told_with
from tests.police_intake.risks import opened

KINDS = {"protection_order": "served", "special_requirements": "active", "no_approach_order": "announced"}


def breached(kind, facts):
    act = LIVES[kind].acts["breach"]
    command = MoveMeasure("measure", "breach", "Aigul", facts["measure", "measure"].version, (*act.codes, "")[0], told_with(act))
    return list(SERVICE.route(command).decided(command, facts, MOMENT))


def standing(grade, **changes):
    return r.RiskStep("report", 2, "assessed", grade, grade, **{"proposed": "", "reason": "", "grid": "KZ-RG/1", "asked_apart": True,
                                                              "leaves_region": True, "by": "Berik", "actor": "", **changes})


def raised(events):
    return [event for event in events if isinstance(event, r.RiskStep)], [event for event in events if isinstance(event, r.RiskGraded)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("before", [None, "standard", "medium"])
def test_a_breach_makes_it_what_one_hard_trigger_makes_it(kind, before):
    facts = known(measure(kind, KINDS[kind])) | ({("risk", "report"): standing(before)} if before else {})
    (step,), (said,) = raised(breached(kind, facts))
    assert (step.step, step.grade, step.reason, step.by) == ("raised", "high", "order_broken", "Aigul")
    assert (said.report_id, said.version, said.grade, said.leaves_region) == ("report", step.version, "high", before is not None)


@pytest.mark.parametrize("before", ["high", "extreme"])
def test_a_grade_that_stands_as_high_already_stays(before):
    facts = known(measure("protection_order", "served")) | {("risk", "report"): standing(before)}
    assert raised(breached("protection_order", facts)) == ([], [])


def test_who_was_never_asked_is_asked_soon_and_an_inspector_looks():
    tasks = opened(breached("protection_order", known(measure("protection_order", "served"))))
    assert {"danger", "risk_call_back"} <= set(tasks)


def test_a_lower_grade_that_waits_for_a_second_person_waits_no_longer():
    facts = known(measure("protection_order", "served")) | {("risk", "report"): standing("medium", proposed="standard")}
    (step,), _ = raised(breached("protection_order", facts))
    assert (step.grade, step.proposed) == ("high", "")


def test_a_breach_that_the_table_refuses_raises_nothing():
    facts = known(measure("protection_order", "issued"))
    assert raised(breached("protection_order", facts)) == ([], [])


def test_of_a_report_that_was_taken_back_no_grade_is_said():
    facts = known(measure("protection_order", "served"))
    facts["report", "report"] = replace(facts["report", "report"], active=False)
    assert raised(breached("protection_order", facts)) == ([], [])
