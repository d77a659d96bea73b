"""What is secret, and how does it differ from one run to the next? Everything here may be anything; police must not see it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from simulation.figures import regions

Facility = dict[str, Any]
REPORTING = ("KZ-55",)  # where this day's reports come from: so few regions that centres fill


@dataclass(frozen=True)
class Secrets:
    """One world behind the wall: which centres there are, who takes whom, how long they stay, what staff write.

    lag: what centres publish of their places reaches the router one report late, so that full ones are asked, too
    contact: what she says of how she may be reached; None: as in the first run
    """

    name: str
    directory: tuple[Facility, ...]
    stays: Callable[[Random], bool]
    codes: dict[str, tuple[str, ...]]
    staff: str
    lag: bool = False
    contact: dict[str, str] | None = None


def centre(code: str, region: str, places: int, **more: Any) -> Facility:
    return {"code": code, "region": region, "kind": "crisis_centre", "places_night": places, "places_day": 2,
            "admits_men": True, "admits_boys_until": 18, "accessible": bool(places % 2), **more}


def akimats() -> list[Facility]:
    return [{"code": f"akimat-{iso}", "region": iso, "kind": "akimat"} for iso in regions()]


def _one_large() -> tuple[Facility, ...]:
    """One large centre in each region."""
    return (*(centre(f"garden-{row['slug']}", iso, 60) for iso, row in regions().items()), *akimats())


def _small_ones() -> tuple[Facility, ...]:
    """A small one where the reports come from, soon full; large ones far away."""
    small = [centre(f"hill-{regions()[iso]['slug']}", iso, 6) for iso in REPORTING]
    return (*small, *(centre(f"river-{n}", "KZ-11", 99) for n in (1, 2)), *akimats())


def _elsewhere() -> tuple[Facility, ...]:
    """Nothing where the reports come from: guests travel."""
    return (centre("steppe-1", "KZ-63", 40), centre("steppe-2", "KZ-19", 90), *akimats())


FIRST = Secrets("first", _one_large(), lambda rng: rng.random() < 0.5,
                {"assess": ("C",), "review": ("B",), "close": ("need_ended",), "notice": ("visit",), "visited": ("closed",)},
                "Сәуле")
OTHER = Secrets("other", _small_ones(), lambda rng: True,
                {"assess": ("E", "D"), "review": ("A",), "close": ("moved",), "notice": ("enter",), "visited": ("enter_after_visit",)},
                "Гүлнар мейірбике", lag=True)
ELSEWHERE = Secrets("elsewhere", _elsewhere(), lambda rng: rng.random() < 0.7,
                    {"assess": ("A", "B", "C"), "review": ("E",), "close": ("death",), "notice": ("visit", "enter"),
                     "visited": ("closed", "enter_after_visit")},
                    "Ольга", lag=True, contact={"kind": "only_at", "detail": "код жасмин, 11 до 12"})
ALL = (FIRST, OTHER, ELSEWHERE)
