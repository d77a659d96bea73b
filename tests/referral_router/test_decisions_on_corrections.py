"""What becomes of needs when a report says otherwise, is taken back, or is not the only one?"""

import pytest

from services.referral_router import messages as m
from services.referral_router.commands import SettleNeed
from tests.referral_router.region import corrected, kinds, only, report


@pytest.fixture
def asked(region):
    region.hear(report(children=2, intoxication="alcohol"))
    return region


def states(region, report_id="report"):
    return {need.kind: need.state for need in region.needs() if need.report_id == report_id}


def cancelled(reason="unfounded", report_id="report"):
    return m.ReportCancelled(report_id, 2, reason)


def test_what_is_still_called_for_is_left_untouched(asked):
    before = asked.needs()
    events = asked.hear(corrected(children=2, intoxication="alcohol", relation="partner"))
    assert kinds(events) == ["ReportAssessed"] and asked.needs() == before


def test_another_number_of_children_is_asked_for_anew(asked):
    first = asked.need()
    events = asked.hear(corrected(children=1, intoxication="alcohol"))
    assert asked.facts["need", first.need_id].state == "withdrawn"
    assert only(events, "ShelterReferralWithdrawn").reason == "corrected"
    assert only(events, "ShelterReferralIssued").children == 1


def test_consent_taken_back_withdraws_her_place_and_offers_help(asked):
    asked.answer("held")
    events = asked.hear(corrected(consent="no", children=2, intoxication="alcohol"))
    assert states(asked) == {"shelter": "withdrawn", "offer_help": "with_person", "detox": "asked", "child_notice": "asked"}
    assert only(events, "ShelterReferralWithdrawn").attempt == 1 and "CardRequested" not in kinds(events)


def test_a_drink_that_was_none_takes_the_proposal_back(asked):
    events = asked.hear(corrected(children=2))
    assert (states(asked)["detox"], only(events, "HealthReferralWithdrawn").reason) == ("withdrawn", "corrected")


def test_a_report_taken_back_is_withdrawn_at_every_holder(asked):
    events = asked.hear(cancelled())
    assert set(states(asked).values()) == {"withdrawn"}
    withdrawn = sorted(name for name in kinds(events) if name.endswith("Withdrawn"))
    assert withdrawn == ["ChildNoticeWithdrawn", "HealthReferralWithdrawn", "ShelterReferralWithdrawn"]
    left = {step.split("/")[0] for _, step in asked.clocks}
    assert left == {"ack"} and not asked.tasks


@pytest.mark.parametrize("reason", ["cancelled", "unfounded", "wrong_person", "other"])
def test_every_withdrawal_is_awaited_until_it_is_acknowledged(asked, reason):
    asked.hear(cancelled(reason))
    for need in asked.needs():
        if need.kind == "child_notice":
            asked.hear(m.SocialAcknowledged(need.need_id, 1))
        else:
            asked.answer("let_go", need)
    assert not asked.clocks


def test_a_report_taken_back_twice_is_withdrawn_once(asked):
    asked.hear(cancelled())
    assert asked.hear(cancelled()) == [] and asked.hear(cancelled(report_id="unknown")) == []


def test_a_report_that_was_taken_back_is_not_revived_by_an_old_version(asked):
    asked.hear(cancelled())
    assert asked.hear(corrected(version=3, children=2)) == []


def test_two_reports_about_one_woman_ask_for_one_place_and_both_are_told(asked):
    events = asked.hear(report(report_id="second", children=2))
    assert "ShelterReferralIssued" not in kinds(events)
    told = {one.kind: one.report_id for one in events if type(one).__name__ == "NeedStateChanged"}
    assert told == {"shelter": "second", "child_notice": "second"}


def test_a_need_that_another_report_still_calls_for_is_handed_over(asked):
    asked.hear(report(report_id="second", children=2))
    need = asked.need()
    events = asked.hear(cancelled())
    assert asked.need(report_id="second").need_id == need.need_id and asked.need(report_id="second").state == "asked"
    assert "ShelterReferralWithdrawn" not in kinds(events)
    assert states(asked)["detox"] == "withdrawn"


def test_a_need_is_not_handed_to_a_report_that_no_longer_calls_for_it(asked):
    asked.hear(report(report_id="second", consent="no", children=0))
    asked.hear(cancelled())
    assert states(asked)["shelter"] == "withdrawn"
    assert states(asked, "second") == {"offer_help": "with_person"}


def test_a_report_that_turns_out_to_be_about_another_woman_asks_for_her(asked):
    events = asked.hear(corrected(victim_ref="another", children=2, intoxication="alcohol"))
    issued = only(events, "ShelterReferralIssued")
    assert asked.facts["need", issued.need_id].subject_ref == "another"
    assert [need.state for need in asked.needs() if need.subject_ref == "she"] == ["withdrawn"]


@pytest.mark.parametrize("ended", [["held"], ["held", "arrived"], ["held", "arrived", "ended"]])
def test_however_far_the_wrong_woman_came_the_right_one_is_asked_for(asked, ended):
    for word in ended:
        asked.answer(word, more="left")
    events = asked.hear(corrected(victim_ref="another", children=2, intoxication="alcohol"))
    assert asked.facts["need", only(events, "ShelterReferralIssued").need_id].subject_ref == "another"
    assert kinds(events).count("ShelterReferralWithdrawn") == (len(ended) < 3)
    asked.hear(corrected(version=3, victim_ref="another", children=2, intoxication="alcohol", consent="no"))
    assert [need.state for need in asked.needs() if need.subject_ref == "another" and need.kind == "shelter"] == ["withdrawn"]


def test_who_has_left_is_not_asked_for_again_by_a_correction(asked):
    asked.answer("held")
    asked.answer("arrived")
    asked.answer("ended", more="left")
    events = asked.hear(corrected(children=1, intoxication="alcohol"))
    assert "ShelterReferralIssued" not in kinds(events) and states(asked)["shelter"] == "left"


def test_a_person_settles_what_waits_for_a_person_and_nothing_else(region):
    region.hear(report(consent="no"))
    need = region.need("offer_help")
    assert only(region.hear(SettleNeed(need.need_id, "forgotten", "Aigul")), "CommandRefused").kind == "unknown"
    region.hear(SettleNeed(need.need_id, "helped", "Aigul"))
    assert region.need("offer_help").state == "settled" and not region.tasks and not region.clocks
    assert only(region.hear(SettleNeed(need.need_id, "helped", "Aigul")), "CommandRefused").kind == "wrong-state"
    assert only(region.hear(SettleNeed("nobody's", "helped", "Aigul")), "CommandRefused").kind == "unknown"


@pytest.mark.parametrize("state", ["asked", "held"])
def test_a_need_that_is_with_nobody_cannot_be_settled_by_hand(asked, state):
    if state == "held":
        asked.answer("held")
    assert only(asked.hear(SettleNeed(asked.need().need_id, "helped", "Aigul")), "CommandRefused").kind == "wrong-state"


def test_the_akimats_decision_ends_a_notice_and_only_a_visit_gets_a_card(asked):
    notice = asked.need("child_notice")
    events = asked.hear(m.NoticeDecided(notice.need_id, 1, b"k" * 32))
    assert (asked.need("child_notice").state, only(events, "CardRequested").kind) == ("settled", "child_notice")
    assert asked.hear(m.NoticeDecided(notice.need_id, 1, b"k" * 32)) == []


def test_a_decision_that_nothing_is_needed_asks_for_no_card(asked):
    notice = asked.need("child_notice")
    assert "CardRequested" not in kinds(asked.hear(m.NoticeDecided(notice.need_id, 1, None)))


def test_a_correction_that_was_heard_before_its_report_is_the_one_that_counts(region):
    region.hear(corrected(consent="no"))
    assert region.hear(report()) == []
    assert states(region) == {"offer_help": "with_person"}
    assert region.facts["report", "report"].content.version == 2
