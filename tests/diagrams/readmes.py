"""Which service has state tables, and what must its README show of them?"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from plumbing.transitions import Move, read_table
from tests.diagrams import drawing
from tests.police_intake import measure_diagrams

SERVICES = Path(__file__).parents[2] / "services"
TABLES = sorted(SERVICES.glob("**/transitions*.toml"))
# Police have a table a life, and their terms beside it; everywhere else a line of a table tells the kind of its life.
OWN = {"police_intake": measure_diagrams.section}


def service(table: Path) -> str:
    return table.relative_to(SERVICES).parts[0]


def readme(name: str) -> Path:
    return SERVICES / name / "README.md"


def sections() -> dict[str, str]:
    """What the README of every service with a state table must hold."""
    names = dict.fromkeys(service(table) for table in TABLES)
    return {name: OWN[name]() if name in OWN else _section(name) for name in names}


def _section(name: str) -> str:
    lives: dict[str, list[Move]] = defaultdict(list)
    for table in TABLES:
        for move in read_table(table).moves.values() if service(table) == name else ():
            lives[move.kind].append(move)
    return drawing.section({kind: _diagram(moves) for kind, moves in lives.items()})


def _diagram(moves: list[Move]) -> str:
    """A life begins where no act leads to, and has ended where none leads from."""
    left = dict.fromkeys(state for move in moves for state in move.from_states)
    reached = dict.fromkeys(move.to for move in moves if move.to != drawing.UNCHANGED)
    return drawing.diagram(moves, [state for state in left if state not in reached], [state for state in reached if state not in left])
