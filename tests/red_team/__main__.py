"""Is everything refused that nobody may do? A line a try, then one line of JSON; 1 if anything was done."""

from __future__ import annotations

import argparse
import json
import sys
from itertools import chain
from pathlib import Path

from tests.red_team import before, by_http, by_kafka, by_sql
from tests.red_team.trying import tried


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.red_team")
    parser.add_argument("endpoints", type=Path, help="var/endpoints.json of a Qorgan that runs with its doors closed")
    parser.add_argument("--only", choices=("http", "sql", "kafka"), help="one way in, instead of all")
    asked = parser.parse_args()
    at, folder = json.loads(asked.endpoints.read_text("utf-8")), asked.endpoints.resolve().parent
    before.prepare(at, folder)
    ways = {"http": by_http.tries(at, folder), "sql": by_sql.tries(at, folder), "kafka": by_kafka.tries(at)}
    total, refused = tried(chain.from_iterable(tries for name, tries in ways.items() if asked.only in (None, name)))
    print(json.dumps({"tried": total, "refused": refused}))
    return 0 if total == refused else 1


if __name__ == "__main__":
    sys.exit(main())
