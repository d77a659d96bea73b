"""What became of reports at police and at court: how many cases and orders stand where, and none without a name? Pure."""

from __future__ import annotations

from services.situation_monitor.books import POLICE, Books
from services.situation_monitor.suppression import Shown, Sum
from services.situation_monitor.tables import Content, Label, Table

REPORTS = ("report", "record", "journal")  # counted by police, too; all else they count is a measure


def figures(books: Books) -> tuple[dict[str, int], list[Sum]]:
    """All measures of a kind, and of them those in each state; a reader can add these up."""
    values: dict[str, int] = {}
    sums: list[Sum] = []
    for kind, states in _measures(books).items():
        named = {f"measure/{kind}/{state}": number for state, number in states.items()}
        values |= {f"measure/{kind}": sum(named.values()), **named}
        sums.append(Sum(f"measure/{kind}", tuple(named)))
    return values, sums


def table(shown: Shown, books: Books) -> Table:
    """Every measure that was begun stands in one of these lines: an end has a name, and what is open is counted as open."""
    rows: list[tuple[Content, ...]] = []
    for kind, states in _measures(books).items():
        begun = shown[f"measure/{kind}"]
        numbers = {"begun": begun, **{state: shown[f"measure/{kind}/{state}"] for state in states}}
        rows += [(Label("kind", kind), Label("state", state), one, _share(one, begun)) for state, one in numbers.items()]
    return Table("measures", ("kind", "state", "number", "per_cent"), tuple(rows))


def _share(number: int | None, begun: int | None) -> int | None:
    return round(100 * number / begun) if number is not None and begun else None


def _measures(books: Books) -> dict[str, dict[str, int]]:
    return {kind: states for kind, states in books.lives(POLICE).items() if kind not in REPORTS}
