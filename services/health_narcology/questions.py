"""Which questions do the terms of a treatment case ask? Pure; each answers yes or no and says what it looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from services.health_narcology.facts import Case

Parameters = Mapping[str, Any]


def stands_in(parameters: Parameters, case: Case, now: datetime) -> tuple[bool, str]:
    return case.state == parameters["state"], f"the case is {case.state}"


def waits_near_home(parameters: Parameters, case: Case, now: datetime) -> tuple[bool, str]:
    return case.state == parameters["state"] and not case.anywhere, f"the case is {case.state}"


def waits_anywhere(parameters: Parameters, case: Case, now: datetime) -> tuple[bool, str]:
    return case.state == parameters["state"] and case.anywhere, f"the case is {case.state}"


def term_has_ended(parameters: Parameters, case: Case, now: datetime) -> tuple[bool, str]:
    over = case.until is not None and case.until <= now
    return case.state == parameters["state"] and over, f"the term ends {case.until}"


def report_was_taken_back(parameters: Parameters, case: Case, now: datetime) -> tuple[bool, str]:
    return case.contested, "the report behind the case"


def term_is_lawful(parameters: Parameters, case: Case, now: datetime) -> tuple[bool, str]:
    met = parameters["months_min"] <= case.months <= parameters["months_max"]
    return met, f"{case.months} months"


QUESTIONS: dict[str, Callable[..., tuple[bool, str]]] = {
    function.__name__: function
    for function in (
        stands_in, waits_near_home, waits_anywhere, term_has_ended, report_was_taken_back, term_is_lawful,
    )
}
