"""What does one invented day of reports look like, in the order in which they arrive?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter, itemgetter
from random import Random

from simulation.figures import figures, happens
from simulation.flaws import delay, mistake_numbers, sent_again
from simulation.people import Home, invent_home
from simulation.reports import Body, write_report


@dataclass(frozen=True)
class GeneratedReport:
    """`body` is sent to POST /reports at the moment `at`."""

    at: datetime
    body: Body


def generate_day(seed: int, day: date, count: int) -> list[GeneratedReport]:
    """Exactly `count` reports, duplicates among them, sorted by `at`; a late one may arrive on the next day.

    The repeats that a year would bring are put into the one day, so that a day shows every kind of case.
    """
    rng = Random(f"qorgan/{seed}/{day.isoformat()}/{count}")
    duplicates = min(count // 2, sum(happens(rng, "duplicate") for _ in range(count)))
    homes: list[Home] = []
    while len(homes) < count - duplicates:
        homes += [invent_home(rng, day)] * _reports_of_one_home(rng)
    return deliver(rng, [write_report(rng, home, day) for home in homes[: count - duplicates]], duplicates)


def deliver(rng: Random, bodies: list[Body], duplicates: int) -> list[GeneratedReport]:
    """The day's bodies numbered in each station's book, with everything that goes wrong on the way."""
    bodies.sort(key=itemgetter("recorded_at"))
    number(bodies)
    mistake_numbers(rng, bodies)
    sent = [GeneratedReport(_recorded(body) + delay(rng), body) for body in bodies]
    first = {id(report.body): report.at for report in sent}
    sent += [
        GeneratedReport(first[id(body)] + later, copy)
        for body, copy, later in sent_again(rng, bodies, duplicates)
    ]
    return sorted(sent, key=attrgetter("at"))


def number(bodies: list[Body]) -> None:
    """Gives each station's reports of a day their numbers; no other day of the year has the same."""
    used: Counter[str] = Counter()
    for body in bodies:
        used[body["station"]] += 1
        body["kui_number"] = str(_recorded(body).timetuple().tm_yday * 100_000 + used[body["station"]])


def next_report_comes(rng: Random, reports_so_far: int) -> bool:
    """Does the home report again? Each repeat makes the next one likelier."""
    chances = figures("proportions")["repeats"]
    return rng.random() < chances[min(reports_so_far, len(chances)) - 1]


def _reports_of_one_home(rng: Random) -> int:
    reports = 1
    while next_report_comes(rng, reports):
        reports += 1
    return reports


def _recorded(body: Body) -> datetime:
    return datetime.fromisoformat(body["recorded_at"])
