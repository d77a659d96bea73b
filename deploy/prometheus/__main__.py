"""What must be done before Prometheus is started? `python -m deploy.prometheus FOLDER`, where endpoints.json lies."""

from __future__ import annotations

import sys
from pathlib import Path

from deploy.local.endpoints import place
from deploy.prometheus import prepare


def main(words: list[str]) -> int:
    folder = Path(words[0] if words else "var")
    if not place(folder).exists():
        print(f"{place(folder)} is not there: nothing was started in this folder. Say make up first.", file=sys.stderr)
        return 1
    room = prepare(folder)
    print(f"prometheus --config.file={room}/prometheus.yaml --storage.tsdb.path={room}/data"
          " --web.listen-address=127.0.0.1:9090")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
