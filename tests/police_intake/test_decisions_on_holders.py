"""Who was told that somebody is erased, who has answered, and who is silent, by name? In the decision."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from plumbing.clocks import ClockDue, ClockSet, ClockStopped
from plumbing.identity import Ids
from plumbing.service import Moment
from plumbing.tasks import TaskClosed, TaskOpened
from services.police_intake import messages as m
from services.police_intake.erasing import acts as e
from services.police_intake.erasing import answering
from services.police_intake.erasing.terms import dated
from services.police_intake.erasing.verb import _told
from services.police_intake.facts import evolve
from services.police_intake.wiring import SERVICE
from tests.stores import NOW

DAY, FIRST = timedelta(days=1), date(2024, 1, 1)
MOMENT = Moment(NOW, Ids(b"seed"), SERVICE.law)
APPROVED = e.ErasureKept("she", "approved", "her_request", "Aigul", NOW - 14 * DAY, "Dana", NOW)
HERS, HIS = m.VictimCardErased("shelter"), m.RespondentCardErased("detox")


def carried_out(*cards):
    return answering.told(APPROVED, cards, MOMENT)


def known(*erasures):
    facts = {one.fact: one for one in erasures}
    for one in erasures:
        for holder in one.holders:
            facts["erased with", holder.need_id] = (*facts.get(("erased with", holder.need_id), ()), one.person_id)
    return facts


def answer(facts, service, need, later=timedelta(0)):
    """What follows when this holder answers, and what is known then."""
    told = e.CardErasureAcknowledged("report", need, service)
    events = list(answering.see_acknowledged(told, facts, replace(MOMENT, now=NOW + later)))
    after = dict(facts)
    for event in events:
        after |= evolve(after, event)
    return events, after


def ring(kept):
    due = NOW + DAY
    return answering.ring(ClockDue("she", f"erase-silent/{due.isoformat()}", due, "she"), known(kept), replace(MOMENT, now=due))


def test_an_erasure_is_done_when_the_keys_are_gone_and_complete_when_every_holder_has_said_so():
    kept, clock = carried_out(HERS, HIS)
    assert (kept.state, kept.ended_at, kept.silent) == ("done", NOW, ("health_narcology", "social_registry"))
    assert clock == ClockSet("she", f"erase-silent/{(NOW + DAY).isoformat()}", NOW + DAY, "she")
    [first], facts = answer(known(kept), "social_registry", "shelter")
    assert (first.state, first.silent) == ("done", ("health_narcology",))
    events, facts = answer(facts, "health_narcology", "detox", timedelta(minutes=3))
    assert facts["erasure", "she"].state == "complete" and facts["erasure", "she"].completed_at == NOW + timedelta(minutes=3)
    assert events[1:] == [ClockStopped("she", "erase-silent/"), TaskClosed("she", "erasure_silent", "router")]


def test_of_whom_nobody_could_hold_a_card_the_erasure_is_complete_at_once():
    [kept] = carried_out()
    assert (kept.state, kept.holders) == ("complete", ())


def test_each_need_is_waited_for_once_and_each_by_the_agency_of_its_side():
    kept, _ = carried_out(HERS, HERS, m.VictimCardErased("notice"), HIS)
    assert [(one.service, one.need_id) for one in kept.holders] == [
        ("health_narcology", "detox"), ("social_registry", "notice"), ("social_registry", "shelter")]


def test_an_answer_heard_twice_counts_once_and_with_the_first_time():
    kept, _ = carried_out(HERS, HIS)
    _, facts = answer(known(kept), "social_registry", "shelter")
    again, after = answer(facts, "social_registry", "shelter", DAY)
    assert again == [] and after == facts


def test_an_answer_of_the_wrong_agency_or_about_another_need_completes_nothing():
    kept, _ = carried_out(HERS)
    assert answer(known(kept), "health_narcology", "shelter")[0] == []
    assert answer(known(kept), "social_registry", "another need")[0] == []


def test_after_it_is_complete_no_answer_changes_anything():
    kept, _ = carried_out(HERS)
    _, facts = answer(known(kept), "social_registry", "shelter")
    assert answer(facts, "social_registry", "shelter", DAY)[0] == []


def test_of_two_people_erased_with_one_need_both_are_acknowledged_for_no_key_is_left():
    kept, _ = carried_out(HERS)
    _, facts = answer(known(kept, replace(kept, person_id="before")), "social_registry", "shelter")
    assert [facts["erasure", who].state for who in ("she", "before")] == ["complete", "complete"]


@pytest.mark.parametrize(("answered", "words"), [
    ((), "neither narcology nor centres"), ((("health_narcology", "detox"),), "centres and akimats have not"),
    ((("social_registry", "shelter"),), "narcology has not said"),
])
def test_who_is_silent_is_told_apart_by_name_and_a_person_acts(answered, words):
    kept, _ = carried_out(HERS, HIS)
    facts = known(kept)
    for service, need in answered:
        _, facts = answer(facts, service, need)
    [task] = ring(facts["erasure", "she"])
    assert isinstance(task, TaskOpened) and words in task.reason
    assert (task.subject, task.kind, task.queue, task.due_at) == ("she", "erasure_silent", "duty_officer", NOW + 2 * DAY)


def test_a_clock_that_rings_after_the_last_answer_wakes_nobody():
    kept, _ = carried_out(HERS)
    assert ring(answer(known(kept), "social_registry", "shelter")[1]["erasure", "she"]) == ()


def test_the_command_line_says_by_name_who_has_acknowledged_and_who_has_not():
    kept, _ = carried_out(HERS, m.VictimCardErased("notice"), HIS)
    _, facts = answer(known(kept), "health_narcology", "detox")
    _, facts = answer(facts, "social_registry", "notice")
    told = _told(facts["erasure", "she"])
    assert told.startswith("done: ") and "; health_narcology has acknowledged 1 of 1, 2026-" in told
    assert "; social_registry has acknowledged 1 of 2, awaited until " in told


def test_how_long_an_answer_is_waited_for_is_the_number_of_the_day_and_other_numbers_stay():
    days, (before,) = NOW.date(), MOMENT.law.erasing
    later = replace(before, in_force_from=days, answer=timedelta(hours=6))
    for law, hours in ((replace(MOMENT.law, erasing=(before, later)), 6),
                       (replace(MOMENT.law, erasing=(before, replace(later, in_force_from=days + DAY))), 24)):
        kept, clock = answering.told(APPROVED, (HERS,), replace(MOMENT, law=law))
        assert clock.due_at == NOW + timedelta(hours=hours) == kept.holders[0].due_at


def test_each_kind_of_number_changes_on_days_of_its_own():
    read = {"term": [{"in_force_from": FIRST, "delay_days": 14, "approval_hours": 72, "again_hours": 24, "reasons": ["a"]}],
            "answer": [{"in_force_from": FIRST, "answer_hours": 24}, {"in_force_from": FIRST + 9 * DAY, "answer_hours": 6}]}
    assert [(one.in_force_from, one.delay.days, one.answer) for one in dated(read)] == [
        (FIRST, 14, timedelta(hours=24)), (FIRST + 9 * DAY, 14, timedelta(hours=6))]
