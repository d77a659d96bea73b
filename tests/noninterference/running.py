"""Is the day the same, byte by byte, for those who must not know, whatever the secrets are?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from plumbing import metrics
from tests.noninterference import wire
from tests.noninterference.artefacts import Artefacts, artefacts_of
from tests.noninterference.comparing import differing, without_typed
from tests.noninterference.day import lived
from tests.noninterference.secrets import Secrets

# Police; and narcology, in whose service the cases before a court lie.
WATCHED = ("police_intake", "health_narcology")


@dataclass
class Outcome:
    """How many artefacts of how many bytes were compared, and which of them differ, with the place."""

    artefacts: int = 0
    bytes: int = 0
    differing: list[str] = field(default_factory=list)

    def told(self) -> dict[str, int]:
        return {"artefacts": self.artefacts, "bytes": self.bytes, "differing": len(self.differing)}


@dataclass(frozen=True)
class Run:
    """What each watched agency holds after a day, and by whom a victim was taken: to see that the secrets did differ."""

    secrets: Secrets
    held: dict[str, Artefacts]
    taken_by: dict[str, str]
    refusals: int
    erasures: int


def run(secrets: Secrets, reports: int, over_kafka: bool = False) -> Run:
    """One day with these secrets; with Kafka, what lies on the wire is held to what was compared."""
    _metrics_from_nothing()
    with lived(secrets, reports) as land:
        land.show_figures()
        held = {service: artefacts_of(land, service) for service in WATCHED}
        taken = dict(land.rows("referral_router", "SELECT need_id, facility_code FROM needs WHERE kind = 'shelter'"))
        refused = land.rows("referral_router", "SELECT count(*) FROM attempts WHERE outcome = 'full'")[0][0]
        complete = land.rows("police_intake", "SELECT count(*)::int FROM erasures WHERE state = 'complete'")[0][0]
        if over_kafka:
            wire.holds_what_was_said(land)
    return Run(secrets, held, taken, refused, complete)


def compare(first: Run, others: Sequence[Run]) -> Outcome:
    """Every artefact of the first run with its like in each other run."""
    outcome = Outcome()
    for other in others:
        for service in WATCHED:
            pair = (first.held[service], other.held[service])
            typed = service == "police_intake" and other.secrets.contact is not None
            one, two = map(without_typed, pair) if typed else pair
            outcome.artefacts += len({*one, *two})
            outcome.bytes += sum(map(len, one.values()))
            outcome.differing += [f"{service}, {first.secrets.name}/{other.secrets.name}: {one}" for one in differing(one, two)]
    return outcome


def _metrics_from_nothing() -> None:
    for metric in vars(metrics).values():
        if getattr(metric, "_labelnames", ()):
            metric.clear()
