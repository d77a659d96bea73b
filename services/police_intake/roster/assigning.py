"""Which inspector on shift does what has to be done with her, and never a man where she wants a woman? Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from services.police_intake.roster.shifts import Shift

# Tasks in which an inspector speaks to her; every other one is paper, or about him.
WITH_HER = (
    "second_contact", "tell_her", "tell_her_out", "tell_her_required", "tell_her_no_approach", "release_unacknowledged",
    "danger", "risk_call_back", "risk_again", "consent_ends",
)


@dataclass(frozen=True)
class Errand:
    """One open task in which somebody speaks to her. station: of the report it rests on."""

    subject: str
    kind: str
    station: str
    wants_woman: bool
    opened_at: datetime

    @property
    def task(self) -> tuple[str, str]:
        return self.subject, self.kind


@dataclass(frozen=True)
class Assigned:
    """inspector: "" if nobody fits; unmet: she wants a woman, and none is on shift in her district."""

    inspector: str = ""
    unmet: bool = False


def assign(errands: Iterable[Errand], shifts: Sequence[Shift], now: datetime) -> Mapping[tuple[str, str], Assigned]:
    """(subject, kind) → who does it. Nothing is kept: who is on shift at this moment, and what is open, decide it alone.

    What only a woman may do is given out first, then the oldest; each to whom the fewest have been given.
    """
    here: dict[str, dict[str, bool]] = {}
    for shift in (one for one in shifts if one.is_on(now)):
        here.setdefault(shift.station, {})[shift.inspector] = shift.is_woman
    given: Counter[str] = Counter()
    found: dict[tuple[str, str], Assigned] = {}
    for errand in sorted(errands, key=lambda one: (not one.wants_woman, one.opened_at, one.task)):
        on_shift = here.get(errand.station, {})
        fit = [(given[name], name) for name, is_woman in on_shift.items() if is_woman or not errand.wants_woman]
        _, one = min(fit, default=(0, ""))
        given[one] += 1  # an inspector is in one district only
        found[errand.task] = Assigned(one, errand.wants_woman and not fit)
    return found
