"""What does a whole chain look like, and in which ways does somebody lay hands on it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from random import Random

from plumbing.audit.chain import GENESIS, NOTHING, Head, Row, chained

BEGAN = datetime(2026, 11, 22, 10, 7, 31, 5, tzinfo=UTC)
WORDS = ("subject", "role", "name", "region", "station", "facility", "action", "kind", "object_id", "purpose", "request_id")
Chain = list[Row]


def draft(number: int) -> Row:
    return Row(BEGAN + timedelta(seconds=number), f"staff-{number % 7}", "clerk", "Айгүл", "KZ-55", "station 2", "", "read",
               "report", f"report-{number % 11}", "casework", ("victim.name", "address"), f"request-{number}")


def chain(length: int = 60) -> Chain:
    return chained([draft(number) for number in range(length)], NOTHING)


def signed(rows: Chain, every: int = 20) -> list[Head]:
    """Heads as they are written outside: every so many rows, and at the stop."""
    return [Head(row.sequence, row.hash, "then") for row in rows if row.sequence % every == 0 or row is rows[-1]]


def end(rows: Chain) -> Head:
    return Head(rows[-1].sequence, rows[-1].hash) if rows else NOTHING


def changed(rows: Chain, chance: Random) -> Chain:
    """One value of one row, hashes included."""
    place = chance.randrange(len(rows))
    name = chance.choice([one.name for one in fields(Row)])
    value = getattr(rows[place], name)
    other = {
        datetime: lambda: value + timedelta(microseconds=1), bytes: lambda: bytes([value[0] ^ 1, *value[1:]]),
        tuple: lambda: value[:-1], int: lambda: value + chance.choice((-1, 1, 100)), str: lambda: value + "x",
    }[type(value)]()
    return [*rows[:place], replace(rows[place], **{name: other}), *rows[place + 1 :]]


def dropped(rows: Chain, chance: Random) -> Chain:
    place = chance.randrange(len(rows))
    return rows[:place] + rows[place + 1 :]


def doubled(rows: Chain, chance: Random) -> Chain:
    place, to = chance.randrange(len(rows)), chance.randrange(len(rows) + 1)
    return [*rows[:to], rows[place], *rows[to:]]


def reordered(rows: Chain, chance: Random) -> Chain:
    """Two rows change places, or also their numbers."""
    one, two = chance.sample(range(len(rows)), 2)
    mixed = list(rows)
    mixed[one], mixed[two] = rows[two], rows[one]
    if chance.random() < 0.5:
        mixed[one], mixed[two] = (replace(mixed[here], sequence=rows[here].sequence) for here in (one, two))
    return mixed


def cut(rows: Chain, chance: Random) -> Chain:
    return rows[: chance.randrange(len(rows))]


def forged(rows: Chain, chance: Random) -> Chain:
    """A row that never was, rightly hashed after the one before it; what follows is numbered anew, or left."""
    place = chance.randrange(len(rows))
    before = Head(place, rows[place - 1].hash if place else GENESIS)
    [new] = chained([replace(draft(place), object_id="nobody")], before)
    later = [replace(row, sequence=row.sequence + 1) for row in rows[place:]] if chance.random() < 0.5 else rows[place:]
    return [*rows[:place], new, *later]


def written_anew(rows: Chain, chance: Random) -> Chain:
    """By somebody who knows the hash: everything from a changed row on is chained again, whole in itself."""
    place = chance.randrange(len(rows))
    before = Head(place, rows[place - 1].hash if place else GENESIS)
    tail = [replace(rows[place], name="somebody else"), *rows[place + 1 :]]
    return [*rows[:place], *chained(tail, before)]


TAMPERINGS: tuple[Callable[[Chain, Random], Chain], ...] = (
    changed, dropped, doubled, reordered, cut, forged, written_anew,
)
