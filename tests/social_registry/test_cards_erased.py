"""She is erased where she is known: is her card gone here, and is that said alike whatever a centre had of hers?"""

from contextlib import closing
from dataclasses import replace

import pytest

from services.social_registry import cards
from services.social_registry import messages as m
from services.social_registry.facts import OCCUPYING
from services.social_registry.wiring import SERVICE
from tests import stores
from tests.social_registry.lives import MOMENT, fold, known, only, referral
from tests.social_registry.script import CENTRES, asked
from tests.stores import heard

ERASED, SAID = m.VictimCardErased("need"), m.CardErasureAcknowledged("need")
KEPT = [None, *(replace(referral("shelter", state), sealed=b"card", public_key=b"key") for state in (*OCCUPYING, "left")),
        referral("shelter", "refused"), referral("notice", "entered"), replace(referral("shelter", "arrived"), attempt=3)]


def said_of(events):
    return [one for one in events if hasattr(one, "event")]


@pytest.mark.parametrize("kept", KEPT, ids=lambda one: f"{one.kind} {one.state}" if one else "nothing")
def test_an_erasure_is_acknowledged_alike_whether_or_not_a_centre_had_her_card(kept):
    assert said_of(cards.forget_card(ERASED, known(kept=kept), MOMENT)) == [SAID]


def test_of_a_guest_the_card_goes_and_her_place_stays():
    facts = known(kept=replace(referral("shelter", "arrived"), sealed=b"card", public_key=b"key"))
    after = fold(facts, cards.forget_card(ERASED, facts, MOMENT))["referral", "need"]
    assert (after.sealed, after.state) == (None, "arrived")


def test_told_twice_it_answers_twice_and_nothing_else_is_said():
    facts = known(kept=replace(referral("shelter", "held"), sealed=b"card"))
    after = fold(facts, cards.forget_card(ERASED, facts, MOMENT))
    assert said_of(cards.forget_card(ERASED, after, MOMENT)) == [SAID] and not only(cards.forget_card(ERASED, after, MOMENT), m.CapacityPublished)


@pytest.mark.stack
def test_each_notice_is_answered_under_its_need_also_one_of_a_need_never_heard_of(dsn):
    step = stores.pinned_step(SERVICE, dsn)
    with closing(step.database):
        step.run(heard([*CENTRES, asked("need"), ERASED, m.VictimCardErased("never heard of"), ERASED]))
    answers = "SELECT key, count(*)::int FROM outbox WHERE event = 'social_registry.CardErasureAcknowledged' GROUP BY 1 ORDER BY 1"
    assert stores.rows(dsn, answers) == [("need", 2), ("never heard of", 1)]
    assert stores.rows(dsn, "SELECT count(*)::int FROM keys.one_time") == [(0,)]
