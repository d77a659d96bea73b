"""Which questions do the rules of the register ask? Pure; each answers yes or no and says what it looked at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plumbing.rules import Answer
from services.social_registry.terms import Stage


def entry_is_at_stage(parameters: Mapping[str, Any], stage: Stage) -> Answer:
    level_fits = "levels" not in parameters or stage.level in parameters["levels"]
    return Answer(parameters["stage"] == stage.name and level_fits, f"stage={stage.name} level={stage.level or '-'}")


QUESTIONS = {"entry_is_at_stage": entry_is_at_stage}
