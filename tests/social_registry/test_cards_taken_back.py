"""Does her card go, and she stay, when she takes her consent back? In the decision and on a real PostgreSQL."""

from contextlib import closing
from dataclasses import replace

import pytest

from services.social_registry import cards, decisions
from services.social_registry import messages as m
from services.social_registry.wiring import SERVICE
from tests import stores
from tests.social_registry.lives import KEYS, MOMENT, fold, known, referral
from tests.social_registry.script import AKIMAT, CENTRES, asked, notice
from tests.stores import heard

GONE = m.CardWithdrawn("need", 1)


def with_card(kind, state):
    return replace(referral(kind, state), sealed=b"sealed", public_key=b"key")


@pytest.mark.parametrize("state", ["arrived", "confirmed", "held"])
def test_a_guest_keeps_her_place_and_her_card_is_gone(state):
    kept, said = cards.destroy_card(GONE, known(kept=with_card("shelter", state)), MOMENT)
    assert (kept.referral.state, kept.referral.sealed, kept.referral.public_key) == (state, None, None)
    assert said == m.CardDestroyed("need", 1, None)


@pytest.mark.parametrize("state", ["decided", "entered"])
def test_a_home_that_is_visited_gets_a_new_key(state):
    facts = known(kept=with_card("notice", state))
    events = cards.destroy_card(GONE, facts, MOMENT)
    assert events[-1] == m.CardDestroyed("need", 1, KEYS.public)
    assert fold(facts, events)["referral", "need"].public_key == KEYS.public and events[1].keys is KEYS


@pytest.mark.parametrize("kept", [None, referral("shelter", "left"), replace(with_card("shelter", "arrived"), attempt=2)])
def test_what_is_held_no_longer_is_acknowledged_all_the_same(kept):
    assert cards.destroy_card(GONE, known(kept=kept), MOMENT) == (m.CardDestroyed("need", 1, None),)


def test_heard_twice_the_card_is_gone_once():
    facts = fold(known(kept=with_card("shelter", "arrived")), [])
    after = fold(facts, cards.destroy_card(GONE, facts, MOMENT))
    assert cards.destroy_card(GONE, after, MOMENT) == (m.CardDestroyed("need", 1, None),)


def test_she_who_came_while_it_was_on_its_way_stays_without_a_card():
    withdrawal = m.ShelterReferralWithdrawn("need", 1, "consent_withdrawn")
    kept, said = decisions.withdraw(withdrawal, known(kept=with_card("shelter", "arrived")), MOMENT)
    assert (kept.referral.state, kept.referral.public_key) == ("arrived", None) and said == m.WithdrawalAcknowledged("need", 1, False)


@pytest.mark.stack
@pytest.mark.parametrize("size", [1, 2000])
def test_no_key_is_left_however_the_messages_are_cut(dsn, size):
    script = [
        *CENTRES, AKIMAT, asked("stays"), m.VictimCardSealed("stays", b"card"), m.StaffAct("stays", "arrived", "Dana"),
        m.CardWithdrawn("stays", 1), m.VictimCardSealed("stays", b"late"), notice("home"),
    ]
    step = stores.pinned_step(SERVICE, dsn)
    with closing(step.database):
        for part in stores.cut(heard(script), size):
            step.run(part)
        step.run(heard([m.StaffAct("home", "visit", "Dana")]))
        before = stores.rows(dsn, "SELECT private_key FROM keys.one_time WHERE need_id = 'home'")
        step.run([replace(one, message_id="m/gone") for one in heard([m.CardWithdrawn("home", 1)])])
    after = stores.rows(dsn, "SELECT need_id, private_key FROM keys.one_time")
    assert [need for need, _ in after] == ["home"] and bytes(after[0][1]) != bytes(before[0][0])
    assert stores.rows(dsn, "SELECT state, sealed FROM referrals WHERE need_id = 'stays'") == [("arrived", None)]
