"""Which numbers may be shown, so that nobody can be found by a small one, nor by taking the rest from a total? Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SMALL = 5  # numbers from 1 to 4 are shown to nobody
Values = Mapping[str, int]
Shown = dict[str, int | None]


@dataclass(frozen=True)
class Sum:
    """The reader knows, or can tell, that these parts make up this total; all by name."""

    total: str
    parts: tuple[str, ...]


def suppress(values: Values, sums: Sequence[Sum]) -> Shown:
    """Each number, or None where it is hidden: small ones, and as many more as keep every sum from giving one away.

    Holds if the sums form no circle: then each hidden number could be another, whatever else is shown. A nought is shown:
    it is nobody's.
    """
    hidden = {name for name, value in values.items() if 0 < abs(value) < SMALL}
    while True:
        more = {name for one in sums for name in _given_away(one, values, hidden)}
        if not more:
            return {name: None if name in hidden else value for name, value in values.items()}
        hidden |= more


def _given_away(one: Sum, values: Values, hidden: set[str]) -> Iterable[str]:
    """What must be hidden too: a single hidden member can be worked out, and so can a small rest of a shown total."""
    members = [name for name in (one.total, *one.parts) if name in hidden]
    rest = sum(values[name] for name in one.parts if name in hidden)
    alone = len(members) == 1
    small_rest = bool(members) and one.total not in hidden and rest < SMALL
    if not alone and not small_rest:
        return ()
    open_parts = sorted((values[name], name) for name in one.parts if name not in hidden and values[name] > 0)
    if open_parts:
        return (open_parts[0][1],)
    return (one.total,) if one.total not in hidden and values[one.total] > 0 else ()
