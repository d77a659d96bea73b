"""How do state tables look as diagrams? `python -m tests.plumbing.state_diagrams` writes them into the README of each service."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from plumbing.transitions import Move, read_table

SERVICES = Path(__file__).parents[2] / "services"
# Measures of police have more to draw, and a file of their own: tests/police_intake/measure_diagrams.py.
TABLES = sorted(SERVICES.glob("*/transitions*.toml"))
UNCHANGED = "unchanged"
FROM, TO = "<!-- states: made from the tables -->\n", "<!-- end of states -->"


def drawn(arrows: Iterable[tuple[str, str, str]], ends: Iterable[str]) -> str:
    """(from, to, act): acts between the same two states are one arrow."""
    acts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one, other, act in arrows:
        acts[one, other].append(act)
    lines = [f"    {one} --> {other}: {', '.join(names)}" for (one, other), names in acts.items()]
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, *(f"    {state} --> [*]" for state in ends), "```", ""])


def lives(folder: Path) -> dict[str, list[Move]]:
    """The moves of each kind of life that this service's tables hold."""
    found: dict[str, list[Move]] = defaultdict(list)
    for path in TABLES:
        for move in read_table(path).moves.values() if path.parent == folder else ():
            found[move.kind].append(move)
    return found


def arrows_of(moves: list[Move]) -> list[tuple[str, str, str]]:
    return [(state, state if move.to == UNCHANGED else move.to, move.name) for move in moves for state in move.from_states]


def diagram(moves: list[Move]) -> str:
    """It begins in the states that no move leads to, and ends in those that none leaves."""
    arrows = arrows_of(moves)
    left, reached = (dict.fromkeys(arrow[place] for arrow in arrows) for place in (0, 1))
    begins = [("[*]", state, "begins") for state in left if state not in reached]
    return drawn([*begins, *arrows], [state for state in reached if state not in left])


def section(folder: Path) -> str:
    found = "\n".join(f"**{kind}**\n\n{diagram(moves)}" for kind, moves in lives(folder).items())
    return f"{FROM}\nThe same tables, drawn:\n\n{found}\n{TO}"


def folders() -> list[Path]:
    return sorted({path.parent for path in TABLES})


def main() -> None:
    for folder in folders():
        readme = folder / "README.md"
        text = readme.read_text("utf-8")
        readme.write_text(re.sub(f"{FROM}.*?{TO}", lambda _, folder=folder: section(folder), text, flags=re.DOTALL), "utf-8")


if __name__ == "__main__":
    main()
