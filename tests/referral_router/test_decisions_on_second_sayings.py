"""She narrows her yes, takes it back twice, gives it again late: is each holder called back once, and is she asked for again?"""

from datetime import timedelta

import pytest

from services.referral_router import consents as c
from tests.referral_router.region import HOUR, NOW, Region, corrected, kinds, only, report
from tests.referral_router.test_decisions_on_consent import ALL, given, withdrawn

AKIMAT = (("family_support",), ("akimat",))


@pytest.fixture
def region():
    made = Region()
    for number in (1, 2, 3):
        made.open(f"centre-{number}")
    made.open("akimat-1", "akimat", 0)
    return made


@pytest.fixture
def guest(region):
    """She has agreed, and is at a centre."""
    region.hear(given())
    region.hear(report())
    region.answer("held")
    region.answer("arrived")
    return region


def gone(region):
    return region.hear(c.CardDestroyed(region.need().need_id, region.need().attempt, None))


def test_each_of_two_withdrawals_is_acknowledged(guest):
    guest.hear(withdrawn(2))
    guest.hear(given(3))
    guest.hear(withdrawn(4))
    versions = [only(gone(guest), "ConsentWithdrawalAcknowledged").version for _ in range(2)]
    assert versions == [2, 4]
    assert "ConsentWithdrawalAcknowledged" not in kinds(gone(guest))


def test_while_the_second_is_not_acknowledged_its_clock_runs_on(guest):
    guest.hear(withdrawn(2))
    guest.hear(given(3))
    guest.hear(withdrawn(4))
    gone(guest)
    assert [step for subject, step in guest.clocks if subject == guest.need().need_id] == ["ack/1/consent-4"]


def test_a_decision_that_saw_only_the_last_withdrawal_is_decided_again_and_equal(guest):
    need = guest.need().need_id
    old = c.HolderTold(need, "report", 2, 1)
    guest.facts.pop(("holders told", need), None)
    guest.facts["holder told", need] = old
    assert only(gone(guest), "ConsentWithdrawalAcknowledged").version == 2


def test_a_guest_who_leaves_the_centre_out_of_her_yes_stays(guest):
    guest.hear(withdrawn(2))
    guest.hear(given(3, scope=AKIMAT))
    events = guest.hear(corrected(consent="yes"))
    assert "ShelterReferralWithdrawn" not in kinds(events) and guest.need().state == "arrived"


def test_a_centre_whose_silence_is_being_called_back_hears_that_she_agrees_no_longer(region):
    region.hear(given())
    region.hear(report())
    region.ring("answer/")
    assert region.need().state == "withdrawing"
    events = region.hear(withdrawn())
    assert only(events, "ShelterReferralWithdrawn").reason == "consent_withdrawn", "she may have arrived there meanwhile"
    assert only(events, "ConsentWithdrawalPassedOn").holders == 1


@pytest.fixture
def waiting(region):
    """Help was asked for without her yes; the hours are over, and she lies with her inspector."""
    region.now = NOW + timedelta(days=4)
    region.hear(report(consent="not_asked", recorded_at=region.now - HOUR))
    region.hear(c.DisclosureAllowed("report", 1, "danger_to_life", region.now + 2 * HOUR))
    region.later(hours=3)
    region.answer("refused")
    assert (region.need().state, region.need().queue) == ("with_person", "womens_protection_inspector")
    return region


def test_when_she_says_yes_at_last_a_centre_is_asked_and_nobody_is_left_to_ask_her(waiting):
    events = waiting.hear(given())
    assert "ShelterReferralIssued" in kinds(events) and (waiting.need().need_id, "need") not in waiting.tasks
    assert "ShelterReferralIssued" not in kinds(waiting.hear(corrected(consent="yes", recorded_at=waiting.now - 4 * HOUR)))


def test_when_two_people_decide_once_more_a_centre_is_asked(waiting):
    events = waiting.hear(c.DisclosureAllowed("report", 2, "danger_to_life", waiting.now + 24 * HOUR))
    assert kinds(events).count("ShelterReferralIssued") == 1


def test_a_yes_that_leaves_the_centre_out_asks_none(waiting):
    assert "ShelterReferralIssued" not in kinds(waiting.hear(given(scope=AKIMAT)))


def test_who_was_expected_and_did_not_come_is_looked_for_before_anybody_is_asked(region):
    region.hear(given())
    region.hear(report())
    region.answer("held")
    region.answer("ended", more="no_show")
    assert region.need().queue == "womens_protection_inspector"
    assert "ShelterReferralIssued" not in kinds(region.hear(given(2, scope=ALL)))


def test_what_was_told_without_her_yes_and_found_wrong_asks_nobody_any_more(region):
    region.now = NOW + timedelta(days=4)
    region.hear(report(consent="not_asked", recorded_at=region.now - HOUR))
    region.hear(c.DisclosureAllowed("report", 1, "danger_to_life", region.now + 24 * HOUR))
    region.hear(c.DisclosureAllowed("report", 1, "danger_to_life", region.now - HOUR))
    assert "ShelterReferralIssued" not in kinds(region.answer("refused"))
    assert region.hear(c.DisclosureAllowed("report", 1, "danger_to_life", region.now + 24 * HOUR)) == [], "said again it is late"
