"""Can the law be changed by one entry, is all of it asked and worded, and does it claim no more than its sources?"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from plumbing.languages import speeches
from plumbing.rule_files import pack_of
from plumbing.rule_order import LOCK, UnusableRule
from services.referral_router import wiring
from services.referral_router.questions import QUESTIONS
from services.referral_router.wiring import LAW, SERVICE
from tests.referral_router.region import Region, only, report
from tests.referral_router.test_cases import CASES, played

LOCKED = {LOCK: (Path(wiring.__file__).parent / "rules" / LOCK).read_text("utf-8")}
NEXT_MONTH = date(2026, 12, 1)


def rules_of(name):
    return LAW.texts[name].split("[[rule]]\n")


def with_another_number():
    """In three lines: the rule gets its end, and the next one another number."""
    head, shelter, *rest = rules_of("victim.toml")
    ended = shelter.replace("in_force_from = 2010-01-01\n", "in_force_from = 2010-01-01\nin_force_until = 2026-12-01\n")
    follows = shelter.replace("in_force_from = 2010-01-01", "in_force_from = 2026-12-01").replace("answer_minutes = 30", "answer_minutes = 45")
    return {**LAW.texts, **LOCKED, "victim.toml": "[[rule]]\n".join([head, ended, follows, *rest])}


@pytest.mark.parametrize(("at", "minutes"), [
    (datetime(2026, 11, 30, 18, 30, tzinfo=UTC), 30), (datetime(2026, 11, 30, 19, 0, tzinfo=UTC), 45),
], ids=["the last half-hour of November", "the first minute of December here"])
def test_a_number_for_next_month_is_one_entry_and_holds_from_its_first_minute_here(at, minutes):
    region = Region()
    region.law, region.now = pack_of(with_another_number(), QUESTIONS), at
    region.open()
    events = region.hear(report(recorded_at=at - timedelta(minutes=5)))
    assert only(events, "ShelterReferralIssued").answer_due == at + timedelta(minutes=minutes)


def test_a_number_of_a_rule_in_force_cannot_be_edited():
    edited = {**LAW.texts, **LOCKED, "victim.toml": LAW.texts["victim.toml"].replace("answer_minutes = 30", "answer_minutes = 45")}
    with pytest.raises(UnusableRule, match=r"victim\.toml:5: rule shelter/consent-given: it is in force and was edited"):
        pack_of(edited, QUESTIONS)


def test_no_rule_claims_that_somebody_has_verified_it():
    assert not [rule.id for rule in (*LAW.rules, *LAW.proposals) if rule.citation.verified_by]


def test_what_is_proposed_is_called_a_proposal_and_replaces_a_rule_that_is_dated_alike():
    by_id = {rule.id: rule for rule in LAW.rules}
    assert len(LAW.proposals) == 6
    for rule in LAW.proposals:
        assert rule.citation.certainty == "proposal" and by_id[rule.replaces].dated_by == rule.dated_by


def test_the_regime_of_today_changes_only_what_it_cites():
    changed = [rule for rule in LAW.rules if rule.in_force_from == date(2026, 3, 2)]
    assert [(rule.id, rule.citation.act) for rule in changed] == [("regime/of-the-day", "law-245")]
    assert {rule.id for rule in LAW.rules if rule.in_force(date(2026, 3, 1))} == {rule.id for rule in LAW.rules if rule.in_force(date(2026, 3, 2))}


def test_every_word_a_finding_uses_has_a_word_for_people():
    words, missing = speeches(SERVICE.folder)["en"].words, set()
    for path in CASES:
        for rule, finding in played(path)[2].values():
            pairs = [pair.partition("=") for pair in f"{finding.seen} {finding.change}".split()]
            wanted = {("question", rule.question)} | {("seen", name) for name, _, _ in pairs}
            wanted |= {(name, value) for name, _, value in pairs if not value.isdigit()}
            missing |= wanted - set(words)
    assert missing == set()
