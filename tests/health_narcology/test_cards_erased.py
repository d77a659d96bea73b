"""He is erased where he is known: is it said once his card is gone, and does a file that is open stay whole and silent until it ends?"""

from contextlib import closing
from dataclasses import replace

import pytest

from services.health_narcology import decisions
from services.health_narcology import messages as m
from services.health_narcology.facts import CARD_STATES, CardForgotten, CaseKept
from services.health_narcology.wiring import SERVICE
from tests import stores
from tests.health_narcology.lives import MOMENT, case, case_act, fold, known, known_case, only, referral
from tests.health_narcology.script import CLINIC
from tests.health_narcology.script_of_cases import begun
from tests.stores import heard

ERASED, SAID = m.RespondentCardErased("need"), m.CardErasureAcknowledged("need")
IN_COURT = ("filed", "accepted", "returned", "granted", "queued", "offered", "hospitalised", "missing")
ENDS = [("examined", "dropped", "other_help"), ("voluntary", "voluntary_over", ""), ("accepted", "refused", ""),
        ("filed", "petition_withdrawn", ""), ("granted", "lifted", "overturned"), ("hospitalised", "discharged", "term_over")]
KEPT = [None, *(referral("detox", state, sealed=b"card", public_key=b"key") for state in CARD_STATES if state not in ("decided", "in_case")),
        referral("examination", "decided", sealed=b"card"), referral("examination", "not_needed"), referral("detox", "refused")]


def said_of(events):
    return [one for one in events if hasattr(one, "event")]


def forget(facts):
    return decisions.forget_card(ERASED, facts, MOMENT)


@pytest.mark.parametrize("kept", KEPT, ids=lambda one: f"{one.kind} {one.state}" if one else "nothing")
def test_an_erasure_is_acknowledged_alike_whether_or_not_there_was_a_card(kept):
    events = forget(known(kept=kept))
    assert said_of(events) == [SAID] and len(only(events, CardForgotten)) == 1


@pytest.mark.parametrize("state", ["examined", "voluntary", "declined", *IN_COURT])
def test_a_file_that_is_open_is_not_touched_and_nothing_is_said(state):
    facts = known_case(case(state))
    facts["referral", "need"] = replace(facts["referral", "need"], sealed=b"card")
    [kept] = forget(facts)
    assert kept == CaseKept(case(state, erase_at_end=True))
    assert fold(facts, [kept])["referral", "need"].sealed == b"card", "a court may ask for the whole file"


@pytest.mark.parametrize(("state", "act", "code"), ENDS)
def test_once_the_file_closes_the_card_goes_and_it_is_said_once(state, act, code):
    facts = fold(known_case(case(state)), forget(known_case(case(state))))
    events = case_act(act, fold(facts, forget(facts)), code)
    assert said_of(events).count(SAID) == 1 and only(events, CardForgotten) == [CardForgotten("need")]
    assert fold(facts, events)["referral", "need"].sealed is None
    assert SAID not in case_act(act, known_case(case(state)), code), "of whom nobody erased nothing is said"


def test_a_case_that_goes_on_says_nothing_of_the_erasure():
    assert SAID not in case_act("accepted", known_case(case("filed", erase_at_end=True)))


def test_a_proposal_taken_back_ends_the_case_and_the_erasure_is_acknowledged():
    events = decisions.withdraw(m.HealthReferralWithdrawn("need", 1), known_case(case("voluntary", erase_at_end=True)), MOMENT)
    assert said_of(events) == [SAID, m.WithdrawalAcknowledged("need", 1, False)]


def test_a_case_that_has_ended_holds_nothing_back():
    facts = known(kept=referral("examination", "closed")) | {("case", "need"): case("ended", ended_at=MOMENT.now)}
    assert said_of(forget(facts)) == [SAID]


@pytest.mark.stack
@pytest.mark.parametrize("size", [1, 2000])
def test_however_the_messages_are_cut_it_is_remembered_until_the_file_closes(dsn, size):
    court = [*begun("case"), *(m.CaseAct("case", act, "Aigul") for act in ("declined", "filed", "accepted"))]
    script = heard([CLINIC, *court, m.RespondentCardErased("case"), m.RespondentCardErased("none"), m.CaseAct("case", "refused", "Aigul")])
    answers = "SELECT key FROM outbox WHERE event = 'health_narcology.CardErasureAcknowledged' ORDER BY key"
    step = stores.pinned_step(SERVICE, dsn)
    with closing(step.database):
        for part in stores.cut(script[:-1], size):
            step.run(part)
        assert stores.rows(dsn, answers) == [("none",)] and stores.rows(dsn, "SELECT count(*)::int FROM keys.one_time") == [(1,)]
        step.run(script[-1:])
    assert stores.rows(dsn, answers) == [("case",), ("none",)]
    assert stores.rows(dsn, "SELECT count(*)::int FROM keys.one_time") == [(0,)]
    assert stores.rows(dsn, "SELECT sealed IS NULL FROM referrals") == [(True,)]
