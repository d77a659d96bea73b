"""How is everything measured with one command? `make bench`, or `python -m tests.benchmarks`.

REPORTS (20000), FEW (1000, for the naive peer), ROUNDS (3) and SECONDS (30, of each pace) change how much is done.
"""

from __future__ import annotations

import json
import os
import sys
import time

from tests.benchmarks import table
from tests.benchmarks.ground import Ground
from tests.benchmarks.running import Plan, run_all


def plan_of(environment: dict[str, str]) -> Plan:
    reports = int(environment.get("REPORTS", Plan.reports))
    few = int(environment.get("FEW", max(reports // 20, 100)))
    seconds = float(environment.get("SECONDS", Plan.seconds))
    return Plan(reports, few, int(environment.get("ROUNDS", Plan.rounds)), seconds, kill_after=seconds / 3)


def main() -> int:
    plan, ground, began = plan_of(dict(os.environ)), Ground(), time.monotonic()

    def tell(text: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {text}", file=sys.stderr, flush=True)

    try:
        ground.begin()
        results = run_all(ground, plan, tell)
    finally:
        ground.end()
    if plan == Plan() or os.environ.get("WRITE"):  # a shorter run is no table to quote
        table.write(results, plan)
    print("\n".join(table.lines(results, plan)))
    print(json.dumps(table.figures(results)))
    return 1 if results.failed else 0


if __name__ == "__main__":
    sys.exit(main())
