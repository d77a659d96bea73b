"""Who opens an entry of the register, what is said of it, and what is left when its ground is taken back?"""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from plumbing.clocks import ClockSet, ClockStopped
from plumbing.service import CommandRefused
from plumbing.tasks import TaskClosed, TaskOpened
from services.social_registry import cards, decisions
from services.social_registry import messages as m
from services.social_registry.facts import Child, EntryKept, ReferralKept
from tests.social_registry import register_lives as lives
from tests.social_registry.lives import AKIMAT, KEYS, MOMENT, fold, notice, only
from tests.social_registry.register_lives import HOME, at_home, do, enter, entry, in_days, taken_back

WIRE = (m.RegisterEntryOpened, m.RegisterEntryAssessed, m.RegisterEntryReviewed, m.RegisterEntryClosed,
        m.ChildEntryListed, m.ChildEntryClosed)


def on_the_wire(events):
    return [event for event in events if isinstance(event, WIRE)]


def kept_after(events):
    return only(events, EntryKept)[-1].entry


def test_a_notice_alone_opens_no_entry():
    events = decisions.take_notice(notice(), at_home(None, "waiting"), MOMENT)
    assert not only(events, EntryKept) and not on_the_wire(events)
    again = decisions.take_notice(replace(notice(), need_id="other"), at_home(entry("reviewed")), MOMENT)
    assert not only(again, EntryKept) and only(again, TaskOpened)[0].subject == "other", "a person decides on each notice"


def test_a_person_opens_an_entry_and_the_register_names_no_home():
    events = enter()
    kept = kept_after(events)
    said, = on_the_wire(events)
    assert said == m.RegisterEntryOpened(kept.entry_id, "KZ-55", "police_notice", 2, in_days(14))
    assert kept.entry_id not in (HOME, "need") and (kept.state, kept.notices) == ("opened", ("need",))
    assert only(events, TaskOpened)[-1].kind == "assess" and only(events, TaskClosed) == [TaskClosed("need", "notice", "Dana")]


def test_the_router_hears_that_the_notice_is_decided_and_the_akimat_gets_the_card():
    assert only(enter(), m.NoticeDecided) == [m.NoticeDecided("need", 1, KEYS.public)]
    after_visit = enter(None, "decided")
    assert not only(after_visit, m.NoticeDecided), "that was said when the visit was decided"
    facts = fold(at_home(None, "waiting"), enter())
    carded = cards.keep_card(m.VictimCardSealed("need", b"card"), facts, MOMENT)
    assert only(carded, ReferralKept)[0].referral.sealed == b"card"


def test_an_entry_without_a_named_ground_is_not_opened():
    refused, = enter(code="")
    assert isinstance(refused, CommandRefused) and refused.kind == "unknown-code"


def test_nobody_but_the_akimat_hears_of_an_entry():
    """Neither parent gets a notice: what follows is this service's own rows, its task, and the public topic."""
    allowed = (EntryKept, ReferralKept, TaskOpened, TaskClosed, ClockSet, ClockStopped, m.NoticeDecided, *WIRE)
    told = [*enter(), *do("assess", entry("opened")), *do("review", entry("assessed")), *do("close", entry("reviewed"))]
    assert {type(event) for event in told} <= set(allowed)
    assert {task.queue for task in only(told, TaskOpened)} == {AKIMAT.code}


@pytest.mark.parametrize("state", ["opened", "assessed", "reviewed"])
def test_a_second_notice_joins_the_open_entry_of_the_home(state):
    events = enter(entry(state), need="other")
    kept = kept_after(events)
    assert (kept.entry_id, kept.state, kept.notices) == ("entry", state, ("need", "other")) and not on_the_wire(events)
    task = only(events, TaskOpened)[0]
    assert task.due_at <= datetime(2026, 12, 2, 19, tzinfo=UTC) and task.kind == ("assess" if state == "opened" else "review")


def test_a_closed_entry_is_opened_again_under_its_old_id():
    events = enter(entry("closed", changes=5), need="other")
    kept = kept_after(events)
    assert (kept.entry_id, kept.state, kept.level, kept.changes, kept.listed) == ("entry", "opened", "", 6, 2)
    assert [child.number for child in kept.children if child.state == "listed"] == [2, 3], "closed child entries stay closed"


@pytest.mark.parametrize(("level", "days"), [("A", 90), ("C", 90), ("D", 30), ("E", 30)])
def test_a_family_in_crisis_is_reviewed_sooner(level, days):
    for name, state, said in (("assess", "opened", m.RegisterEntryAssessed), ("review", "reviewed", m.RegisterEntryReviewed)):
        events = do(name, entry(state), level)
        assert on_the_wire(events) == [said("entry", level, 2, in_days(days))]
        assert TaskClosed("entry", "review" if name == "review" else "assess", "Dana") in events


def test_a_second_click_does_not_review_twice():
    once = kept_after(do("review", entry("assessed")))
    refused, = do("review", once, seen=1)
    assert isinstance(refused, CommandRefused) and refused.kind == "seen-otherwise"


def test_a_level_that_is_none_is_refused_with_the_levels():
    refused, = do("assess", entry("opened"), "F")
    assert refused.kind == "unknown-code" and "A, B, C, D, E" in refused.detail


def test_with_the_entry_its_child_entries_close_and_the_card_goes():
    events = do("close", entry("reviewed"), "moved")
    kept = kept_after(events)
    assert on_the_wire(events) == [m.RegisterEntryClosed("entry", "moved")]
    assert (kept.state, kept.code, kept.due_on, kept.listed) == ("closed", "moved", None, 0)
    assert [one.referral.state for one in only(events, ReferralKept)] == ["closed"], "the key of the card is destroyed"


def test_one_child_leaves_and_the_others_stay_with_no_reason_on_the_wire():
    events = do("close_child", entry("reviewed"), "adult", child=2)
    assert on_the_wire(events) == [m.ChildEntryClosed("entry", 1)]
    assert kept_after(events).children == (Child(1), Child(2, "closed", "adult"))


def test_with_the_last_child_the_entry_of_the_home_is_closed():
    alone = entry("reviewed", children=(Child(1), Child(2, "closed", "adult")))
    events = do("close_child", alone, "moved", child=1)
    assert on_the_wire(events) == [m.RegisterEntryClosed("entry", "moved")]
    assert [child.code for child in kept_after(events).children] == ["moved", "adult"]


def test_a_child_is_listed_under_the_next_number_and_once():
    events = do("list_child", entry("opened"), child=3)
    assert on_the_wire(events) == [m.ChildEntryListed("entry", 3)] and kept_after(events).children[-1] == Child(3)
    assert [do("list_child", entry("opened"), child=n)[0].kind for n in (2, 7)] == ["wrong-state", "unknown-child"]


@pytest.mark.parametrize("state", ["opened", "assessed", "reviewed", "closed"])
def test_an_unfounded_report_leaves_nothing_of_the_label(state):
    events = taken_back(entry(state), "closed" if state == "closed" else "entered")
    kept = kept_after(events)
    assert on_the_wire(events) == [m.RegisterEntryClosed("entry", "unfounded")]
    assert (kept.household_ref, kept.ground, kept.level, kept.children, kept.notices) == ("", "", "", (), ())
    assert fold(at_home(entry(state)), events)["home", HOME] is None, "the home has no entry and never had one"
    assert len(only(events, m.WithdrawalAcknowledged)) == 1


def test_an_entry_stays_while_another_notice_bears_it():
    events = taken_back(entry("reviewed", notices=("need", "other")))
    assert kept_after(events).notices == ("other",) and not on_the_wire(events)
    gone = taken_back(kept_after(events), need="other")
    assert kept_after(gone).code == "unfounded"


def test_a_withdrawal_heard_twice_forgets_once():
    facts = at_home(entry("reviewed"))
    after = fold(facts, taken_back(entry("reviewed")))
    again = decisions.withdraw(m.ChildNoticeWithdrawn("need", 1, "unfounded"), after, MOMENT)
    assert again == (m.WithdrawalAcknowledged("need", 1, False),)


def test_a_withdrawal_for_silence_that_crossed_the_decision_closes_no_entry():
    assert taken_back(entry("opened"), reason="no_answer") == (m.WithdrawalAcknowledged("need", 1, False),)


def test_an_act_before_there_is_an_entry_is_refused():
    command = m.RegisterAct("nowhere", "assess", "Dana", "C", 1)
    refused, = lives.register.act(command, at_home(None), MOMENT)
    assert refused.kind == "unknown"


def test_before_the_rules_of_the_register_no_entry_could_be_opened():
    early = replace(MOMENT, now=datetime(2024, 7, 5, 12, tzinfo=UTC))
    refused, = decisions.act(m.StaffAct("need", "enter", "Dana", "police_notice"), at_home(None, "waiting"), early)
    assert refused.kind == "no-term"
    refused, = lives.register.act(m.RegisterAct("entry", "assess", "Dana", "C", 1), at_home(entry("opened")), early)
    assert refused.kind == "no-term"
