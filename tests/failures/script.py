"""What does the router hear on a busy day: messages whose answers fit what it asked, in an order of their own?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from services.referral_router import messages as m
from tests.failures.reports import registered
from tests.stores import NOW

REPORTS, PEOPLE = 60, 24
VIEW = tuple(m.ReportRegistered.__dataclass_fields__)
Attempts = Sequence[tuple[str, int, str, str]]


def opening(rng: Random) -> list[Any]:
    """Facilities describe themselves; few people, so that reports meet in the same lives."""
    said: list[Any] = [m.CentreCapacity(f"cc-{n}", "KZ-55", "crisis_centre", 3 + n, False, True, 1) for n in range(4)]
    said += [m.CentreCapacity("akimat-55", "KZ-55", "akimat", 0, False, True, 1)]
    said += [m.ClinicCapacity(f"detox-{n}", "KZ-55", "detox", 2 + n, True, 1) for n in range(3)]
    said += [m.ClinicCapacity("narcology-55", "KZ-55", "narcology", 0, True, 1)]
    return said + [report(rng, m.ReportRegistered, n, 1) for n in range(REPORTS)]


def report(rng: Random, kind: type, name: int, version: int) -> Any:
    person = rng.randrange(PEOPLE)
    whole = registered(
        f"r-{name}", now=NOW, version=version, victim_ref=f"v-{person}", household_ref=f"h-{person}",
        respondent_ref=rng.choice((f"o-{person}", f"o-{person}", None)), intoxication=rng.choice(("alcohol", "none")),
        consent=rng.choice(("yes", "yes", "no")), children=rng.choice((0, 2, None)), mirrored=rng.random() < 0.1,
    )
    return kind(**{name: getattr(whole, name) for name in VIEW})


def answers(rng: Random, attempts: Attempts) -> list[Any]:
    """What the owners say to each attempt: some refuse, some hold and end, some acknowledge what nobody asked."""
    said: list[Any] = []
    for need, attempt, kind, _ in attempts:
        choices = _OF_HEALTH if kind in ("detox", "examination") else _OF_SOCIAL
        said += [make(need, attempt) for make in rng.choice(choices)]
    said += [report(rng, m.ReportCorrected, name, 2) for name in rng.sample(range(REPORTS), 12)]
    said += [m.ReportCancelled(f"r-{name}", 3, "unfounded") for name in rng.sample(range(REPORTS), 8)]
    said += [m.CentreCapacity(f"cc-{n}", "KZ-55", "crisis_centre", 9, False, True, rng.randrange(2, 9)) for n in range(4)]
    rng.shuffle(said)
    return said


def _say(kind: type, *more: Any) -> Callable[[str, int], Any]:
    return lambda need, attempt: kind(need, attempt, *more)


_HOLD, _BED = _say(m.PlaceHeld, b"k" * 32), _say(m.BedHeld, b"k" * 32)
_OF_SOCIAL = (
    (_HOLD,), (_say(m.SocialRefused, "full"),), (_HOLD, _say(m.GuestArrived)), (_HOLD, _say(m.SocialHoldEnded, "no_show")),
    (_HOLD, _say(m.SocialHoldEnded, "expired")), (_say(m.SocialAcknowledged),), (_say(m.NoticeDecided, None),),
)
_OF_HEALTH = (
    (_BED,), (_say(m.HealthRefused, "no_bed"),), (_BED, _say(m.PatientAdmitted)), (_BED, _say(m.HealthHoldEnded, "expired")),
    (_say(m.HealthAcknowledged),), (_say(m.ExaminationDecided, None),),
)
