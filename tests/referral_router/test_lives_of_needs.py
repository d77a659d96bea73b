"""Whatever is answered, in whatever order: is nobody asked twice, and does nothing wait without a clock?"""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from services.referral_router import consents as c
from services.referral_router import messages as m
from services.referral_router.commands import SettleNeed
from services.referral_router.facts import ASKED, HELD, LIVE, OPEN, WITH_PERSON
from tests.chance import examples
from tests.referral_router.region import Region, report
from tests.stores import NOW

WORDS = st.sampled_from(["held", "refused", "let_go", "arrived", "ended"])
ENDS = ["expired", "no_show", "left", "not_brought", "released"]
STAGES = ["before_court", "awaiting_bed", "in_treatment", "missing", "ended"]
PEOPLE = st.sampled_from(["anna", "bota"])
ISSUED = ("ShelterReferralIssued", "HealthReferralIssued", "ChildNoticeIssued")
WITHDRAWN = ("ShelterReferralWithdrawn", "HealthReferralWithdrawn", "ChildNoticeWithdrawn")


class Lives(RuleBasedStateMachine):
    """Reports, corrections, answers to any attempt ever made, clocks, people and capacities in random order."""

    def __init__(self):
        super().__init__()
        self.region, self.versions, self.number, self.looked = Region(), {}, 0, 0
        for code, free in (("centre-1", 20), ("centre-2", 3), ("centre-3", 2)):
            self.region.open(code, free=free)
        self.region.open("detox-1", "detox", 2)
        self.region.open("clinic-1", "narcology", 0)
        self.region.open("akimat-1", "akimat", 0)

    @rule(who=PEOPLE, children=st.integers(0, 2), consent=st.sampled_from(["yes", "yes", "no"]), drunk=st.booleans())
    def report(self, who, children, consent, drunk):
        self.number += 1
        self.versions[f"report-{self.number}"] = 1
        self._say(f"report-{self.number}", who, (children, consent, drunk), "registered")

    @precondition(lambda self: self.versions)
    @rule(data=st.data(), who=PEOPLE, children=st.integers(0, 2), consent=st.sampled_from(["yes", "no"]), drunk=st.booleans())
    def correct(self, *, data, who, children, consent, drunk):
        report_id = data.draw(st.sampled_from(sorted(self.versions)))
        self.versions[report_id] += 1
        self._say(report_id, who, (children, consent, drunk), "corrected")

    @precondition(lambda self: self.versions)
    @rule(data=st.data(), reason=st.sampled_from(["cancelled", "unfounded", "wrong_person"]))
    def take_back(self, data, reason):
        self.region.hear(m.ReportCancelled(data.draw(st.sampled_from(sorted(self.versions))), 99, reason))

    @precondition(lambda self: any(need.tried for need in self.region.needs()))
    @rule(data=st.data(), word=WORDS, end=st.sampled_from(ENDS))
    def answer(self, data, word, end):
        need = data.draw(st.sampled_from([one for one in self.region.needs() if one.tried]))
        attempt = data.draw(st.one_of(st.just(need.attempt), st.integers(1, len(need.tried))))
        if need.kind in ("child_notice", "examination"):
            decided = m.NoticeDecided if need.kind == "child_notice" else m.ExaminationDecided
            self.region.hear(decided(need.need_id, attempt, data.draw(st.sampled_from([None, b"k" * 32]))))
            if need.kind == "examination" and data.draw(st.booleans()):
                self.region.hear(m.TreatmentStageReached(need.need_id, attempt, data.draw(st.sampled_from(STAGES))))
        else:
            self.region.answer(word, need, attempt, "full" if word == "refused" and need.kind == "shelter" else end
                               if word == "ended" else "no_bed")

    @precondition(lambda self: any(need.kind == "shelter" and need.state == ASKED for need in self.region.needs()))
    @rule(late=st.booleans())
    def nobody_has_room(self, late):
        """All refuse in turn; then, perhaps, the first one says it has room after all, and that it has not."""
        [need, *_] = [one for one in self.region.needs() if one.kind == "shelter" and one.state == ASKED]
        while self.region.facts["need", need.need_id].state == ASKED:
            self.region.answer("refused", self.region.facts["need", need.need_id])
        if late:
            self.region.answer("held", need, 1)
            self.region.answer("ended", need, 1, "expired")
            self.region.open("centre-1", free=0)
            self.region.open("centre-1", free=20)

    @precondition(lambda self: any(not step.startswith("task/") for _, step in self.region.clocks))
    @rule(data=st.data())
    def ring(self, data):
        subject, step = data.draw(st.sampled_from(sorted(k for k in self.region.clocks if not k[1].startswith("task/"))))
        self.region.ring(step, self.region.facts["need", subject])

    @precondition(lambda self: any(need.state == WITH_PERSON for need in self.region.needs()))
    @rule(data=st.data())
    def settle(self, data):
        waiting = [need for need in self.region.needs() if need.state == WITH_PERSON]
        self.region.hear(SettleNeed(data.draw(st.sampled_from(waiting)).need_id, "helped", "Aigul"))

    @rule(code=st.sampled_from(["centre-1", "centre-2", "centre-3"]), free=st.integers(0, 25))
    def publish(self, code, free):
        self.region.open(code, free=free)

    @precondition(lambda self: self.versions)
    @rule(data=st.data(), agrees=st.booleans(), to_centre=st.booleans(), hours=st.sampled_from([1, 400]))
    def speak(self, data, agrees, to_centre, hours):
        """She agrees, to a centre or not, for an hour or for long; or she takes it back."""
        report_id = data.draw(st.sampled_from(sorted(self.versions)))
        version = self.region.facts.get(("her say", report_id), c.HerSay(report_id)).version + 1
        readers = (("shelter",), ("crisis_centre",)) if to_centre else (("family_support",), ("akimat",))
        until = self.region.now + timedelta(hours=hours)
        self.region.hear(c.ConsentGiven(report_id, version, *readers, until) if agrees else c.ConsentWithdrawn(report_id, version))

    @precondition(lambda self: any(need.tried for need in self.region.needs()))
    @rule(data=st.data(), again=st.sampled_from([None, b"n" * 32]))
    def destroy_a_card(self, data, again):
        need = data.draw(st.sampled_from([one for one in self.region.needs() if one.tried]))
        self.region.hear(c.CardDestroyed(need.need_id, need.attempt, again))

    @rule(hours=st.sampled_from([1, 5]))
    def time_goes_by(self, hours):
        self.region.later(hours=hours)

    @invariant()
    def nobody_is_asked_for_a_place_that_her_say_does_not_cover(self):
        asked = [one for one in self.region.said[self.looked:] if type(one).__name__ == "ShelterReferralIssued"]
        self.looked = len(self.region.said)
        for one in asked:
            said = self.region.facts.get(("her say", self.region.facts["need", one.need_id].report_id))
            assert said is None or (said.state == "given" and "crisis_centre" in said.recipients and self.region.now < said.until)

    @invariant()
    def every_holder_that_was_told_is_awaited_or_has_acknowledged(self):
        holders = [told for (name, _), known in self.region.facts.items() if name == "holders told" for told in known]
        for told in holders:
            awaited = any(subject == told.need_id and f"ack-{told.attempt}" in step.replace("/", "-")
                          for subject, step in self.region.clocks)
            assert awaited or told.acknowledged

    @invariant()
    def nobody_has_two_live_needs_of_one_kind(self):
        live = [(need.subject_ref, need.kind) for need in self.region.needs() if need.state in LIVE]
        assert len(live) == len(set(live))

    @invariant()
    def attempts_are_counted_on_and_the_next_comes_only_after_the_last_has_ended(self):
        ended = {(e.need_id, e.attempt) for e in self.region.said if type(e).__name__ in ("AttemptEnded", *WITHDRAWN)}
        asked = [(e.need_id, e.attempt) for e in self.region.said if type(e).__name__ in ISSUED]
        assert len(asked) == len(set(asked))
        for need_id, attempt in asked:
            assert attempt == 1 or ((need_id, attempt - 1) in ended and (need_id, attempt - 1) in asked)

    @invariant()
    def every_open_need_has_a_running_clock_or_a_task(self):
        running = {subject for subject, _ in self.region.clocks}
        assert not [need for need in self.region.needs() if need.state in OPEN and need.need_id not in running]
        assert {subject for subject, _ in self.region.tasks} <= running

    @invariant()
    def no_centre_is_asked_twice_in_a_round(self):
        for need in self.region.needs():
            asked = need.tried[need.round_from :]
            assert len(asked) == len(set(asked))

    @invariant()
    def a_held_need_stands_at_the_place_that_was_asked(self):
        for need in self.region.needs():
            assert need.state != HELD or need.tried[need.attempt - 1] == need.facility_code

    @invariant()
    def a_need_stands_on_a_report_that_still_counts(self):
        live = [need for need in self.region.needs() if need.state in OPEN]
        assert all(self.region.facts["report", need.report_id].active for need in live)

    def _say(self, report_id, who, what, as_):
        children, consent, drunk = what
        self.region.hear(report(
            as_=as_, report_id=report_id, version=self.versions[report_id], victim_ref=who, household_ref=f"home of {who}",
            children=children, consent=consent, intoxication="alcohol" if drunk else "none", recorded_at=NOW,
        ))


def test_no_random_life_of_a_need_breaks_a_promise():
    run_state_machine_as_test(Lives, settings=settings(max_examples=examples(80), stateful_step_count=40, deadline=None))
