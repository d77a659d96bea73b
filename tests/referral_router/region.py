"""How does a region look in which the router decides? Facts in memory, every message folded in as the step does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from hashlib import blake2b
from typing import Any

from plumbing.clocks import ClockDue, ClockSet, ClockStopped
from plumbing.codec import Codec
from plumbing.identity import Ids
from plumbing.service import Moment
from plumbing.tasks import TaskClosed, TaskOpened, clocks_of
from services.referral_router import messages as m
from services.referral_router.facts import EVERYWHERE, Need, waits
from services.referral_router.wiring import LAW, SERVICE
from tests.stores import NOW

REGION, HOUR = "KZ-55", timedelta(hours=1)
CODEC = Codec()
ANSWERS = {"shelter": (m.PlaceHeld, m.SocialRefused, m.SocialAcknowledged, m.GuestArrived, m.SocialHoldEnded)}
HEALTH = (m.BedHeld, m.HealthRefused, m.HealthAcknowledged, m.PatientAdmitted, m.HealthHoldEnded)


def report(**changes: Any) -> m.ReportRegistered:
    """A wife, sober husband, no children, an hour ago, consent given; what differs is said."""
    kinds = {"registered": m.ReportRegistered, "corrected": m.ReportCorrected}
    made = kinds[changes.pop("as_", "registered")]
    usual = {
        "report_id": "report", "version": 1, "victim_ref": "she", "respondent_ref": "he", "household_ref": "home",
        "region": REGION, "recorded_at": NOW - HOUR, "occurred_at": None, "relation": "spouse", "intoxication": "none",
        "children": 0, "victim_age": "adult", "victim_sex": "female", "respondent_age": "adult", "consent": "yes",
        "mirrored": False,
    }
    return made(**{**usual, **changes})


def corrected(**changes: Any) -> m.ReportCorrected:
    return report(as_="corrected", **{"version": 2, **changes})


class Region:
    """Facilities, needs, clocks and tasks, as they stand after each message."""

    def __init__(self) -> None:
        self.facts: dict[tuple[str, str], Any] = {}
        self.now, self.law = NOW, LAW
        self.script: list[Any] = []
        self.waits_since: Callable[[str], Any] = lambda need_id: [one.need_id for one in self.needs()].index(need_id)
        self.clocks: dict[tuple[str, str], ClockSet] = {}
        self.tasks: dict[tuple[str, str], TaskOpened] = {}
        self.said: list[Any] = []

    def hear(self, message: Any) -> list[Any]:
        """Decide, fold in, and make sure that everything said can be written on the wire."""
        seed = blake2b(f"m/{len(self.script)}".encode(), digest_size=16).digest()  # as a pinned step would give it
        self.script.append(message)
        self._find_waiting()
        moment = Moment(self.now, Ids(seed), self.law)
        events = list(SERVICE.route(message).decided(message, dict(self.facts), moment))
        for event in events:
            self.facts.update(SERVICE.evolve(self.facts, event))
            for own in clocks_of(event) or [event]:
                self._wind(own)
            self._hand(event)
            if hasattr(event, "event"):
                CODEC.encode(event)
        self.said += events
        return events

    def open(self, code: str = "centre-1", kind: str = "crisis_centre", free: int = 5, **more: Any) -> list[Any]:
        """A facility says what it can take."""
        known = self.facts.get(("facility", code))
        sequence = known.sequence + 1 if known else 1
        place = {"region": REGION, "is_open": True, "sequence": sequence, **more}
        if kind in ("crisis_centre", "akimat"):
            men = place.pop("admits_men", False)
            return self.hear(m.CentreCapacity(facility_code=code, kind=kind, night_free=free, admits_men=men, **place))
        return self.hear(m.ClinicCapacity(facility_code=code, kind=kind, beds_free=free, **place))

    def need(self, kind: str = "shelter", report_id: str = "report") -> Need:
        """The latest need of this kind for a report."""
        return [one for one in self.needs() if one.kind == kind and one.report_id == report_id][-1]

    def needs(self) -> list[Need]:
        return [value for (name, _), value in self.facts.items() if name == "need"]

    def answer(self, word: str, need: Need | None = None, attempt: int = 0, more: str = "full") -> list[Any]:
        """What the one who was asked says: held, refused, let_go, arrived, ended."""
        need = need or self.need()
        held, refused, let_go, arrived, ended = ANSWERS.get(need.kind, HEALTH)
        head = (need.need_id, attempt or need.attempt)
        return self.hear({
            "held": lambda: held(*head, b"k" * 32), "refused": lambda: refused(*head, more), "let_go": lambda: let_go(*head),
            "arrived": lambda: arrived(*head), "ended": lambda: ended(*head, more),
        }[word]())

    def ring(self, step: str, need: Need | None = None) -> list[Any]:
        """The clock of this name runs out."""
        need = need or self.need()
        found = [clock for (subject, name), clock in self.clocks.items() if subject == need.need_id and name.startswith(step)]
        clock = found[0]
        del self.clocks[clock.subject, clock.step]
        self.now = max(self.now, clock.due_at)
        return self.hear(ClockDue(clock.subject, clock.step, clock.due_at, clock.key))

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)

    def _wind(self, event: Any) -> None:
        if isinstance(event, ClockSet):
            self.clocks.setdefault((event.subject, event.step), event)
        elif isinstance(event, ClockStopped):
            gone = [key for key in self.clocks if key[0] == event.subject and key[1].startswith(event.step)]
            for key in gone:
                del self.clocks[key]

    def _hand(self, event: Any) -> None:
        if isinstance(event, TaskOpened):
            self.tasks[event.subject, event.kind] = event
        elif isinstance(event, TaskClosed):
            self.tasks.pop((event.subject, event.kind), None)

    def _find_waiting(self) -> None:
        """What the store looks up for a capacity: who waits in a region and anywhere, longest first."""
        waiting = [one for one in self.needs() if waits(one)]
        for region in {need.region for need in self.needs()}:
            here = [one.need_id for one in waiting if one.region == region]
            self.facts["waiting", region] = tuple(sorted(here, key=self.waits_since))
        self.facts["waiting", EVERYWHERE] = tuple(sorted((one.need_id for one in waiting), key=self.waits_since))


def kinds(events: list[Any]) -> list[str]:
    """The names of what was said or kept, in order."""
    return [type(event).__name__ for event in events]


def only(events: list[Any], name: str) -> Any:
    """The one event of this name."""
    [found] = [event for event in events if type(event).__name__ == name]
    return found
