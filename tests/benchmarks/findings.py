"""What does it cost to decide a report with all packs loaded and every finding kept? `python -m tests.benchmarks.findings`."""

from __future__ import annotations

import json
import time
from collections import deque
from dataclasses import replace
from datetime import timedelta

from plumbing.rules import RulePack, reformed
from services.referral_router.case import Case
from services.referral_router.questions import QUESTIONS
from services.referral_router.wiring import LAW
from tests.referral_router.region import report
from tests.stores import NOW

REPORTS, ROUNDS, LIMIT_US = 2000, 9, 100.0


def timed(work) -> float:
    """Microseconds of our own processor time a report, the quickest of some rounds: others may be at work here.

    Nothing is kept from report to report, as in a service, where a batch's findings go into their column and are let go.
    """
    rounds = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        work()
        rounds.append((time.process_time() - begin) / REPORTS * 1e6)
    return min(rounds)


def cases() -> list[Case]:
    """Reports of a year, each with two earlier ones of the same respondent."""
    made = []
    for place in range(REPORTS):
        at = NOW - timedelta(hours=place * 4)
        told = {"recorded_at": at, "intoxication": "alcohol", "violence": ("physical",), "injury": "none", "children": 2}
        earlier = tuple(report(report_id=f"e/{n}", recorded_at=at - timedelta(days=90 * n), intoxication="alcohol") for n in (1, 2))
        made.append(Case(report(report_id=f"r/{place}", **told), earlier, at))
    return made


def asking(law: RulePack, asked: list[Case]) -> float:
    return timed(lambda: deque((law.ask(case.days(), case) for case in asked), maxlen=0))


def keeping(asked: list[Case]) -> float:
    """The same, with the findings put into their column as text."""
    return timed(lambda: deque((json.dumps([finding for _, finding in LAW.ask(case.days(), case)]) for case in asked), maxlen=0))


def main() -> None:
    asked = cases()
    both = replace(reformed(LAW), rules=(*LAW.rules, *reformed(LAW).rules), questions=QUESTIONS)
    figures = {
        "rules": len(LAW.rules), "asked_us": round(asking(LAW, asked), 1), "kept_us": round(keeping(asked), 1),
        "law_and_reform_us": round(asking(both, asked), 1), "limit_us": LIMIT_US,
    }
    figures["holds"] = max(figures["kept_us"], figures["law_and_reform_us"]) <= LIMIT_US
    print(f"a report asks the rules of its day in {figures['asked_us']} µs, {figures['kept_us']} µs with its findings written")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
