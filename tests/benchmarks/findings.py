"""What does it cost to decide a report with all packs loaded and every finding kept? `python -m tests.benchmarks.findings`."""

from __future__ import annotations

import json
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from plumbing.rules import RulePack, reformed
from services.police_intake.measures.asked import Asked
from services.police_intake.measures.days import days_of
from services.police_intake.measures.law import read_law
from services.police_intake.measures.lives import Measure
from services.referral_router.case import Case
from services.referral_router.questions import QUESTIONS
from services.referral_router.wiring import LAW
from tests.referral_router.region import report
from tests.stores import NOW

REPORTS, ROUNDS, LIMIT_US = 2000, 9, 100.0


@dataclass(frozen=True)
class Costs:
    """Microseconds: a report that asks the law, that keeps its findings, under the law and the reform at once; an act of police."""

    rules: int
    asked_us: float
    kept_us: float
    law_and_reform_us: float
    police_rules: int
    police_act_us: float
    limit_us: float = LIMIT_US

    @property
    def report_us(self) -> float:
        """The dearest way of a report: law and reform asked and written, and police's first act about it."""
        return round(self.law_and_reform_us + self.police_act_us, 1)

    @property
    def holds(self) -> bool:
        return self.report_us <= self.limit_us


def timed(work: Callable[[], Any]) -> float:
    """Microseconds of our own processor time a report, the quickest of some rounds: others may be at work here.

    Nothing is kept from report to report, as in a service, where a batch's findings go into their column and are let go.
    """
    rounds = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        work()
        rounds.append((time.process_time() - begin) / REPORTS * 1e6)
    return round(min(rounds), 1)


def cases() -> list[Case]:
    """Reports of a year, each with two earlier ones of the same respondent."""
    made = []
    for place in range(REPORTS):
        at = NOW - timedelta(hours=place * 4)
        told = {"recorded_at": at, "intoxication": "alcohol", "violence": ("physical",), "injury": "none", "children": 2}
        earlier = tuple(report(report_id=f"e/{n}", recorded_at=at - timedelta(days=90 * n), intoxication="alcohol") for n in (1, 2))
        made.append(Case(report(report_id=f"r/{place}", **told), earlier, at))
    return made


def acts() -> list[Asked]:
    """A protection order on each day of the same year, each served on somebody whose age is known."""
    act = read_law().lives["protection_order"].acts["issue"]
    born = NOW.date().replace(year=NOW.year - 34)
    days = [NOW - timedelta(hours=place * 4) for place in range(REPORTS)]
    order = [Measure(f"m/{day}", act.kind, "r/1", "p/1", "KZ-75", act.to, 1, day, day) for day in days]
    return [Asked(one, act, {}, born, 0, one.began_at) for one in order]


def asking(law: RulePack, asked: list[Case]) -> float:
    return timed(lambda: deque((law.ask(case.days(), case) for case in asked), maxlen=0))


def keeping(law: RulePack, asked: list[Case]) -> float:
    """The same, with the findings put into their column as text."""
    return timed(lambda: deque((json.dumps([finding for _, finding in law.ask(case.days(), case)]) for case in asked), maxlen=0))


def acting(law: RulePack, asked: list[Asked]) -> float:
    return timed(lambda: deque((law.ask(days_of(one), one, kind=one.measure.kind) for one in asked), maxlen=0))


def measure() -> Costs:
    asked, police = cases(), read_law().terms
    both = replace(reformed(LAW), rules=(*LAW.rules, *reformed(LAW).rules), questions=QUESTIONS)
    law = asking(LAW, asked), keeping(LAW, asked), keeping(both, asked)
    return Costs(len(LAW.rules), *law, len(police.rules), acting(police, acts()))


def line(costs: Costs) -> tuple[str, str, str]:
    """What, measured and target, as a row of the table."""
    measured = f"{costs.report_us} µs: {costs.law_and_reform_us} by law and reform at once, written, and {costs.police_act_us} by police"
    return "A report's findings, all packs loaded", measured, f"≤ {costs.limit_us:.0f} µs"


def main() -> int:
    costs = measure()
    print(": ".join(line(costs)[:2]))
    print(json.dumps({**vars(costs), "report_us": costs.report_us, "holds": costs.holds}))
    return 0 if costs.holds else 1


if __name__ == "__main__":
    sys.exit(main())
