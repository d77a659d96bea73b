"""Is she asked for only while her say covers it, and does what she takes back reach every holder?"""

from datetime import timedelta

import pytest

from services.referral_router import consents as c
from services.referral_router import messages as m
from services.referral_router.commands import AskAgain
from tests.referral_router.region import HOUR, NOW, Region, corrected, kinds, only, report

ALL = (("shelter", "family_support"), ("crisis_centre", "akimat"))


def given(version=1, scope=ALL, days=180, report_id="report"):
    return c.ConsentGiven(report_id, version, *scope, NOW + timedelta(days=days))


def withdrawn(version=2, report_id="report"):
    return c.ConsentWithdrawn(report_id, version)


@pytest.fixture
def region():
    made = Region()
    for number in (1, 2, 3):
        made.open(f"centre-{number}")
    made.open("akimat-1", "akimat", 0)
    return made


@pytest.fixture
def agreed(region):
    """She has agreed, two children are at home, a centre was asked."""
    region.hear(given())
    region.hear(report(children=2))
    return region


@pytest.mark.parametrize("scope", [(("family_support",), ("akimat",)), (("shelter",), ("akimat",)), ((), ())])
def test_where_she_did_not_agree_to_a_centre_none_is_asked(region, scope):
    region.hear(given(scope=scope))
    events = region.hear(report())
    assert "ShelterReferralIssued" not in kinds(events) and region.need("offer_help").queue == "womens_protection_inspector"


def test_a_report_of_before_contracts_is_asked_for_as_it_was_before(region):
    assert "ShelterReferralIssued" in kinds(region.hear(report()))


def test_after_its_term_the_next_centre_is_not_asked_and_she_is_asked_again_first(agreed):
    agreed.later(days=181)
    events = agreed.answer("refused")
    assert "ShelterReferralIssued" not in kinds(events) and agreed.need().queue == "womens_protection_inspector"
    assert agreed.hear(AskAgain(agreed.need().need_id, "Aigul"))[0].kind == "no-consent"


def test_before_its_term_ends_the_next_centre_is_asked(agreed):
    agreed.later(days=179)
    assert "ShelterReferralIssued" in kinds(agreed.answer("refused"))


def test_capacity_that_comes_after_its_term_asks_nobody(agreed):
    for _ in range(3):
        agreed.answer("refused")
    assert agreed.need().queue == "coordinator"
    agreed.later(days=181)
    assert "ShelterReferralIssued" not in kinds(agreed.open("centre-1", free=9))


@pytest.mark.parametrize("word", ["", "held"])
def test_what_was_asked_or_held_on_her_yes_is_called_back_and_counted(agreed, word):
    if word:
        agreed.answer(word)
    events = agreed.hear(withdrawn())
    assert only(events, "ShelterReferralWithdrawn").reason == "consent_withdrawn"
    assert only(events, "ConsentWithdrawalPassedOn").holders == 1
    told = only(agreed.answer("let_go"), "ConsentWithdrawalAcknowledged")
    assert (told.report_id, told.version, told.need_id) == ("report", 2, agreed.need().need_id)
    assert "ConsentWithdrawalAcknowledged" not in kinds(agreed.answer("let_go")), "once"


def test_a_guest_who_is_there_stays_and_only_her_card_goes(agreed):
    agreed.answer("held")
    agreed.answer("arrived")
    events = agreed.hear(withdrawn())
    assert "ShelterReferralWithdrawn" not in kinds(events) and only(events, "ConsentWithdrawalPassedOn").holders == 1
    assert only(events, "CardWithdrawn").attempt == agreed.need().attempt
    agreed.hear(corrected(consent="no", children=2))
    assert agreed.need().state == "arrived"
    gone = agreed.hear(c.CardDestroyed(agreed.need().need_id, agreed.need().attempt, None))
    assert "ConsentWithdrawalAcknowledged" in kinds(gone) and "CardRequested" not in kinds(gone)
    agreed.answer("ended", more="left")
    assert agreed.need().state == "left"


def test_a_guest_whose_report_turns_out_to_be_about_another_is_no_guest_of_that_report(agreed):
    agreed.answer("held")
    agreed.answer("arrived")
    agreed.hear(withdrawn())
    agreed.hear(corrected(consent="no", victim_ref="another"))
    assert agreed.need().state == "withdrawn", "else a later report about her would not find her"


def test_a_family_that_is_visited_keeps_its_notice_and_a_new_key_asks_for_what_the_law_lets_be_told(agreed):
    notice = agreed.need("child_notice")
    agreed.hear(m.NoticeDecided(notice.need_id, 1, b"k" * 32))
    events = agreed.hear(withdrawn())
    assert only(events, "CardWithdrawn").need_id == notice.need_id and only(events, "ConsentWithdrawalPassedOn").holders == 2
    gone = agreed.hear(c.CardDestroyed(notice.need_id, 1, b"n" * 32))
    assert only(gone, "CardRequested").public_key == b"n" * 32
    assert agreed.facts["need", notice.need_id].state == "settled"


def test_a_notice_without_a_card_is_left_alone(agreed):
    assert "CardWithdrawn" not in kinds(agreed.hear(withdrawn()))


def test_a_silent_holder_rings_at_the_coordinators(agreed):
    agreed.answer("held")
    agreed.answer("arrived")
    agreed.hear(withdrawn())
    agreed.later(hours=1)
    agreed.ring("ack/")
    assert any(kind.startswith("ack-") for _, kind in agreed.tasks)


def test_a_hold_of_an_attempt_that_nobody_spoke_about_is_called_back_too(agreed):
    agreed.answer("held")
    agreed.later(hours=9)
    agreed.ring("arrival/")
    assert agreed.need().state == "with_person"
    events = agreed.hear(withdrawn())
    assert only(events, "ShelterReferralWithdrawn").attempt == 1 and only(events, "ConsentWithdrawalPassedOn").holders == 1


def test_heard_twice_or_late_a_say_changes_nothing(agreed):
    agreed.hear(withdrawn())
    assert agreed.hear(withdrawn()) == [] and agreed.hear(given(1)) == []
    assert "ShelterReferralIssued" not in kinds(agreed.hear(corrected(consent="yes", children=2))), "a late extract gives no yes"


def test_a_withdrawal_of_what_nobody_holds_is_passed_on_all_the_same(region):
    region.hear(report(consent="no"))
    assert only(region.hear(withdrawn(1)), "ConsentWithdrawalPassedOn").holders == 0


def test_given_again_she_is_asked_for_again(agreed):
    agreed.hear(withdrawn())
    agreed.hear(corrected(consent="no", children=2))
    agreed.hear(given(3))
    assert "ShelterReferralIssued" in kinds(agreed.hear(corrected(consent="yes", children=2, version=3)))


def disclosed(version=1, hours=24):
    return c.DisclosureAllowed("report", version, "danger_to_life", NOW + timedelta(hours=hours))


def test_what_two_people_decided_is_asked_for_under_a_rule_of_its_own(region):
    region.now = NOW + timedelta(days=4)
    region.hear(report(consent="not_asked", recorded_at=region.now - HOUR))
    events = region.hear(c.DisclosureAllowed("report", 1, "danger_to_life", region.now + timedelta(hours=24)))
    assert "ShelterReferralIssued" in kinds(events) and region.need().rule_id == "shelter/disclosed-without-consent"
    assert region.need("offer_help").state == "with_person", "she is still asked as soon as she can be"
    region.later(hours=25)
    assert "ShelterReferralIssued" not in kinds(region.answer("refused"))


def test_outside_the_dates_of_that_rule_nothing_is_opened(region):
    region.hear(report(consent="not_asked"))
    assert "ShelterReferralIssued" not in kinds(region.hear(disclosed()))


def test_what_was_decided_without_her_falls_when_she_objects(region):
    region.now = NOW + timedelta(days=4)
    region.hear(report(consent="not_asked", recorded_at=region.now - HOUR))
    region.hear(c.DisclosureAllowed("report", 1, "danger_to_life", region.now + timedelta(hours=24)))
    assert only(region.hear(withdrawn(1)), "ConsentWithdrawalPassedOn").holders == 1
