"""What does she agree to, what is more than she was told, and what leaves police on it?"""

from datetime import timedelta

import pytest

from plumbing.clocks import ClockDue
from services.police_intake.consent import messages as c
from services.police_intake.consent.notices import LAW
from services.police_intake.report import Consent
from tests.police_intake.consents import DAY, Police, card
from tests.police_intake.intake import names, only

NOTICE = LAW.notices[0]


@pytest.fixture
def police():
    return Police()


def test_a_bare_yes_of_a_journal_is_taken_for_all_that_the_notice_asks_as_recorded(police):
    events = police.report()
    said = only(events, "ConsentGiven")
    assert (said.notice, said.how, said.data_classes) == ("help/1", "as_recorded", NOTICE.data_classes)
    assert names(events).index("ConsentGiven") < names(events).index("ReportRegistered"), "the report is planned by it"
    assert "victim" in repr(said) and "Сейітова" not in repr(said)


@pytest.mark.parametrize("consent", [Consent.NOT_ASKED, Consent.UNKNOWN])
def test_nothing_is_agreed_where_she_was_not_asked(police, consent):
    assert not {"ConsentGiven", "Contract"} & set(names(police.report(consent=consent)))


def test_a_first_no_is_kept_and_says_nothing_on_the_wire(police):
    events = police.report(consent=Consent.NO)
    assert only(events, "Contract").state == "refused" and "ConsentWithdrawn" not in names(events)


def test_at_a_refusal_the_card_with_the_numbers_of_help_is_noted(police):
    police.report(consent=Consent.NOT_ASKED)
    assert only(police.answer(Consent.NO, handed_card=True), "Contract").handed_card


@pytest.mark.parametrize("change, named", [
    ({"data_classes": ("name", "diary")}, "diary"), ({"recipients": ("court",)}, "court"), ({"purposes": ("research",)}, "research"),
    ({"term_days": 181}, "180 days"), ({"term_days": 0}, "180 days"), ({"notice": "help/0"}, "help/1"), ({"how": "guessed"}, "how she agreed"),
])
def test_more_than_she_was_told_is_refused_in_words(police, change, named):
    police.report(consent=Consent.NOT_ASKED)
    [refused] = police.answer(Consent.YES, terms=police.terms(**change))
    assert refused.kind == "beyond-notice" and named in refused.detail


def test_a_part_of_the_notice_is_what_she_agrees_to_and_no_more_is_sealed(police):
    police.report(consent=Consent.NOT_ASKED)
    police.answer(Consent.YES, terms=police.terms(data_classes=("name",)))
    assert police.request((card("consent", "name", "phone"),)) is None
    assert police.request((card("consent", "name"),)).data_classes == ("name",)


def test_a_receiver_she_left_out_gets_only_what_the_law_lets_be_told(police):
    police.report(consent=Consent.NOT_ASKED)
    police.answer(Consent.YES, terms=police.terms(purposes=("shelter",), recipients=("crisis_centre",)))
    cards = (card("consent", "name"), card("law"))
    assert police.request(cards, kind="child_notice").ground == "law"
    assert police.request(cards, kind="shelter").ground == "consent"


def test_after_its_term_no_card_is_sealed_and_before_it_ends_she_is_asked_again(police):
    police.report(consent=Consent.NOT_ASKED)
    events = police.answer(Consent.YES, terms=police.terms(term_days=30))
    clock = only(events, "ClockSet")
    police.now = clock.due_at
    [task] = police.hear(ClockDue(clock.subject, clock.step, clock.due_at, clock.key))
    assert task.kind == "consent_ends" and task.due_at > police.now
    assert police.request((card("consent", "name"),)) is not None
    police.now = task.due_at
    assert police.request((card("consent", "name"),)) is None


def test_given_again_the_older_clock_asks_nobody(police):
    police.report(consent=Consent.NOT_ASKED)
    clock = only(police.answer(Consent.YES, terms=police.terms(term_days=30)), "ClockSet")
    police.now += 20 * DAY
    assert "Contract" in names(police.answer(Consent.YES, terms=police.terms(term_days=30))), "near its end it is a renewal"
    assert police.hear(ClockDue(clock.subject, clock.step, clock.due_at, clock.key)) == []


def test_the_same_again_is_no_new_contract(police):
    police.report(consent=Consent.NOT_ASKED)
    police.answer(Consent.YES, terms=police.terms())
    assert "Contract" not in names(police.answer(Consent.YES, terms=police.terms()))


def test_taken_back_it_is_said_before_the_next_version_and_no_extract_gives_it_back(police):
    police.report()
    events = police.withdraw()
    assert names(events).index("ConsentWithdrawn") < names(events).index("ReportCorrected")
    assert only(events, "ReportCorrected").consent == "no" and only(events, "Replied").body["reports"] == 1
    later = police.report(children=1)
    assert only(later, "ReportCorrected").consent == "no" and "ConsentGiven" not in names(later)
    assert police.request((card("consent", "name"),)) is None
    assert only(police.answer(Consent.YES, terms=police.terms()), "Contract").state == "given", "she herself may"


def test_a_yes_of_before_contracts_is_taken_back_as_well(police):
    police.report()
    del police.facts["consent", police.report_id]
    assert police.request((card("consent", "name", "phone"),)).version == 0
    assert only(police.withdraw(), "Contract").state == "withdrawn"


def test_a_later_extract_that_says_no_is_a_withdrawal(police):
    police.report()
    assert "ConsentWithdrawn" in names(police.report(consent=Consent.NO))


def test_how_far_a_withdrawal_has_come_is_counted_until_the_last_holder(police):
    police.report()
    clock = next(one for one in police.withdraw() if type(one).__name__ == "ClockSet")
    told = (police.report_id, 2)
    police.hear(c.ConsentWithdrawalAcknowledged(*told, "need-1"))
    assert not police.facts["withdrawal", f"{police.report_id}/2"].complete
    police.hear(c.ConsentWithdrawalPassedOn(*told, 2))
    [task] = police.hear(ClockDue(clock.subject, clock.step, clock.due_at, clock.key))
    assert task.kind == "consent_withdrawn"
    assert police.hear(c.ConsentWithdrawalAcknowledged(*told, "need-1")) == [], "once"
    assert "TaskClosed" in names(police.hear(c.ConsentWithdrawalAcknowledged(*told, "need-2")))
    assert police.hear(ClockDue(clock.subject, clock.step, clock.due_at, clock.key)) == []


def test_two_people_allow_and_a_third_reviews_what_is_told_without_her_yes(police):
    police.now += 4 * DAY  # no ground is older
    police.report(consent=Consent.NOT_ASKED)
    told = (card("disclosure", "name"),)
    police.hear(c.AskDisclosure(police.report_id, "danger_to_life", "Dana"))
    assert police.request(told) is None, "asked is not allowed"
    assert police.hear(c.DecideDisclosure(police.report_id, 1, True, "dana "))[0].kind == "second-person"
    allowed = police.hear(c.DecideDisclosure(police.report_id, 1, True, "Arman"))
    assert only(allowed, "DisclosureAllowed").reason == "danger_to_life"
    assert only(allowed, "TaskOpened").kind == "disclosure_review"
    assert police.request(told).ground == "disclosure"
    for name in ("Arman", "DANA"):
        assert police.hear(c.ReviewDisclosure(police.report_id, 1, True, name))[0].kind == "third-person"
    assert "ConsentWithdrawn" in names(police.hear(c.ReviewDisclosure(police.report_id, 1, False, "Saule")))
    assert police.request(told) is None, "found wrong, it is taken back"


def test_one_login_is_one_person_under_two_names(police):
    police.now += 4 * DAY  # no ground is older
    police.report(consent=Consent.NOT_ASKED)
    police.hear(c.AskDisclosure(police.report_id, "cannot_be_asked", "Dana", "subject-1"))
    [refused] = police.hear(c.DecideDisclosure(police.report_id, 1, True, "Arman", "subject-1"))
    assert refused.kind == "second-person"


@pytest.mark.parametrize("reason", ["curiosity", ""])
def test_only_a_ground_of_the_list_is_one(police, reason):
    police.now += 4 * DAY  # no ground is older
    police.report(consent=Consent.NOT_ASKED)
    assert police.hear(c.AskDisclosure(police.report_id, reason, "Dana"))[0].kind == "unknown-ground"


def test_a_disclosure_covers_only_its_classes_and_its_hours(police):
    police.now += 4 * DAY  # no ground is older
    police.report(consent=Consent.NOT_ASKED)
    police.hear(c.AskDisclosure(police.report_id, "danger_to_life", "Dana"))
    police.hear(c.DecideDisclosure(police.report_id, 1, True, "Arman"))
    assert police.request((card("disclosure", "name", "phone"),)) is None
    police.now += timedelta(hours=26)
    assert police.request((card("disclosure", "name"),)) is None
