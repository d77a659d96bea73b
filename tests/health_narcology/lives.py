"""What do the tests of this service have in common: a centre, a clinic, referrals in any state, a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from plumbing.clocks import ClockDue
from plumbing.identity import Ids
from plumbing.sealing import KeyPair, Secret
from plumbing.service import Facts, Moment
from services.health_narcology import cases, decisions
from services.health_narcology import messages as m
from services.health_narcology.facts import IN_BED, OCCUPYING, Case, Facility, Referral, evolve
from services.health_narcology.wiring import SERVICE

NOW = datetime(2026, 11, 22, 10, 7, tzinfo=UTC)
UNTIL = NOW + timedelta(hours=6)
DUE = NOW + timedelta(days=10)
LAW = SERVICE.law
MOMENT = Moment(NOW, Ids(b"seed"), LAW)
KEYS = KeyPair(b"public" * 5, Secret(b"private"))
CENTRE = Facility("detox-1", "KZ-55", "detox", (1, 2, 3), True, 4)
CLINIC = Facility("clinic-1", "KZ-55", "narcology", (), True, 1)

HOSPITAL = Facility("treatment-1", "KZ-55", "treatment", (1, 2), True, 0, (3, 4))
FAR = Facility("treatment-2", "KZ-10", "treatment", (1,), True, 0)


def asked(kind: str = "detox", attempt: int = 1, facility: str = "") -> m.HealthReferralIssued:
    code = facility or (CLINIC.code if kind == "examination" else CENTRE.code)
    return m.HealthReferralIssued("need", attempt, code, kind, "alcohol", "rule · act", DUE, UNTIL)


def referral(kind: str, state: str, **other: Any) -> Referral:
    code, bed = (CLINIC.code, 0) if kind == "examination" else (CENTRE.code, 2)
    return Referral("need", 1, kind, code, state, bed, "alcohol", "rule · act", UNTIL, NOW, **other)


def known(*, centre: Facility = CENTRE, kept: Referral | None = None) -> Facts:
    """Facts of a batch; a referral that keeps a bed has it taken out of the free ones."""
    facts: Facts = {("facility", centre.code): centre, ("facility", CLINIC.code): CLINIC}
    facts |= {("keys", place): KEYS for place in ("need", "need/1", "need/2")}
    if kept is not None:
        free = tuple(n for n in centre.beds_free if n != kept.bed or kept.state not in OCCUPYING)
        facts["facility", centre.code] = replace(centre, beds_free=free)
        facts["referral", kept.need_id] = kept
    return facts


def fold(facts: Facts, events: Any) -> Facts:
    after = dict(facts)
    for event in events:
        after.update(evolve(after, event))
    return after


def only(events: Any, wanted: type) -> list[Any]:
    return [event for event in events if type(event) is wanted]


def act(name: str, kept: Referral, code: str = "") -> Any:
    """What follows when Aigul does this to the referral."""
    return decisions.act(m.StaffAct("need", name, "Aigul", code), known(kept=kept), MOMENT)


def capacities(events: Any) -> list[tuple[int, int]]:
    return [(said.beds_free, said.sequence) for said in only(events, m.CapacityPublished)]


def case(state: str, **other: Any) -> Case:
    """A case that began ten days ago; one in bed has bed 1 of the hospital near home."""
    bed = {"facility_code": HOSPITAL.code, "bed": 1, "stay": 1} if state in IN_BED else {}
    force = {"in_force_at": NOW - timedelta(days=3)} if state in ("queued", "missing", *IN_BED) else {}
    began = NOW - timedelta(days=10)
    plain = Case("need", 1, "KZ-55", CLINIC.code, state, began, began, months=12)
    return replace(plain, **{**bed, **force, **other})


def known_case(kept: Case, *others: Case, hospitals: tuple[Facility, ...] = (HOSPITAL, FAR)) -> Facts:
    """Facts about one case and those who wait, as the store looks them up."""
    waiting = sorted((one for one in (kept, *others) if one.state == "queued" and not one.contested),
                     key=lambda one: (one.in_force_at, one.need_id))
    facts = known(kept=referral("examination", "in_case"))
    facts |= {("case", one.need_id): one for one in (kept, *others)}
    facts |= {("queue", "all"): tuple(one.need_id for one in waiting), ("treatment", "codes"): tuple(h.code for h in hospitals)}
    for hospital in hospitals:
        taken = {one.bed for one in (kept, *others) if one.state in IN_BED and one.facility_code == hospital.code}
        free = tuple(number for number in hospital.beds_free if number not in taken)
        facts["facility", hospital.code] = replace(hospital, beds_free=free)
    return facts


def case_act(name: str, facts: Facts, code: str = "", months: int = 0) -> Any:
    """What follows when Aigul does this in the case."""
    return cases.act(m.CaseAct("need", name, "Aigul", code, months), facts, MOMENT)


def ring_case(step: str, facts: Facts) -> Any:
    """The clock of this name runs out."""
    return decisions.ring(ClockDue("need", step, NOW, "need"), facts, MOMENT)


def stages(events: Any) -> list[str]:
    """What of a case leaves health."""
    return [event.stage for event in only(events, m.TreatmentStageReached)]
