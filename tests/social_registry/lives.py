"""What do the tests of this service have in common: a centre, an akimat, referrals in any state, a moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from plumbing.identity import Ids
from plumbing.sealing import KeyPair, Secret
from plumbing.service import Facts, Moment
from services.social_registry import decisions
from services.social_registry import messages as m
from services.social_registry.facts import OCCUPYING, Facility, Referral, evolve
from services.social_registry.wiring import SERVICE

NOW = datetime(2026, 11, 22, 10, 7, tzinfo=UTC)
UNTIL = NOW + timedelta(hours=6)
DUE = NOW + timedelta(days=3)
LAW = SERVICE.law
MOMENT = Moment(NOW, Ids(b"seed"), LAW)
KEYS = KeyPair(b"public" * 5, Secret(b"private"))
CENTRE = Facility("cc-1", "KZ-55", "crisis_centre", (1, 2, 3, 4), (1, 2), False, 12, True, True, 4)
AKIMAT = Facility("akimat-1", "KZ-55", "akimat", (), (), False, 0, False, True, 1)


def asked(adults: int = 1, children: int = 2, place: str = "night", sex: str = "female") -> m.ShelterReferralIssued:
    return m.ShelterReferralIssued("need", 1, CENTRE.code, place, adults, children, sex, "rule · act", UNTIL)


def notice(facility: str = AKIMAT.code) -> m.ChildNoticeIssued:
    return m.ChildNoticeIssued("need", 1, "household", facility, 2, "rule · act", DUE)


def referral(kind: str, state: str) -> Referral:
    if kind == "notice":
        return Referral("need", 1, kind, AKIMAT.code, state, "", (), "household", 0, 2, "rule · act", DUE)
    return Referral("need", 1, kind, CENTRE.code, state, "night", (2, 3), "", 1, 1, "rule · act", UNTIL)


def known(*, centre: Facility = CENTRE, kept: Referral | None = None) -> Facts:
    """Facts of a batch; a referral that keeps places has them taken out of the free ones."""
    facts: Facts = {("facility", f.code): f for f in (centre, AKIMAT)} | {("keys", k): KEYS for k in ("need", "need/1")}
    if kept is not None:
        taken = kept.places if kept.state in OCCUPYING else ()
        facts["facility", centre.code] = replace(centre, night_free=tuple(n for n in centre.night_free if n not in taken))
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
    """What follows when Dana does this to the referral."""
    return decisions.act(m.StaffAct("need", name, "Dana", code), known(kept=kept), MOMENT)


def capacities(events: Any) -> list[tuple[int, int, int]]:
    return [(said.night_free, said.day_free, said.sequence) for said in only(events, m.CapacityPublished)]
