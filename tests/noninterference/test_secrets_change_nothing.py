"""A small day, lived three times with other secrets: does anything differ that police, court or narcology could see? And is the prover proved?"""

import logging
from unittest import mock

import pytest

from services.police_intake import cards
from services.police_intake.cards import card_of
from services.referral_router import asking, capacity, coordinating, decisions, facts, moves, planning
from services.referral_router.said import NeedStateChanged
from tests.land import ANSWERS
from tests.noninterference.comparing import differing
from tests.noninterference.running import WATCHED, compare, run
from tests.noninterference.secrets import ELSEWHERE, FIRST, OTHER

pytestmark = pytest.mark.stack
REPORTS = 16


@pytest.fixture(scope="module")
def runs(stack):
    return [run(FIRST, REPORTS, over_kafka=True), run(OTHER, REPORTS), run(ELSEWHERE, REPORTS)]


def test_with_other_secrets_not_a_byte_differs_for_police_court_and_narcology(runs):
    outcome = compare(runs[0], runs[1:])
    assert outcome.differing == []
    assert outcome.artefacts > 1000 and outcome.bytes > 1_000_000


def test_the_secrets_did_differ_or_nothing_was_proved(runs):
    first, other, elsewhere = runs
    assert first.taken_by.keys() == other.taken_by.keys() == elsewhere.taken_by.keys()
    assert len(first.taken_by) > 5 and all(first.taken_by[need] != code for need, code in other.taken_by.items() if code)
    assert first.erasures and first.erasures == other.erasures == elsewhere.erasures, "some were told of, and acknowledged"
    assert first.refusals == 0 and other.refusals > 0, "in one world full centres must have been asked first"


def test_every_kind_of_artefact_was_compared(runs):
    for service in WATCHED:
        kinds = {name.split(" ")[0] for name in runs[0].held[service]}
        assert kinds >= {"topic", "table", "page", "answer", "log", "metrics", "openapi"}
        assert any(b"200 " in value[:4] for name, value in runs[0].held[service].items() if name.startswith("page"))
        assert len(runs[0].held[service]["metrics"].splitlines()) > 20


def tells_the_centre(need, report_id):
    return NeedStateChanged(report_id, need.need_id, need.kind, moves.VISIBLE[need.state], need.facility_code, need.sequence)


def counts_what_nobody_sees(need, **changes):
    return facts.Need(**{**vars(need), **changes, "sequence": need.sequence + 1})


def writes_it_into_the_log(kind, fields, *classes):
    card = card_of(kind, fields, *classes)
    logging.getLogger("services.police_intake").info("a card is sealed: %s", card)
    return card


REPLACED = [mock.patch.object(module, "replaced", counts_what_nobody_sees)
            for module in (asking, capacity, coordinating, decisions, planning)]
# A day is lived twice for each line, so leaks that are found in different places share one.
LEAKS = {
    "the centre's code told as a queue, and the safe contact in a log": (
        [mock.patch.object(asking, "tell", tells_the_centre), mock.patch.object(cards, "card_of", writes_it_into_the_log)],
        ELSEWHERE, (ANSWERS, ": log: ")),
    "a number that counts refusals": (REPLACED, OTHER, (ANSWERS,)),
}


@pytest.mark.parametrize("leak", sorted(LEAKS))
def test_a_leak_that_was_planted_is_found_and_named(stack, leak):
    patches, secrets, places = LEAKS[leak]
    for one in patches:
        one.start()
    try:
        outcome = compare(run(FIRST, REPORTS), [run(secrets, REPORTS)])
    finally:
        mock.patch.stopall()
    for place in places:
        assert any(place in sentence for sentence in outcome.differing), (place, outcome.differing[:5])
    assert all("byte" in sentence or "only in" in sentence for sentence in outcome.differing)


def test_the_first_place_that_differs_is_named():
    assert differing({"page /": b"all is well here"}, {"page /": b"all is ill here"}) == [
        "page /: at byte 7: 'all is well here' or 'all is ill here'"]
    assert differing({"log": b""}, {}) == ["log: only in the first run"]
