"""Which numbers are in force for erasures? Data of terms.toml."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from services.police_intake.erasing.acts import Terms

if TYPE_CHECKING:
    from services.police_intake.consent.contract import Law

FILE = Path(__file__).parent / "terms.toml"


def with_terms(law: Law) -> Law:
    """The law of her consent with that of erasures beside it, and the hash of both."""
    text = FILE.read_text("utf-8")
    return replace(law, erasing=dated(tomllib.loads(text)), digest=sha256(f"{law.digest}{text}".encode()).hexdigest()[:16])


def dated(read: dict[str, Any]) -> tuple[Terms, ...]:
    """One for each day on which a number changes."""
    days = sorted({one["in_force_from"] for one in (*read["term"], *read["answer"])})
    return tuple(_on(day, read) for day in days)


def _on(day: date, read: dict[str, Any]) -> Terms:
    """Both kinds of numbers as they stand on this day; each changes on days of its own."""
    one, answer = _last(day, read["term"]), _last(day, read["answer"])
    return Terms(
        day, timedelta(days=one["delay_days"]), timedelta(hours=one["approval_hours"]), timedelta(hours=one["again_hours"]),
        tuple(one["reasons"]), timedelta(hours=answer["answer_hours"]),
    )


def _last(day: date, entries: list[dict[str, Any]]) -> dict[str, Any]:
    return max((one for one in entries if one["in_force_from"] <= day), key=lambda one: one["in_force_from"])
