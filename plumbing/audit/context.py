"""What is being asked for just now, under which name, and by which bounds is it looked at?"""

from __future__ import annotations

import tomllib
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

SETTINGS = Path(__file__).parent / "audit.toml"

request_id: ContextVar[str] = ContextVar("request_id", default="")
purpose: ContextVar[str] = ContextVar("purpose", default="")


@cache
def settings() -> dict[str, Any]:
    """Purposes, thresholds, limits and holidays."""
    return tomllib.loads(SETTINGS.read_text("utf-8"))


def purpose_for(role: str) -> str:
    """What is being looked for now: as the request said, else as its page is meant, else as somebody of this role does."""
    return purpose.get() or str(settings()["purpose_of_role"].get(role, settings()["usual_purpose"]))
