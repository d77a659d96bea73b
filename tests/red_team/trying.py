"""What is tried, and what counts as refused?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Try:
    """Somebody tries what they must not; `does` gives how it went, and whether it was refused."""

    who: str
    what: str
    does: Callable[[], tuple[bool, str]]


def tried(tries: Iterable[Try]) -> tuple[int, int]:
    """Try everything, line by line; gives (tried, refused). What fails otherwise than by refusal was not refused."""
    total = refusals = 0
    for one in tries:
        try:
            refused, told = one.does()
        except Exception as error:  # a try that breaks proves nothing
            refused, told = False, f"{type(error).__name__}: {str(error).splitlines()[0][:90]}"
        total, refusals = total + 1, refusals + refused
        print(f"{'refused' if refused else 'DONE   '}  {one.who:22} {one.what:78} {told[:60]}")
    return total, refusals
