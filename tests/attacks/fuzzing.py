"""Does any request that a fuzzer of OpenAPI documents can think of bring a door down? In process, on a real database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

SEED = 20261124
# What no chance meets: a day on which there were reports, and a place that there is. Every other report gets them.
MEANT = {"recorded_at": "2026-11-23T20:15:00+05:00", "territory": "551000000"}
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@dataclass
class Tried:
    """How many requests were sent, how they were answered, and which brought a door down."""

    cases: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def try_door(app: Any, most: int, headers: dict[str, str] | None = None) -> Tried:
    """Send up to `most` requests, valid and invalid ones, spread over every operation of the door's own document.

    An operation without a parameter has one request only; what it leaves over is given to the others.
    """
    tried = Tried()
    ways = list(product(_operations(app), MODES))
    while tried.cases < most and ways:
        before, share = tried.cases, max(1, (most - tried.cases) // len(ways))
        ways = [way for way in ways if _knock(way, share, tried, headers)]
        if tried.cases == before:
            break
    return tried


def _operations(app: Any) -> Iterator[Any]:
    found = schemathesis.openapi.from_asgi("/openapi.json", app)
    return iter([result.ok() for result in found.get_all_operations()])


def _knock(way: tuple[Any, GenerationMode], share: int, tried: Tried, headers: dict[str, str] | None) -> bool:
    """Up to `share` requests of one operation; False if it has no more of them."""
    operation, mode = way
    before = tried.cases

    @seed(SEED + before)
    @settings(max_examples=share, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def knock(case: Any) -> None:
        tried.cases += 1
        if operation.label == "POST /reports" and mode is GenerationMode.POSITIVE and tried.cases % 2:
            case.body = {name: value for name, value in case.body.items() if name != "occurred_at"} | MEANT
        told = _answer(case, headers)
        tried.statuses[told[0]] += 1
        if told[0] >= 500:
            tried.faults.append(f"{operation.label} ({mode.value}): {told[1]} after {_sent(case)}")

    try:
        knock()
    except (Unsatisfiable, schemathesis.errors.SchemathesisError):
        return False
    return tried.cases - before >= share


def _answer(case: Any, headers: dict[str, str] | None) -> tuple[int, str]:
    try:
        answer = case.call(headers=headers)
        return answer.status_code, answer.text[:300] if answer.status_code >= 500 else ""
    except Exception as error:  # the application's own: it would have been a 500
        return 500, f"{type(error).__name__}: {str(error)[:300]}"


def _sent(case: Any) -> str:
    return f"path {case.path_parameters!r} query {case.query!r} headers {case.headers!r} body {str(case.body)[:600]!r}"
