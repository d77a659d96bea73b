"""What happens to many needs, mixed: the messages that store tests run in batches of any size."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from plumbing.clocks import ClockDue
from plumbing.service import Heard
from services.referral_router import consents as c
from services.referral_router import messages as m
from services.referral_router.commands import SettleNeed
from services.referral_router.facts import WITH_PERSON
from services.referral_router.risks import Risk, RiskGraded
from tests.referral_router.region import Region, report
from tests.stores import NOW, cut, heard

WORDS = ["held", "refused", "refused", "let_go", "arrived", "ended"]
ENDS = {"refused": ["full", "closed"], "ended": ["expired", "no_show", "left"]}
HEALTH_ENDS = {"refused": ["no_bed", "declined"], "ended": ["expired", "not_brought", "released"]}


def script(seed: int, length: int = 180) -> list[Any]:
    """Messages in an order that could be, with ids as a step with pinned seeds would give them."""
    rng, region = Random(seed), Region()
    region.waits_since = str  # all are opened at the same moment: then the id decides
    for code, kind, free in (("centre-1", "crisis_centre", 4), ("centre-2", "crisis_centre", 2), ("detox-1", "detox", 9),
                             ("clinic-1", "narcology", 0), ("akimat-1", "akimat", 0)):
        region.open(code, kind, free)
    while len(region.script) < length:
        region.now = NOW
        _one(rng, region)
    return region.script


def _one(rng: Random, region: Region) -> None:
    what = rng.choice(["report"] * 4 + ["answer"] * 8 + ["correct", "cancel", "ring", "settle", "open", "open", "say", "say", "grade", "grade"])
    asked = [need for need in region.needs() if need.tried]
    if what == "report":
        _report(rng, region, f"report-{len(region.script)}", 1)
    elif what == "answer" and asked:
        _answer(rng, region, rng.choice(asked))
    elif what in ("correct", "cancel") and region.needs():
        report_id = rng.choice(region.needs()).report_id
        version = region.facts["report", report_id].content.version + 1
        if what == "correct":
            _report(rng, region, report_id, version)
        else:
            region.hear(m.ReportCancelled(report_id, version, "unfounded"))
    elif what == "ring" and (clocks := [clock for clock in region.clocks if not clock[1].startswith("task/")]):
        subject, step = rng.choice(clocks)
        region.ring(step, region.facts["need", subject])
    elif what == "settle" and (waiting := [need for need in region.needs() if need.state == WITH_PERSON]):
        region.hear(SettleNeed(rng.choice(waiting).need_id, "helped", "Aigul"))
    elif what == "say" and region.needs():
        _say(rng, region, rng.choice(region.needs()))
    elif what == "grade" and region.needs():
        _grade(rng, region, rng.choice(region.needs()))
    elif what == "open":
        region.open(rng.choice(["centre-1", "centre-2"]), free=rng.randrange(6))


def _report(rng: Random, region: Region, report_id: str, version: int) -> None:
    who = rng.randrange(9)
    region.hear(report(
        as_="registered" if version == 1 else "corrected", report_id=report_id, version=version, victim_ref=f"she-{who}",
        respondent_ref=rng.choice([None, f"he-{who}", f"he-{who // 2}"]), household_ref=f"home-{who}",
        children=rng.randrange(3), consent=rng.choice(["yes", "yes", "no"]), intoxication=rng.choice(["none", "alcohol"]),
        mirrored=rng.random() < 0.05, victim_age=rng.choice(["adult", "adult", "child"]),
    ))


def _say(rng: Random, region: Region, need: Any) -> None:
    """What she agrees to or takes back, what is decided without her, and a holder whose card is destroyed."""
    known = region.facts.get(("her say", need.report_id), c.HerSay(need.report_id))
    soon, later = NOW - timedelta(hours=1), NOW + timedelta(days=9)
    scope = rng.choice([(("shelter",), ("crisis_centre",)), (("family_support",), ("akimat",))])
    destroyed = c.CardDestroyed(need.need_id, max(need.attempt, 1), rng.choice([None, b"n" * 32]))
    region.hear(rng.choice([
        c.ConsentGiven(need.report_id, known.version + 1, *scope, rng.choice([soon, later, later])),
        c.ConsentWithdrawn(need.report_id, known.version + 1), destroyed,
        c.DisclosureAllowed(need.report_id, known.disclosed + 1, "danger_to_life", later),
    ]))


def _grade(rng: Random, region: Region, need: Any) -> None:
    known = region.facts.get(("risk", need.report_id), Risk(need.report_id, 0, ""))
    grade = rng.choice(["standard", "medium", "high", "extreme"])
    region.hear(RiskGraded(need.report_id, known.version + 1, grade, rng.random() < 0.3))


def _answer(rng: Random, region: Region, need: Any) -> None:
    attempt = rng.choice([need.attempt, rng.randint(1, len(need.tried))])
    if need.kind in ("child_notice", "examination"):
        decided = m.NoticeDecided if need.kind == "child_notice" else m.ExaminationDecided
        region.hear(decided(need.need_id, attempt, rng.choice([None, b"k" * 32])))
        if need.kind == "examination":
            region.hear(m.TreatmentStageReached(need.need_id, attempt, rng.choice(["before_court", "in_treatment", "ended"])))
        return
    word = rng.choice(WORDS)
    region.answer(word, need, attempt, rng.choice((ENDS if need.kind == "shelter" else HEALTH_ENDS).get(word, [""])))


def batches(messages: list[Any], size: int) -> list[list[Heard]]:
    """Cut to size; a clock is a batch of its own, since it is claimed before anything is decided."""
    parts: list[list[Heard]] = [[]]
    for one in heard(messages):
        alone = isinstance(one.message, ClockDue)
        if alone or (parts[-1] and isinstance(parts[-1][-1].message, ClockDue)):
            parts.append([])
        parts[-1].append(one)
    return [list(part) for whole in parts if whole for part in cut(whole, size)]
