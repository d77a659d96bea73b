"""Where does a running Qorgan answer?"""

from __future__ import annotations

import json
from pathlib import Path

from deploy.local.passwords import write_private


def place(folder: Path) -> Path:
    return folder / "endpoints.json"


def write(folder: Path, endpoints: dict) -> Path:
    """`{"kafka": address, "services": {name: url}, "postgres": {name: dsn},
    "postgres_admin": {name: dsn}, "dispatch_key": url, "keys": folder}`; holds passwords."""
    write_private(place(folder), json.dumps(endpoints, indent=2) + "\n")
    return place(folder)


def read(folder: Path) -> dict:
    """What was written last; empty if nothing runs."""
    try:
        return json.loads(place(folder).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
