"""Which moves does a life have? One table in data drives code, page and test."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Move:
    """One line of a state table: who may go from where to where, and what is said about it."""

    name: str
    kind: str
    from_states: tuple[str, ...]
    to: str
    says: str
    label: str
    codes: tuple[str, ...]

    def allows(self, kind: str, state: str) -> bool:
        return kind == self.kind and state in self.from_states


@dataclass(frozen=True)
class StateTable:
    moves: dict[str, Move]

    def acts(self, kind: str, state: str) -> list[Move]:
        """What a person can do with a life of this kind in this state; moves without a label are not a person's."""
        return [move for move in self.moves.values() if move.label and move.allows(kind, state)]


def read_table(path: Path) -> StateTable:
    entries = tomllib.loads(path.read_text("utf-8"))
    return StateTable(
        {
            name: Move(
                name, entry["kind"], tuple(entry["from"]), entry["to"],
                entry.get("says", ""), entry.get("label", ""), tuple(entry.get("codes", ())),
            )
            for name, entry in entries.items()
        }
    )
