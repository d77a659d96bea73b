"""What does an invented year look like, day after day, with its weekends, holidays and repeats?"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from random import Random
from typing import Any

from simulation.day import GeneratedReport, deliver, next_report_comes
from simulation.figures import figures, happens, regions
from simulation.people import Home, invent_home
from simulation.reports import write_report


@dataclass(frozen=True)
class Known:
    """A home and how many reports there have been about it."""

    home: Home
    reports: int


Due = defaultdict[date, list[Known]]


def generate_year(seed: int, year: int, count: int = 100_000) -> Iterator[GeneratedReport]:
    """About `count` reports in the order of their arrival; only a day and the repeats to come are held."""
    rng = Random(f"qorgan/{seed}/{year}/{count}")
    due: Due = defaultdict(list)
    waiting: list[GeneratedReport] = []
    for day, share in sorted(day_shares(year).items()):
        waiting = sorted(waiting + _one_day(rng, day, count * share, due), key=attrgetter("at"))
        arrived = [report for report in waiting if report.at.date() <= day]
        waiting = waiting[len(arrived) :]
        yield from arrived
    yield from waiting


def day_shares(year: int) -> dict[date, float]:
    """What part of the year's reports each day has; the parts add up to one."""
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(366))
    weights = {day: _weight(day) for day in days if day.year == year}
    return {day: weight / sum(weights.values()) for day, weight in weights.items()}


def _weight(day: date) -> float:
    table = figures("proportions")
    busy = math.prod(row["times"] for row in table["busy"] if _is_busy(day, row))
    month_days = (date(day.year + day.month // 12, day.month % 12 + 1, 1) - day.replace(day=1)).days
    return float(table["months"][day.month - 1] / month_days * table["weekdays"][day.weekday()] * busy)


def _is_busy(day: date, row: dict[str, Any]) -> bool:
    return f"{day:%m-%d}" in row.get("days", ()) or day.day in row.get("month_days", ())


def _one_day(rng: Random, day: date, expected: float, due: Due) -> list[GeneratedReport]:
    known = due.pop(day, [])
    for region, wanted in _counts(rng, expected).items():
        repeats = sum(one.home.region == region for one in known)
        known += [Known(invent_home(rng, day, region), 0) for _ in range(wanted - repeats)]
    for one in known:
        _plan_repeat(rng, day, Known(one.home, one.reports + 1), due)
    bodies = [write_report(rng, one.home, day) for one in known]
    return deliver(rng, bodies, sum(happens(rng, "duplicate") for _ in bodies))


def _plan_repeat(rng: Random, day: date, known: Known, due: Due) -> None:
    if next_report_comes(rng, known.reports):
        due[day + timedelta(days=repeat_gap_days(rng))].append(known)


def repeat_gap_days(rng: Random) -> int:
    """Days to the next report about one home, one at least: a mixture of two exponentials."""
    gaps = figures("proportions")["repeat_gap_days"]
    mean = rng.choices([gap["mean"] for gap in gaps], [gap["weight"] for gap in gaps])[0]
    return 1 + int(rng.expovariate(1 / mean))


def _counts(rng: Random, expected: float) -> dict[str, int]:
    """Reports by region: gamma–Poisson noise around the region's share of the day."""
    spread = figures("proportions")["dispersion"]
    total = sum(row["reports"] for row in regions().values())
    mean = {iso: expected * row["reports"] / total for iso, row in regions().items()}
    return {iso: poisson(rng, mean[iso] * rng.gammavariate(spread, 1 / spread)) for iso in mean}


def poisson(rng: Random, mean: float) -> int:
    """How many arrivals at random there are where `mean` are expected."""
    arrivals, clock = 0, rng.expovariate(1)
    while clock < mean:
        arrivals, clock = arrivals + 1, clock + rng.expovariate(1)
    return arrivals
