"""Which tables and dated terms does this service decide by? Read once, when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from plumbing.rule_files import load_rules
from plumbing.rules import RulePack
from plumbing.transitions import StateTable, read_table
from services.health_narcology.questions import QUESTIONS


@dataclass(frozen=True)
class Law(StateTable):
    """The moves of referrals, those of treatment cases, and by when somebody must act on a case."""

    cases: StateTable
    terms: RulePack


def read_law(folder: Path) -> Law:
    moves = read_table(folder / "transitions.toml").moves
    return Law(moves, read_table(folder / "transitions_of_cases.toml"), load_rules(folder / "rules", QUESTIONS))
