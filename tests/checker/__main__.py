"""Is a running Qorgan whole? `python -m tests.checker var/endpoints.json [ANSWERED.txt]`; best asked at rest."""

import json
import sys
from pathlib import Path

from tests.checker import Checker


def main() -> int:
    if len(sys.argv) not in (2, 3):
        print("usage: python -m tests.checker ENDPOINTS.json [file with one report id a line]", file=sys.stderr)
        return 2
    endpoints = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    answered = Path(sys.argv[2]).read_text("utf-8").split() if len(sys.argv) == 3 else []
    broken = Checker(endpoints).check(answered)
    for sentence in broken:
        print(sentence)
    print(json.dumps({"violated": len(broken)}))
    return 1 if broken else 0


sys.exit(main())
