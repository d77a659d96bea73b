"""Do the failures hold many times in succession, and how long does a pass take? `python -m tests.failures.long [N=20]`"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

TESTS = Path(__file__).parents[1]
SECONDS_WISHED = 240  # told, and never a reason to fail: a machine has slow hours


def main() -> int:
    """Rounds of all failures, then what is marked as long; ends at the first that fails."""
    rounds = int(next((word.rpartition("=")[2] for word in sys.argv[1:]), "20"))
    seconds: list[int] = []
    for number in range(1, rounds + 1):
        passed, took = _run(str(TESTS / "failures"), "-x", "-m", "not long")
        seconds.append(took)
        print(f"round {number}: {'passed' if passed else 'failed'} in {took} s", flush=True)
        if not passed:
            return _told(rounds, seconds, {"passed": number - 1, "failed": 1})
    passed, took = _run(str(TESTS), "-m", "long")
    print(f"the long ones: {'passed' if passed else 'failed'} in {took} s", flush=True)
    return _told(rounds, seconds, {"passed": rounds, "failed": int(not passed), "long_seconds": took})


def _run(*words: str) -> tuple[bool, int]:
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-n", "2", "--dist", "loadscope", *words]
    done = subprocess.run(command, cwd=TESTS.parent)
    return done.returncode == 0, round(time.monotonic() - began)


def _told(rounds: int, seconds: list[int], more: dict[str, int]) -> int:
    slower = sum(took > SECONDS_WISHED for took in seconds)
    print(json.dumps({"rounds": rounds, "seconds": seconds, f"slower_than_{SECONDS_WISHED}": slower, **more}))
    return more["failed"]


if __name__ == "__main__":
    sys.exit(main())
