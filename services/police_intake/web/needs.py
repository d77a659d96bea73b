"""How do the needs of reports stand, for a list of reports?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from services.police_intake import needs

if TYPE_CHECKING:
    from plumbing.pages import Desk

TONES = {"asked": "new", "with_person": "late", "answered": "going", "arrived": "good"}


def needs_by_report(desk: Desk, ids: list[str]) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for row in desk.look(lambda tx: needs.needs(tx, ids)):
        found.setdefault(row[0], []).append(row[2:])
    return found
