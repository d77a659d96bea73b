"""How do numbers become pictures: a grid of regions, a line of days? Places on a sheet, for a template to draw. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

# One equal square a region, so that Almaty is as readable as Karaganda; (row, column), west to east.
TILES = {
    "KZ-39": (0, 3), "KZ-59": (0, 4), "KZ-55": (0, 5),
    "KZ-27": (1, 0), "KZ-15": (1, 1), "KZ-11": (1, 3), "KZ-71": (1, 4), "KZ-63": (1, 6),
    "KZ-23": (2, 0), "KZ-62": (2, 3), "KZ-35": (2, 4), "KZ-10": (2, 5),
    "KZ-47": (3, 0), "KZ-43": (3, 2), "KZ-61": (3, 3), "KZ-31": (3, 4), "KZ-19": (3, 5), "KZ-33": (3, 6),
    "KZ-79": (4, 3), "KZ-75": (4, 5),
}
SIDE, GAP = 92, 4
SHADES = 4
WIDTH, HEIGHT, FOOT = 660, 160, 20


@dataclass(frozen=True)
class Tile:
    """Where a region lies; shade 0 is none, 1 to 4 from few to many; a hidden number has no shade but a pattern."""

    region: str
    x: int
    y: int
    number: int | None
    shade: int


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    number: int | None


def tiles(numbers: dict[str, int | None]) -> list[Tile]:
    most = max((number or 0 for number in numbers.values()), default=0)
    step = SIDE + GAP
    return [
        Tile(region, column * step, row * step, numbers[region], _shade(numbers[region], most))
        for region, (row, column) in TILES.items()
    ]


def bars(numbers: Sequence[int | None]) -> list[Bar]:
    """One bar a day over the whole width; a hidden number is a stub with a pattern of its own."""
    most = max((number or 0 for number in numbers), default=0) or 1
    width = WIDTH / max(len(numbers), 1)
    tall = [HEIGHT * (number / most) if number is not None else 4.0 for number in numbers]
    return [
        Bar(round(place * width + 1, 1), round(HEIGHT - height, 1), round(width - 2, 1), round(height, 1), number)
        for place, (height, number) in enumerate(zip(tall, numbers, strict=True))
    ]


def _shade(number: int | None, most: int) -> int:
    if not number or most <= 0:
        return 0
    return min(SHADES, 1 + (SHADES * (number - 1)) // most)


# From left to right: who is there, who else was answered, who is expected, who is asked for, who is with a person.
SEGMENTS = ("arrived", "closed_otherwise", "answered", "asked", "with_person")
LANE, NAME = 34, 220


@dataclass(frozen=True)
class Segment:
    """A part of what is called for; one with a hidden number is a stub, whose width tells nothing."""

    step: str
    x: float
    width: float
    number: int | None


def ways(shown: Mapping[str, int | None], kinds: Sequence[str]) -> list[tuple[str, list[Segment]]]:
    """Kind by kind, where those stand for whom something is called for; all on one scale."""
    most = max((shown[f"{kind}.called_for"] or 0 for kind in kinds), default=0) or 1
    return [(kind, _segments([(step, shown[f"{kind}.{step}"]) for step in SEGMENTS], (WIDTH - NAME) / most)) for kind in kinds]


def _segments(parts: Sequence[tuple[str, int | None]], scale: float) -> list[Segment]:
    found: list[Segment] = []
    x = float(NAME)
    for step, number in parts:
        width = round(6.0 if number is None else number * scale * 0.9, 1)
        if width:
            found.append(Segment(step, round(x, 1), width, number))
            x += width + 1
    return found
