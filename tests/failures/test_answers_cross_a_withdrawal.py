"""What if a centre answers when the router has already lost patience?"""

from datetime import timedelta

import pytest

pytestmark = [pytest.mark.failure, pytest.mark.stack]
WITHDRAWING = "SELECT need_id FROM needs WHERE state = 'withdrawing'"
OWNERS = ("social_registry", "health_narcology")


def test_answers_that_cross_a_withdrawal_leave_no_place_held_for_nobody(whole):
    for name in OWNERS:
        whole.services[name].pause()
    posting = whole.post(whole.bodies(30, consent="yes", intoxication="alcohol"))
    whole.wait(lambda: whole.sql("referral_router", "SELECT count(*) FROM reports WHERE report_id = ANY(%s)", posting)[0][0]
               == len(set(posting)))
    whole.put_clock_forward(timedelta(minutes=50), "referral_router")
    silent = {need for (need,) in whole.wait(lambda: whole.sql("referral_router", WITHDRAWING))}
    for name in OWNERS:
        whole.services[name].resume()
    whole.rest()
    crossed = {said.attempt for said in whole.checker.gather().wire if said.event.endswith(("PlaceHeld", "BedHeld"))}
    assert any((need, 1) in crossed for need in silent)
    ends = dict(whole.sql("referral_router", "SELECT need_id, state FROM needs WHERE need_id = ANY(%s)", list(silent)))
    assert set(ends.values()) <= {"held", "with_person", "asked"} and "held" in ends.values()


def test_a_night_in_which_every_hold_runs_out_leaves_nothing_without_a_clock(whole):
    whole.post(whole.bodies(30, consent="yes", intoxication="alcohol"))
    whole.put_clock_forward(timedelta(hours=9))
    whole.rest()
    over = "SELECT count(*) FROM referrals WHERE state IN ('held', 'confirmed') AND until <= %s"
    for name in OWNERS:
        assert whole.sql(name, over, whole.now(name)) == [(0,)]
