"""Is the land safe from its own users? `make noninterference`: a sentence a difference, then one line of JSON."""

from __future__ import annotations

import json
import os
import sys

from tests import stores
from tests.noninterference.running import compare, run
from tests.noninterference.secrets import ALL

REPORTS = int(os.environ.get("REPORTS", "120"))


def main() -> int:
    os.environ.setdefault("QORGAN_SYNTHETIC_IIN", "allow")  # everybody here is invented
    try:
        runs = [run(secrets, REPORTS, over_kafka=secrets is ALL[0]) for secrets in ALL]
    finally:
        stores.shared_stack().wipe()
    elsewhere = sum(runs[0].taken_by[need] != code for need, code in runs[1].taken_by.items())
    print(f"the same day of {REPORTS} reports with other secrets: {elsewhere} of {len(runs[1].taken_by)} victims asked for elsewhere,"
          f" {runs[1].refusals} refusals more")
    outcome = compare(runs[0], runs[1:])
    print("\n".join(outcome.differing))
    print(json.dumps(outcome.told()))
    return 1 if outcome.differing else 0


if __name__ == "__main__":
    sys.exit(main())
