"""How does a grid's file become a grid? What an officer would stumble over is refused with file, line and reason."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from services.police_intake.risk.grid import HARD, LANGUAGES, POINTS, Grade, Grid, Grids, Question

if TYPE_CHECKING:
    from services.police_intake.consent.contract import Law

FOLDER = Path(__file__).parent
LOCK = "in_force.lock.toml"
TOLD_ONCE = (
    "name", "version", "in_force_from", "source", "certainty", "unknown_share_max", "unknown_at_least", "call_back_hours",
    "remind_hours", "second_person_hours",
)


class UnusableGrid(ValueError):
    """A grid that must not be used; the text names file, line and reason."""


@dataclass(frozen=True)
class Written:
    """One grid as it stands in its file."""

    file: str
    text: str
    told: dict[str, Any]

    def refused(self, near: str, reason: str) -> UnusableGrid:
        """`near` is what stands in the line that is to blame."""
        lines = enumerate(self.text.splitlines(), 1)
        return UnusableGrid(f"{self.file}:{next((place for place, line in lines if near in line), 1)}: {reason}")


def load(folder: Path = FOLDER) -> Grids:
    """All versions in a folder, the oldest first; raises UnusableGrid for one that was edited or cannot be graded by."""
    texts = {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.toml"))}
    locked: dict[str, str] = _parsed(LOCK, texts.pop(LOCK)).told["digests"]
    grids = [_grid(_parsed(name, text), locked) for name, text in texts.items()]
    gone = set(locked) - {one.id for one in grids}
    if gone or not grids:
        raise UnusableGrid(f"{LOCK}:1: grid {min(gone, default='')} is gone: somebody was graded by it, bring it back")
    return Grids(tuple(sorted(grids, key=lambda one: one.in_force_from)))


def with_grids(law: Law) -> Law:
    """The law of her consent and of erasures with the grids beside it, and the hash of all."""
    told = "".join(path.read_text("utf-8") for path in sorted(FOLDER.glob("*.toml")))
    return replace(law, grids=GRIDS, digest=sha256(f"{law.digest}{told}".encode()).hexdigest()[:16])


def digest_of(text: str) -> str:
    """Of all a grid says; its end alone may be written in later on."""
    told = {name: value for name, value in tomllib.loads(text).items() if name != "in_force_until"}
    return sha256(repr(sorted(told.items())).encode()).hexdigest()[:16]


def _parsed(file: str, text: str) -> Written:
    try:
        return Written(file, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise UnusableGrid(f"{file}:{line[1] if line else len(text.splitlines())}: {error}") from None


def _grid(where: Written, locked: dict[str, str]) -> Grid:
    told = where.told
    missing = [name for name in (*TOLD_ONCE, "grade", "question", "limits") if name not in told]
    if missing:
        raise where.refused("", f"{missing[0]} is missing")
    grades = tuple(
        Grade(one["code"], one["points_min"], one.get("triggers_min"), one["reassess_hours"]) for one in told["grade"]
    )
    questions = tuple(_question(where, one) for one in told["question"])
    once = {name: told[name] for name in TOLD_ONCE}
    grid = Grid(**once, in_force_until=told.get("in_force_until"), grades=grades, questions=questions, limits=told["limits"])
    for near, reason in _faults(grid):
        raise where.refused(near, reason)
    digest = digest_of(where.text)
    if grid.id not in locked:
        raise where.refused("version", f'lock it: write "{grid.id}" = "{digest}" into {LOCK}')
    if locked[grid.id] != digest:
        raise where.refused("version", f"{grid.id} was edited: bring it back, and write the next version beside it")
    return grid


def _question(where: Written, told: dict[str, Any]) -> Question:
    near = f'id = "{told.get("id", "")}"'
    if told.get("kind") not in (HARD, POINTS):
        raise where.refused(near, f"a question is {HARD} or {POINTS}")
    if (told["kind"] == POINTS) != (told.get("points", 0) > 0):
        raise where.refused(near, "a question has points of its own, or is hard and has none")
    texts = {language: told.get(language, "").strip() for language in LANGUAGES}
    return Question(told["id"], told["kind"], told.get("points", 0), tuple(told["evidence"]), texts)


def _faults(grid: Grid) -> Iterator[tuple[str, str]]:
    """(what stands in the line, what is wrong with it)."""
    for one in grid.questions:
        if missing := _missing(one.text):
            yield f'id = "{one.id}"', f"the question is not asked in {missing}"
    if missing := _missing(grid.limits):
        yield "[limits]", f"a grade is never shown without its limits: they are missing in {missing}"
    if twice := [name for name, count in Counter(one.id for one in grid.questions).items() if count > 1]:
        yield f'id = "{twice[0]}"', "this question is asked twice"
    if grid.unknown_at_least not in grid.codes:
        yield "unknown_at_least", "there is no such grade"
    for lower, higher in pairwise(grid.grades):
        if lower.points_min >= higher.points_min or lower.reassess_hours < higher.reassess_hours:
            yield f'code = "{higher.code}"', "a higher grade begins later and is looked at again sooner"
    if grid.grades[0].points_min != 0:
        yield f'code = "{grid.codes[0]}"', "the lowest grade begins at no points: everybody gets one"


def _missing(texts: Any) -> str:
    without: Sequence[str] = [language for language in LANGUAGES if not texts.get(language, "").strip()]
    return without[0] if without else ""


GRIDS = load()
