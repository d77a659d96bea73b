"""Who gets a contact card, when, and what stands on it?"""

import pytest

from plumbing.sealing import new_key_pair, seal, unseal
from services.police_intake import messages as m
from services.police_intake.cards import card_of
from services.police_intake.consent.possible import Sealed
from services.police_intake.report import Consent, SafeContact, SafeContactKind
from tests.police_intake.intake import HE, HOUR, NOW, Intake, fields, names, only, person, said

SECRET = ("Ударил", "3862", "Шымкент", "neighbour", "Енбекшинское")
CARD = f"need/{(b'k' * 32).hex()}"  # under which the store keeps what it sealed for this need and key
SEALED = (Sealed(b"sealed", "consent", ("name", "birth_date", "safe_contact")),)
SISTER = SafeContact(SafeContactKind.THROUGH_TRUSTED_PERSON, "через сестру")


@pytest.fixture
def asked():
    """A report, and the router's word that a place was held for it."""
    intake = Intake()
    report = said(intake.record())
    intake.facts["card", CARD] = SEALED
    return intake, m.CardRequested(report.report_id, "need", "shelter", b"k" * 32)


def test_her_card_goes_to_the_centre_that_holds_a_place(asked):
    intake, request = asked
    assert only(intake.hear(request), "VictimCardSealed").need_id == "need"


@pytest.mark.parametrize("consent", [Consent.NO, Consent.NOT_ASKED, Consent.UNKNOWN])
def test_without_her_consent_no_card_leaves(consent):
    intake = Intake()
    report = said(intake.record(consent=consent))
    intake.facts["card", CARD] = SEALED
    assert "VictimCardSealed" not in names(intake.hear(m.CardRequested(report.report_id, "need", "shelter", b"k" * 32)))


def test_consent_taken_back_before_the_sealing_stops_the_card(asked):
    intake, request = asked
    intake.record(2, extracted=NOW + HOUR, consent=Consent.NO)
    assert "VictimCardSealed" not in names(intake.hear(request))


def test_a_report_taken_back_sends_no_card(asked):
    intake, request = asked
    intake.hear(m.TakeBack(request.report_id, "unfounded", "Dana"))
    assert "VictimCardSealed" not in names(intake.hear(request))


@pytest.mark.parametrize("kind", ["detox", "examination"])
def test_his_card_rests_on_the_law_and_names_only_him(kind):
    intake = Intake()
    report = said(intake.record(consent=Consent.NO))
    intake.facts["card", CARD] = SEALED
    assert "RespondentCardSealed" in names(intake.hear(m.CardRequested(report.report_id, "need", kind, b"k" * 32)))
    assert card_of(kind, fields(respondent=HE)) == {"name": "Жұмабайов Ерлан", "birth_date": "1998-02-20", "iin": None}


def test_a_card_asked_for_by_a_report_nobody_knows_is_not_made():
    assert names(Intake().hear(m.CardRequested("nobody's", "need", "shelter", b"k" * 32))) == ["NeedLinked", "NeedSeen"]


@pytest.mark.parametrize("contact", [SafeContact(), SISTER])
def test_her_telephone_is_on_no_card_unless_she_may_be_called(contact):
    victim = person()
    called = type(victim)(victim.name, victim.birth_date, None, False, "+77010220383", True)
    assert "phone" not in card_of("shelter", fields(victim=called, safe_contact=contact))
    may = SafeContact(SafeContactKind.ONLY_AT, "после 18, слово «молоко»")
    assert card_of("shelter", fields(victim=called, safe_contact=may))["phone"] == "+77010220383"


@pytest.mark.parametrize("kind", ["shelter", "child_notice", "detox", "examination"])
def test_no_card_tells_what_was_told_to_police(kind):
    text = str(card_of(kind, fields(safe_contact=SISTER)))
    assert not [secret for secret in SECRET if secret in text]
    other = "Сейітова" if kind in ("detox", "examination") else "Жұмабайов"
    assert other not in text


def test_only_the_akimat_learns_the_address():
    assert "address" in card_of("child_notice", fields()) and "address" not in card_of("shelter", fields())


def test_every_card_fits_whatever_was_typed_and_all_have_one_size():
    long = SafeContact(SafeContactKind.ONLY_AT, "ұ" * 500)
    pair = new_key_pair()
    sealed = [seal(card_of(kind, fields(victim=person("Ұ" * 200), address="Ұ" * 500, safe_contact=long)), pair.public)
              for kind in ("shelter", "child_notice", "detox")]
    assert len({len(one) for one in sealed}) == 1 and unseal(sealed[0], pair.private)["safe_contact"] == "only_at"


def test_a_need_that_changed_late_does_not_undo_what_police_saw_later(asked):
    intake, request = asked
    seen = [m.NeedStateChanged(request.report_id, "need", "shelter", state, "", number)
            for number, state in ((1, "asked"), (3, "arrived"), (2, "answered"))]
    assert [names(intake.hear(one)) for one in seen] == [["NeedLinked", "NeedSeen"]] * 2 + [["NeedLinked"]]
    assert intake.facts["need", "need"].state == "arrived"
