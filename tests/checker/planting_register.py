"""How would a broken promise about the register look? As planting.py, for entries."""

from __future__ import annotations

from collections.abc import Callable

from tests.checker.evidence import Evidence
from tests.checker.planting import first, place_of


def entry_without_a_clock(evidence: Evidence) -> None:
    entry = first(evidence.tables["social_registry"]["entries"], state="assessed")["entry_id"]
    tables = evidence.tables["social_registry"]
    tables["clocks"] = [row for row in tables["clocks"] if row["subject"] != entry]


def entry_never_said(evidence: Evidence) -> None:
    del evidence.wire[place_of(evidence, "RegisterEntryOpened")]


def entry_otherwise_on_the_wire(evidence: Evidence) -> None:
    first(evidence.tables["social_registry"]["entries"], state="assessed")["level"] = "E"


def entry_not_counted(evidence: Evidence) -> None:
    first(evidence.tables["situation_monitor"]["tallies"], kind="entry", to_state="assessed")["number"] -= 1


PLANTS: list[tuple[Callable[[Evidence], None], str]] = [
    (entry_without_a_clock, "is assessed without a clock or a task"), (entry_never_said, "on the public topic"),
    (entry_otherwise_on_the_wire, "has level E in its row and C on the public topic"),
    (entry_not_counted, "are assessed, the monitor has counted"),
]
