"""What does an alert say? How many and by when: neither which service nor who, where or why."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from plumbing.languages import Speech, speeches
from plumbing.moments import ZONE
from plumbing.texts import N_
from plumbing.words import PLUMBING

NEW = N_("Qorgan: %(count)s new, answer by %(by)s. Open your list.")
LATE = N_("Qorgan: %(count)s waiting, due %(by)s. Open your list.")
LENGTH_MAX = 70  # one short message in UCS-2, as Kazakh and Russian need it
MANY = 9999


def text(language: str, count: int, due_at: datetime, now: datetime) -> str:
    """One neutral sentence in the recipient's language; the first time by which somebody must have answered."""
    local = due_at.astimezone(ZONE)
    same_day = local.date() == now.astimezone(ZONE).date()
    by = f"{local:%H:%M}" if same_day else f"{local:%d.%m %H:%M}"
    return _speech(language).say(NEW if due_at >= now else LATE, count=str(min(count, MANY)), by=by)


@cache
def _speech(language: str) -> Speech:
    return speeches(PLUMBING)[language]
