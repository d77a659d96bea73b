"""Does what she said herself stand, everywhere and both ways, whatever a journal, a machine or a clerk says meanwhile?"""

import pytest

from plumbing.clocks import ClockDue
from services.police_intake.consent import messages as c
from services.police_intake.consent.possible import options
from services.police_intake.report import Consent
from tests.police_intake.consents import AKIMAT, Police, card, of, state
from tests.police_intake.intake import HOUR, NOW, names, only


@pytest.fixture
def police():
    return Police()


@pytest.mark.parametrize("later", [{}, {"consent": Consent.NO}, {"consent": Consent.UNKNOWN}])
@pytest.mark.parametrize("said, word", [(Consent.YES, "yes"), (Consent.NO, "no")])
def test_what_she_said_to_an_officer_stands_against_every_later_extract(police, said, word, later):
    police.report(consent=Consent.NOT_ASKED)
    police.answer(said)
    events = police.report(**later, children=1)
    assert only(events, "ReportCorrected").consent == word
    assert not {"Contract", "ConsentWithdrawn", "ConsentGiven"} & set(names(events))


def test_a_machine_that_is_silent_or_says_no_takes_nothing_back_that_she_said_to_an_officer(police):
    police.report(consent=Consent.NOT_ASKED)
    police.answer(Consent.YES, terms=police.terms())
    for number, consent in enumerate((Consent.NOT_ASKED, Consent.NO)):
        events = police.post(f"key-{number}", police.report_id, consent=consent, narrative=f"{number}")
        assert only(events, "ReportCorrected").consent == "yes" and "ConsentWithdrawn" not in names(events)


def test_her_own_yes_is_kept_as_hers_though_a_journal_said_yes_before(police):
    police.report()
    assert only(police.answer(Consent.YES), "Contract").source == "form"
    assert "ConsentWithdrawn" not in names(police.report(consent=Consent.NO))


def test_her_own_no_is_kept_as_hers_though_a_journal_said_no_before(police):
    police.report(consent=Consent.NO)
    assert only(police.answer(Consent.NO, handed_card=True), "Contract").source == "form"
    assert "ConsentGiven" not in names(police.report())


@pytest.fixture
def twice(police):
    """Two reports about her, a yes on each."""
    police.report()
    first = police.report_id
    police.report(kui_number="3900")
    assert first != police.report_id
    return police, first


def test_her_no_about_one_report_takes_back_every_other_one(twice):
    police, first = twice
    events = police.answer(Consent.NO)
    assert {one.report_id for one in of(events, "ConsentWithdrawn")} == {first, police.report_id}
    assert {one.consent for one in of(events, "ReportCorrected")} == {"no"} and state(police, first) == "withdrawn"


def test_a_later_extract_that_says_no_takes_back_what_was_only_recorded(twice):
    police, first = twice
    police.report(kui_number="3900", consent=Consent.NO)
    assert state(police, first) == "withdrawn"


def test_a_later_extract_that_says_no_leaves_what_she_said_to_an_officer_about_another_report(twice):
    police, first = twice
    second, police.report_id = police.report_id, first
    police.answer(Consent.YES, terms=police.terms())
    police.report(kui_number="3900", consent=Consent.NO)
    assert (state(police, second), state(police, first)) == ("withdrawn", "given")


def test_leaving_the_centre_out_calls_back_who_keeps_a_place_and_the_rest_of_her_yes_stands(police):
    police.report()
    events = police.answer(Consent.YES, terms=police.terms(**AKIMAT))
    order = [name for name in names(events) if name in ("ConsentWithdrawn", "ConsentGiven", "ReportCorrected")]
    assert order == ["ConsentWithdrawn", "ConsentGiven", "ReportCorrected"]
    assert only(events, "ConsentGiven").version == only(events, "ConsentWithdrawn").version + 1


def test_leaving_the_centre_out_of_a_yes_of_before_contracts_calls_it_back_as_well(police):
    police.report()
    del police.facts["consent", police.report_id]
    assert "ConsentWithdrawn" in names(police.answer(Consent.YES, terms=police.terms(**AKIMAT)))


def test_leaving_the_akimat_out_costs_her_no_place(police):
    police.report()
    events = police.answer(Consent.YES, terms=police.terms(purposes=("shelter",), recipients=("crisis_centre",)))
    assert "ConsentWithdrawn" not in names(events)


def test_a_silent_holder_rings_though_she_has_said_yes_again(police):
    police.report()
    clock = only(police.withdraw(), "ClockSet")
    police.answer(Consent.YES, terms=police.terms())
    [task] = police.hear(ClockDue(clock.subject, clock.step, clock.due_at, clock.key))
    assert task.kind == "consent_withdrawn"


def test_where_nothing_may_stand_on_her_card_an_empty_one_takes_the_fuller_ones_place(police):
    police.report(consent=Consent.NOT_ASKED)
    police.answer(Consent.YES, terms=police.terms(data_classes=()))
    assert police.request((card("consent", "name"), card("consent"))).data_classes == ()
    assert options("shelter", ([()], None)) == [("consent", ())], "the store seals it"


def test_an_older_yes_under_another_number_gives_nothing_back(police):
    police.report()
    police.withdraw()
    events = police.report(kui_number="3900", recorded_at=NOW - 2 * HOUR)
    assert only(events, "ReportRegistered").consent == "no" and "ConsentGiven" not in names(events)


def test_a_yes_that_was_recorded_after_her_no_is_a_yes(police):
    police.report(consent=Consent.NO, recorded_at=NOW - 9 * HOUR)
    assert only(police.report(kui_number="3900"), "ReportRegistered").consent == "yes"


def test_a_withdrawal_is_kept_though_nothing_stood(police):
    police.report(consent=Consent.NOT_ASKED)
    events = police.withdraw()
    assert (only(events, "Contract").state, only(events, "Replied").body["reports"]) == ("withdrawn", 0)
    assert "Contract" not in names(police.withdraw()), "said again it stays one"
    assert "ConsentGiven" not in names(police.report())


def test_each_of_two_withdrawals_is_counted_to_its_last_holder(police):
    police.report()
    police.withdraw()
    police.answer(Consent.YES, terms=police.terms())
    police.withdraw()
    for version in (2, 4):
        police.hear(c.ConsentWithdrawalPassedOn(police.report_id, version, 1))
    first = police.hear(c.ConsentWithdrawalAcknowledged(police.report_id, 2, "need"))
    assert only(first, "Withdrawal").complete and only(first, "ClockStopped").step == "consent-withdrawn/2"
    assert "TaskClosed" not in names(first), "somebody is silent yet"
    assert "TaskClosed" in names(police.hear(c.ConsentWithdrawalAcknowledged(police.report_id, 4, "need")))
