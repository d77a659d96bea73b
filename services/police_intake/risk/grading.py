"""Which grade do these answers give, why, and what would change it? Pure; an unknown answer never counts as no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.police_intake.risk.grid import NO, UNKNOWN, YES, Grid

Answers = Mapping[str, str]  # id of a question → yes, no or unknown; what is left out is unknown


@dataclass(frozen=True)
class Graded:
    """What the grid makes of the answers. `possible`: the grade if every unknown answer were a yes.

    nearest: (question, answer, grade) of the one answer that would change the grade first; None if no single one does.
    """

    grade: str
    possible: str
    points: int
    hard: tuple[str, ...]
    fired: tuple[str, ...]
    unknown: tuple[str, ...]
    too_many_unknown: bool
    nearest: tuple[str, str, str] | None


def counted(grid: Grid, answers: Answers, *, asked_apart: bool) -> dict[str, str]:
    """What counts of the answers: beside the other person nothing does, whatever was said there."""
    told = {one.id: answers.get(one.id, UNKNOWN) if asked_apart else UNKNOWN for one in grid.questions}
    return {name: answer if answer in (YES, NO) else UNKNOWN for name, answer in told.items()}


def graded(grid: Grid, answers: Answers, *, asked_apart: bool) -> Graded:
    counts = counted(grid, answers, asked_apart=asked_apart)
    fired = [one for one in grid.questions if counts[one.id] == YES]
    unknown = tuple(one.id for one in grid.questions if counts[one.id] == UNKNOWN)
    return Graded(
        _grade(grid, counts), _grade(grid, {name: _yes_if_unknown(answer) for name, answer in counts.items()}),
        sum(one.points for one in fired), tuple(one.id for one in fired if one.is_hard),
        tuple(one.id for one in fired if not one.is_hard), unknown, _too_many(grid, counts), _nearest(grid, counts),
    )


def _grade(grid: Grid, counts: Answers) -> str:
    fired = [one for one in grid.questions if counts[one.id] == YES]
    points, triggers = sum(one.points for one in fired), sum(one.is_hard for one in fired)
    reached = [
        one.code
        for one in grid.grades
        if points >= one.points_min or (one.triggers_min is not None and triggers >= one.triggers_min)
    ]
    least = [grid.unknown_at_least] if _too_many(grid, counts) else []
    return max([*reached, *least], key=grid.rank)


def _too_many(grid: Grid, counts: Answers) -> bool:
    return sum(answer == UNKNOWN for answer in counts.values()) > grid.unknown_share_max * len(grid.questions)


def _nearest(grid: Grid, counts: Answers) -> tuple[str, str, str] | None:
    """What nobody knows yet first: that is what to ask. Then what was denied, then what was said."""
    now = _grade(grid, counts)
    changes = [
        (one.id, other)
        for answer, other in ((UNKNOWN, YES), (NO, YES), (YES, NO))
        for one in sorted(grid.questions, key=lambda one: (not one.is_hard, one.points))
        if counts[one.id] == answer
    ]
    found = ((name, other, _grade(grid, {**counts, name: other})) for name, other in changes)
    return next((one for one in found if one[2] != now), None)


def _yes_if_unknown(answer: str) -> str:
    return YES if answer == UNKNOWN else answer
