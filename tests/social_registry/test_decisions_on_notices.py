"""Who decides about a notice, and what is left of it when it is taken back?"""


from plumbing.tasks import TaskClosed, TaskOpened
from services.social_registry import decisions
from services.social_registry import messages as m
from services.social_registry.facts import ReferralKept
from tests.social_registry.lives import AKIMAT, DUE, KEYS, MOMENT, act, known, notice, only, referral


def test_a_notice_waits_for_a_person_of_the_akimat_with_a_clock():
    kept, task = decisions.take_notice(notice(), known(), MOMENT)
    assert (kept.referral.state, kept.referral.household_ref, kept.referral.places) == ("waiting", "household", ())
    assert isinstance(task, TaskOpened) and (task.queue, task.due_at, task.region) == (AKIMAT.code, DUE, "KZ-55")


def test_a_notice_to_nobody_is_refused_so_that_the_router_goes_on():
    kept, refused = decisions.take_notice(notice("nowhere"), known(), MOMENT)
    assert (kept.referral.state, refused) == ("refused", m.ReferralRefused("need", 1, "unknown_facility"))


def test_a_needed_visit_makes_a_key_and_asks_for_the_card():
    events = act("visit", referral("notice", "waiting"))
    kept = only(events, ReferralKept)[0]
    assert (kept.referral.state, kept.referral.public_key, kept.keys) == ("decided", KEYS.public, KEYS)
    assert only(events, m.NoticeDecided) == [m.NoticeDecided("need", 1, KEYS.public)]
    assert only(events, TaskClosed) == [TaskClosed("need", "notice", "Dana")]


def test_a_visit_that_is_not_needed_makes_no_key():
    events = act("no_visit", referral("notice", "waiting"))
    assert only(events, m.NoticeDecided) == [m.NoticeDecided("need", 1, None)]
    assert only(events, ReferralKept)[0].keys is None


def test_a_withdrawn_notice_leaves_nobody_waiting():
    facts = known(kept=referral("notice", "waiting"))
    events = decisions.withdraw(m.ChildNoticeWithdrawn("need", 1, "cancelled"), facts, MOMENT)
    assert TaskClosed("need", "notice", "router") in events and only(events, ReferralKept)[0].referral.state == "withdrawn"
    assert only(events, m.WithdrawalAcknowledged) == [m.WithdrawalAcknowledged("need", 1, False)]


def test_a_decided_notice_that_is_withdrawn_is_let_go():
    facts = known(kept=referral("notice", "decided"))
    events = decisions.withdraw(m.ChildNoticeWithdrawn("need", 1, "unfounded"), facts, MOMENT)
    assert [kept.referral.state for kept in only(events, ReferralKept)] == ["withdrawn"]


def test_a_needed_visit_has_a_clock_until_the_card_is_destroyed():
    task = only(act("visit", referral("notice", "waiting")), TaskOpened)[0]
    assert (task.kind, task.queue) == ("close", AKIMAT.code) and task.due_at > DUE
    assert TaskClosed("need", "close", "Dana") in act("closed", referral("notice", "decided"))
