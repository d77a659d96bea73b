"""Is what was told without her yes ended by her no, by a review, and with its report, and nothing of hers with it?"""

import pytest

from services.police_intake import messages as m
from services.police_intake.consent import messages as c
from services.police_intake.report import Consent
from tests.police_intake.consents import AKIMAT, DAY, Police, card, of, state
from tests.police_intake.intake import NOW, names, only


@pytest.fixture
def police():
    return Police()


def told(police, state="allowed"):
    """Something is told, or asked to be told, without her yes."""
    police.now = max(police.now, NOW + 4 * DAY)  # no ground is older
    police.hear(c.AskDisclosure(police.report_id, "danger_to_life", "Dana"))
    if state == "allowed":
        police.hear(c.DecideDisclosure(police.report_id, 1, True, "Arman"))


@pytest.mark.parametrize("how_far", ["asked", "allowed"])
def test_her_no_ends_what_is_told_or_asked_to_be_told_without_her_yes(police, how_far):
    police.report(consent=Consent.NOT_ASKED)
    told(police, how_far)
    events = police.answer(Consent.NO)
    assert only(events, "Disclosure").state == "ended" and "ConsentWithdrawn" in names(events)
    assert police.request((card("disclosure", "name"),)) is None


def test_a_journal_that_repeats_its_no_does_not_end_what_two_people_allowed(police):
    police.report(consent=Consent.NO)
    told(police)
    assert "Disclosure" not in names(police.report(consent=Consent.NO, children=1))


def test_a_review_that_finds_it_wrong_leaves_her_own_later_yes(police):
    police.report(consent=Consent.NOT_ASKED)
    told(police)
    police.answer(Consent.YES, terms=police.terms())
    events = police.hear(c.ReviewDisclosure(police.report_id, 1, False, "Saule"))
    assert "ConsentWithdrawn" not in names(events) and state(police) == "given"
    assert only(events, "DisclosureAllowed").until <= police.now, "the router hears that it has ended"
    assert police.request((card("disclosure", "name"),)) is None
    assert police.request((card("consent", "name"),)).ground == "consent"


def test_a_review_that_finds_it_wrong_calls_back_the_centre_and_leaves_her_yes_to_the_akimat(police):
    police.report(consent=Consent.NOT_ASKED)
    police.answer(Consent.YES, terms=police.terms(**AKIMAT))
    told(police)
    events = police.hear(c.ReviewDisclosure(police.report_id, 1, False, "Saule"))
    assert "ConsentWithdrawn" in names(events) and state(police) == "given"
    assert police.facts["consent", police.report_id].terms.recipients == ("akimat",)


def test_a_report_that_is_taken_back_leaves_nobody_to_be_asked(police):
    police.report(consent=Consent.NOT_ASKED)
    told(police, "asked")
    events = police.hear(m.TakeBack(police.report_id, "unfounded", "Dana"))
    assert {(one.subject, one.kind) for one in of(events, "TaskClosed")} == {
        (police.report_id, "consent_ends"), (police.report_id, "disclosure")}
    assert only(events, "ClockStopped").step == "consent-ends/" and only(events, "Disclosure").state == "ended"


def test_nothing_is_allowed_to_be_told_of_a_report_that_was_taken_back(police):
    police.report(consent=Consent.NOT_ASKED)
    told(police, "asked")
    asked = police.facts["disclosure", police.report_id]
    police.hear(m.TakeBack(police.report_id, "unfounded", "Dana"))
    police.facts["disclosure", police.report_id] = asked  # a report that was taken back before this was closed with it
    assert police.hear(c.DecideDisclosure(police.report_id, 1, True, "Arman"))[0].kind == "taken-back"
