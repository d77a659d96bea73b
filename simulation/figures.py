"""Where do the generator's numbers stand? In the TOML files beside this one, each with its source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).parent


@cache
def figures(name: str) -> dict[str, Any]:
    """The table `regions`, `proportions` or `words`."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def regions() -> dict[str, dict[str, Any]]:
    """ISO code → the region's row."""
    return {row["iso"]: row for row in figures("regions")["region"]}


def pick(rng: Random, weights: Mapping[str, float]) -> str:
    """One key, as often as its weight says."""
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def chosen(rng: Random, table: str) -> str:
    """One value of a table of proportions.toml."""
    values, sums = _summed(table)
    return rng.choices(values, cum_weights=sums)[0]


@cache
def _summed(table: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Values and running sums of weights; added up once, since every report draws from eight tables."""
    weights = figures("proportions")[table]
    return tuple(weights), tuple(accumulate(weights.values()))


def happens(rng: Random, name: str) -> bool:
    """Does this happen, as often as [chances] says?"""
    return rng.random() < figures("proportions")["chances"][name]
