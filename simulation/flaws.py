"""What goes wrong on the way: whose number is mistaken, what comes late, what comes twice?"""

from __future__ import annotations

import copy
from datetime import timedelta
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING

from simulation.figures import happens

if TYPE_CHECKING:
    from simulation.reports import Body


def mistake_numbers(rng: Random, bodies: list[Body]) -> None:
    """In one report of a hundred the victim's number is miscopied, or is that of the report before."""
    for before, body in pairwise(bodies):
        own, other = body["victim"]["iin"], before["victim"]["iin"]
        if own and happens(rng, "wrong_iin"):
            body["victim"]["iin"] = (
                other if other and other != own and rng.random() < 0.5 else miscopied(rng, own)
            )


def miscopied(rng: Random, iin: str) -> str:
    """Another last digit, so the check finds it; the seventh still tells that nobody carries it."""
    return iin[:11] + str((int(iin[11]) + rng.randint(1, 9)) % 10)


def delay(rng: Random) -> timedelta:
    """How long after it was written down a report is sent: at once, or hours late."""
    return timedelta(minutes=rng.randint(60, 720)) if happens(rng, "late") else timedelta(0)


def sent_again(rng: Random, bodies: list[Body], times: int) -> list[tuple[Body, Body, timedelta]]:
    """(body, its unchanged copy, how much later the copy is sent), for as many reports as are sent twice."""
    twice = rng.sample(bodies, min(times, len(bodies)))
    return [(body, copy.deepcopy(body), timedelta(minutes=rng.randint(1, 30))) for body in twice]
