"""What do the counts come to: reports, needs by kind and state, and do the books of the services agree? Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from plumbing.regions import COUNTRY, REGIONS
from services.situation_monitor.suppression import Sum

KINDS = ("shelter", "detox", "examination", "child_notice", "offer_help", "child_help", "mirror_review")
STATES = ("asked", "answered", "with_person", "arrived", "closed", "withdrawn")
ELSEWHERE = COUNTRY  # what is counted of a crisis centre in a region that is not told apart
EVERYWHERE = (*REGIONS, "unknown", ELSEWHERE)
BY_REGION = ("reports", "shelter.called_for", "shelter.arrived", "shelter.with_person", "detox.called_for", "detox.arrived",
             "child_notice.called_for")
POLICE, ROUTER = "police_intake", "referral_router"
VERDICTS = ("held", "duplicate", "ignored", "rejected")


class Books:
    """Sums over counted moves; a line has region, owner, kind, from_state, to_state, code, number, hours_waited."""

    def __init__(self, lines: Iterable[Any]) -> None:
        self._lines = list(lines)

    def of(self, region: str) -> Books:
        return Books(line for line in self._lines if line.region == region)

    def entered(self, owner: str, kind: str, state: str, before: str | None = None) -> int:
        """How often something came to this state, from that one (any, if none is named)."""
        return sum(
            line.number for line in self._moves(owner, kind) if line.to_state == state and before in (None, line.from_state)
        )

    def now(self, owner: str, kind: str, state: str) -> int:
        """How many stand there: those who came, less those who went on."""
        moves = list(self._moves(owner, kind))
        came = sum(line.number for line in moves if line.to_state == state)
        return came - sum(line.number for line in moves if line.from_state == state)

    def by_code(self, owner: str, kind: str, state: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for line in self._lines:
            if (line.owner, line.kind, line.to_state) == (owner, kind, state) and line.code:
                found[line.code] = found.get(line.code, 0) + line.number
        return found

    def ended(self) -> dict[str, int]:
        """Attempts that came to nothing, by code: a refusal, silence, a hold nobody came for."""
        found: dict[str, int] = {}
        for line in self._lines:
            if line.owner == ROUTER and line.code:
                found[line.code] = found.get(line.code, 0) + line.number
        return found

    def hours_until(self, kind: str, state: str) -> tuple[int, int]:
        """(how many needs came to this state, how many whole hours they had waited in all)."""
        moves = [line for line in self._moves(ROUTER, kind) if line.to_state == state]
        return sum(line.number for line in moves), sum(line.hours_waited for line in moves)

    def lives(self, owner: str) -> dict[str, dict[str, int]]:
        """Kind of life at an organisation → state → how many stand there now; a new kind of life appears by itself."""
        kinds = sorted({line.kind for line in self._lines if line.owner == owner})
        states = {kind: sorted({line.to_state for line in self._moves(owner, kind)}) for kind in kinds}
        return {kind: {state: self.now(owner, kind, state) for state in states[kind]} for kind in kinds}

    def figures(self) -> dict[str, int]:
        """Every figure that is shown for one region or the country, by name; the sums they make are in SUMS."""
        found = {"reports": self.entered(POLICE, "report", "registered"),
                 "assessed": self.entered(ROUTER, "assessment", "assessed")}
        found["under_way"] = found["reports"] - found["assessed"]
        for kind in KINDS:
            found |= {f"{kind}.{name}": number for name, number in self._need(kind).items()}
            found[f"{kind}.not_called_for"] = found["assessed"] - found[f"{kind}.called_for"]
        return found

    def records(self) -> dict[str, int]:
        """Of journals: how many records, and their verdicts; of reports: by which door."""
        doors, corrected = self.by_code(POLICE, "report", "registered"), self.by_code(POLICE, "report", "corrected")
        found = {"records": self.entered(POLICE, "journal", "read"), "accepted": doors.get("journal", 0),
                 "correction": corrected.get("journal", 0), "by_form": doors.get("form", 0)}
        return found | {verdict: self.entered(POLICE, "record", verdict) for verdict in VERDICTS}

    def exact(self) -> bool:
        """Registered is assessed, and nothing left a state it never came to."""
        stocks = [self.now(ROUTER, kind, state) for kind in KINDS for state in STATES]
        return self.figures()["under_way"] == 0 and min(stocks) >= 0

    def _need(self, kind: str) -> dict[str, int]:
        asked, answered, person, there, closed, withdrawn = (self.now(ROUTER, kind, state) for state in STATES)
        left = self.entered(ROUTER, kind, "closed", "arrived")
        placed, waiting = there + closed, asked + answered
        return {
            "called_for": placed + person + waiting, "opened": self._opened(kind), "withdrawn": withdrawn, "placed": placed,
            "arrived": there + left, "closed_otherwise": closed - left, "with_person": person, "waiting": waiting,
            "asked": asked, "answered": answered,
        }

    def _opened(self, kind: str) -> int:
        return sum(line.number for line in self._moves(ROUTER, kind) if line.from_state == "")

    def _moves(self, owner: str, kind: str) -> Iterable[Any]:
        """Moves only: an attempt that ended leaves its need where it was, a bed that was left leaves its case there."""
        own = (line for line in self._lines if (line.owner, line.kind) == (owner, kind))
        return (line for line in own if line.from_state != line.to_state and not (owner == ROUTER and line.code))


def country_sums() -> Sequence[Sum]:
    """What a reader can add up of the country's figures; no circle among them."""
    sums = [Sum("reports", ("assessed", "under_way"))]
    for kind in KINDS:
        sums += [
            Sum("assessed", (f"{kind}.called_for", f"{kind}.not_called_for")),
            Sum(f"{kind}.opened", (f"{kind}.called_for", f"{kind}.withdrawn")),
            Sum(f"{kind}.called_for", (f"{kind}.placed", f"{kind}.with_person", f"{kind}.waiting")),
            Sum(f"{kind}.placed", (f"{kind}.arrived", f"{kind}.closed_otherwise")),
            Sum(f"{kind}.waiting", (f"{kind}.asked", f"{kind}.answered")),
        ]
    return sums
