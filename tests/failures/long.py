"""Does the failure pass hold many times in succession? `python -m tests.failures.long [N=20]`"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).parent


def main() -> int:
    rounds = int(next((word.rpartition("=")[2] for word in sys.argv[1:]), "20"))
    failed = 0
    for number in range(1, rounds + 1):
        started = time.monotonic()
        done = subprocess.run([sys.executable, "-m", "pytest", str(FOLDER), "-q", "-x", "--no-header"], cwd=FOLDER.parents[1])
        failed = int(done.returncode != 0)
        print(f"round {number}: {'failed' if failed else 'passed'} in {time.monotonic() - started:.0f} s", flush=True)
        if failed:
            break
    print(json.dumps({"rounds": rounds, "failed": failed}))
    return failed


if __name__ == "__main__":
    sys.exit(main())
