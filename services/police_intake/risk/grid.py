"""What does a grid of risk hold: questions, points, grades and their clocks? Frozen, as read from its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

LANGUAGES = ("kk", "ru", "en")
YES, NO, UNKNOWN = "yes", "no", "unknown"
ANSWERS = (YES, NO, UNKNOWN)
HARD, POINTS = "hard", "points"


@dataclass(frozen=True)
class Question:
    """One thing she is asked. hard: a yes alone lifts the grade; else a yes is worth its points."""

    id: str
    kind: str
    points: int
    evidence: tuple[str, ...]
    text: Mapping[str, str]

    @property
    def is_hard(self) -> bool:
        return self.kind == HARD


@dataclass(frozen=True)
class Grade:
    """One grade: from how many points, or how many hard triggers (None: by points alone), and when she is asked again."""

    code: str
    points_min: int
    triggers_min: int | None
    reassess_hours: int


@dataclass(frozen=True, repr=False)
class Grid:
    """One version of a grid, with what it says of itself. Grades stand in order, the lowest first."""

    name: str
    version: int
    in_force_from: date
    in_force_until: date | None
    source: str
    certainty: str
    unknown_share_max: float
    unknown_at_least: str
    call_back_hours: int
    remind_hours: int
    second_person_hours: int
    grades: tuple[Grade, ...]
    questions: tuple[Question, ...]
    limits: Mapping[str, str]

    @property
    def id(self) -> str:
        return f"{self.name}/{self.version}"

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(one.code for one in self.grades)

    def rank(self, code: str) -> int:
        """-1 where nothing stands yet, so that anything is higher."""
        return self.codes.index(code) if code in self.codes else -1

    @cached_property
    def by_one_trigger(self) -> str:
        """What one hard trigger alone makes it."""
        reached = [one.code for one in self.grades if one.triggers_min is not None and one.triggers_min <= 1]
        return max(reached, key=self.rank, default=self.codes[-1])

    def hours(self, code: str) -> int:
        return self.grades[self.rank(code)].reassess_hours


@dataclass(frozen=True)
class Grids:
    """All versions of the grid: today's is asked, a past one explains what was graded by it."""

    versions: tuple[Grid, ...]

    def current(self, now: datetime) -> Grid:
        day = now.date()
        begun = [one for one in self.versions if one.in_force_from <= day]
        inside = [one for one in begun if one.in_force_until is None or day < one.in_force_until]
        return (inside or begun or list(self.versions))[-1]

    def named(self, grid_id: str) -> Grid | None:
        return next((one for one in self.versions if one.id == grid_id), None)
