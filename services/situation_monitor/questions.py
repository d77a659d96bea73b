"""Which questions may a rule about surges ask? Pure: (parameters, what was counted) → yes or no, and what was seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plumbing.rules import Answer


def more_than_usual(
    parameters: Mapping[str, Any], reports: int, before: Sequence[int], hours_ago: int
) -> Answer:
    """Enough at all, and many times as many as in the same hour of the weeks before; `before`: newest week first.

    An hour of long ago, from an old journal, is nobody's alarm, and what was usual then is not known any more.
    """
    if hours_ago >= parameters["fresh_hours"]:
        return Answer(False, f"hours_ago={hours_ago}")
    weeks = parameters["weeks"]
    usual = sum(before[:weeks]) / weeks
    met = reports >= parameters["reports_min"] and reports >= parameters["times_usual"] * usual
    return Answer(met, f"reports={reports} usual={usual:.1f} weeks={weeks}")


QUESTIONS = {"more_than_usual": more_than_usual}
