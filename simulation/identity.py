"""Which national number can an invented person carry, so that no living person has it?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

# Digit 7 tells century and sex; 7 and 8 are not allocated (docs/facts.md §2).
NEVER_ISSUED = {"male": "7", "female": "8"}
WEIGHTS = (tuple(range(1, 12)), (*range(3, 12), 1, 2))


def check_digit(eleven: Sequence[int]) -> int | None:
    """The twelfth digit by both weight passes, or None where the serial is never issued."""
    for weights in WEIGHTS:
        rest = sum(weight * digit for weight, digit in zip(weights, eleven, strict=True)) % 11
        if rest < 10:
            return rest
    return None


def invented_number(rng: Random, born: date, sex: str) -> str:
    """Twelve digits with a true check digit, of the kind nobody was ever given."""
    while True:
        eleven = f"{born:%y%m%d}{NEVER_ISSUED[sex]}{rng.randrange(10_000):04d}"
        last = check_digit([int(digit) for digit in eleven])
        if last is not None:
            return f"{eleven}{last}"


def invented_phone(rng: Random) -> str:
    """A mobile number under 709, a code no operator has (docs/facts.md §2 lists those in use)."""
    return f"+7709{rng.randrange(10_000_000):07d}"
