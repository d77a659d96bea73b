"""Which questions do the terms of a treatment case ask? Pure; each answers yes or no and says what it looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from plumbing.rules import Answer
from services.health_narcology.facts import Case

Parameters = Mapping[str, Any]


def stands_in(parameters: Parameters, case: Case, now: datetime) -> Answer:
    return Answer(case.state == parameters["state"], f"state={case.state}")


def waits_near_home(parameters: Parameters, case: Case, now: datetime) -> Answer:
    return Answer(case.state == parameters["state"] and not case.anywhere, f"state={case.state}")


def waits_anywhere(parameters: Parameters, case: Case, now: datetime) -> Answer:
    return Answer(case.state == parameters["state"] and case.anywhere, f"state={case.state}")


def term_has_ended(parameters: Parameters, case: Case, now: datetime) -> Answer:
    over = case.until is not None and case.until <= now
    return Answer(case.state == parameters["state"] and over, f"until={case.until}")


def report_was_taken_back(parameters: Parameters, case: Case, now: datetime) -> Answer:
    return Answer(case.contested, f"contested={case.contested}")


def term_is_lawful(parameters: Parameters, case: Case, now: datetime) -> Answer:
    met = parameters["months_min"] <= case.months <= parameters["months_max"]
    return Answer(met, f"months={case.months}")


QUESTIONS: dict[str, Callable[..., Answer]] = {
    function.__name__: function
    for function in (
        stands_in, waits_near_home, waits_anywhere, term_has_ended, report_was_taken_back, term_is_lawful,
    )
}
