"""What do the access.toml files say, read once more and otherwise? Nothing here is the doors' own code."""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
STAFF = tomllib.loads((ROOT / "deploy/local/staff.toml").read_text("utf-8"))
# A route may speak of a referral, and mean what it is.
IS_A = {"guest": "referral", "notice": "referral", "detox": "referral", "examination": "referral"}


def _lists(*values: str | list[str]) -> list[list[str]]:
    return [[value] if isinstance(value, str) else value for value in values]


@cache
def _texts(service: str) -> list[dict[str, Any]]:
    return [tomllib.loads((ROOT / folder / "access.toml").read_text("utf-8")) for folder in ("plumbing", f"services/{service}")]


def rules(service: str) -> list[tuple[str, str, str, str]]:
    """Every (role, action, object, scope) of one service's door."""
    found = []
    for text in _texts(service):
        for one in text["may"]:
            found += [(*key, one["scope"]) for key in product(*_lists(one["role"], one["action"], one["object"]))]
    return found


def routes(service: str) -> dict[str, list[str]]:
    """METHOD /path → the words that say what it needs."""
    return {route: told.split() for text in _texts(service) for route, told in text["routes"].items()}


def roles() -> list[str]:
    """Every role anybody on the staff has, persons and machines."""
    return sorted({one["role"] for kind in ("person", "machine") for one in STAFF[kind]})


def bearer_of(role: str) -> dict[str, str]:
    """The first of the staff with this role; all stand at the same places where they stand anywhere."""
    return next(one for kind in ("person", "machine") for one in STAFF[kind] if one["role"] == role)


def may(service: str, role: str, action: str, kind: str) -> str:
    """The scope of the rule, or nothing."""
    return next((scope for who, does, what, scope in rules(service) if (who, does, what) == (role, action, kind)), "")
