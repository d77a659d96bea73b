"""Given, narrowed, taken back, ended, disclosed and asked for in any order: does a card ever leave without what covers it?"""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from services.police_intake.consent import messages as c
from services.police_intake.consent.contract import ALL_CLASSES
from services.police_intake.report import Consent
from tests.chance import examples
from tests.police_intake.consents import DAY, Police, card

PARTS = [part for size in range(1, 5) for part in combinations(ALL_CLASSES, size)]
NAMES = ("Dana", "Arman", "Saule")
KINDS = st.sampled_from(["shelter", "child_notice"])
ROLES = {"shelter": ("shelter", "crisis_centre"), "child_notice": ("family_support", "akimat")}


class Consents(RuleBasedStateMachine):
    """What she said is kept here once more, plainly, and every card that leaves is held against it."""

    def __init__(self):
        super().__init__()
        self.police, self.said, self.allowed, self.left = Police(), None, None, []
        self.police.now += 4 * DAY
        self.police.report(consent=Consent.NOT_ASKED)

    @rule(part=st.sampled_from(PARTS), kinds=st.sampled_from([("shelter",), ("child_notice",), ("shelter", "child_notice")]),
          days=st.sampled_from([7, 30, 180]))
    def she_agrees(self, part, kinds, days):
        purposes, recipients = zip(*(ROLES[kind] for kind in kinds), strict=True)
        chosen = self.police.terms(data_classes=part, purposes=purposes, recipients=recipients, term_days=days)
        events = self.police.answer(Consent.YES, terms=chosen)
        states = [event.state for event in events if type(event).__name__ == "Contract"]
        if states:  # else she has said the same again, and it stands
            self.said = (set(kinds), set(part), self.police.now + days * DAY)
        if "withdrawn" in states:  # she has left the centre out: nothing is told to it on another ground either
            self.allowed = None

    @rule()
    def she_says_no(self):
        self.police.answer(Consent.NO)
        self.said = self.allowed = None

    @rule()
    def she_takes_it_back(self):
        self.police.withdraw()
        self.said = self.allowed = None

    @rule(consent=st.sampled_from([Consent.YES, Consent.NO, Consent.UNKNOWN]))
    def a_later_extract_comes(self, consent):
        before = self.police.facts.get(("consent", self.police.report_id))
        self.police.report(consent=consent, children=len(self.left) % 3)
        if before is not None and (before.state == "withdrawn" or before.source == "form"):
            return  # she has said herself what is so
        if consent == Consent.NO and before is not None and before.state == "given":
            self.said = self.allowed = None
        if consent == Consent.YES and (before is None or before.state == "refused"):
            recorded = self.police.facts["report", self.police.report_id].recorded_at
            self.said = ({"shelter", "child_notice"}, set(ALL_CLASSES), recorded + 180 * DAY)

    @rule(hours=st.sampled_from([1, 13, 26, 24 * 8, 24 * 40]))
    def time_goes_by(self, hours):
        self.police.now += timedelta(hours=hours)

    @rule(first=st.sampled_from(NAMES), second=st.sampled_from(NAMES), allow=st.booleans())
    def two_people_decide(self, first, second, allow):
        report_id = self.police.report_id
        self.police.hear(c.AskDisclosure(report_id, "danger_to_life", first))
        asked = self.police.facts.get(("disclosure", report_id))
        if asked is None or asked.state != "asked":
            return
        before = asked.asked_by
        self.police.hear(c.DecideDisclosure(report_id, asked.version, allow, second))
        if allow and second != before:
            self.allowed = ({"name", "birth_date", "safe_contact"}, self.police.now + timedelta(hours=25))

    @precondition(lambda self: self.allowed)
    @rule(third=st.sampled_from(NAMES), lawful=st.booleans())
    def a_third_reviews(self, third, lawful):
        known = self.police.facts["disclosure", self.police.report_id]
        self.police.hear(c.ReviewDisclosure(self.police.report_id, known.version, lawful, third))
        if self.police.facts["disclosure", self.police.report_id].verdict == "unlawful" and not known.verdict:
            self.allowed = None  # what she has agreed to herself stays

    @rule(kind=KINDS, part=st.sampled_from(PARTS), ground=st.sampled_from(["consent", "disclosure"]))
    def a_holder_asks_for_a_card(self, kind, part, ground):
        cards = (card(ground, *part), *([card("law")] if kind == "child_notice" else []))
        left = self.police.request(cards, kind)
        if left is not None:
            self.left.append((left, self.police.now, self.said, self.allowed))

    @invariant()
    def every_card_that_left_was_covered_at_that_moment(self):
        for left, now, said, allowed in self.left[-1:]:
            if left.ground == "consent":
                kinds, classes, until = said
                assert left.kind in kinds and set(left.data_classes) <= classes and now < until
            elif left.ground == "disclosure":
                classes, until = allowed
                disclosure = self.police.facts["disclosure", self.police.report_id]
                assert set(left.data_classes) <= classes and now < until and disclosure.asked_by != disclosure.decided_by
            else:
                assert left.kind == "child_notice" and not left.data_classes


def test_no_card_ever_leaves_without_what_covers_it_at_that_moment():
    run_state_machine_as_test(Consents, settings=settings(max_examples=examples(60), stateful_step_count=30, deadline=None))
