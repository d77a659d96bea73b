"""What does a batch decide, message by message, each seeing what the one before it changed? Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plumbing.identity import Ids
from plumbing.plain import named, written
from plumbing.service import Facts, Heard, Key, Moment, Service

ROWS_AT_ONCE = 100


class Undecided(RuntimeError):
    """A decision raised: what it was about (a clock, a command) is to blame, and nothing around it."""


class Seen(Mapping[Key, Any]):
    """Facts that remember which of them a decision looked at: that is what the decision row keeps."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.asked: dict[Key, Any] = {}

    def __getitem__(self, key: Key) -> Any:
        self.asked[key] = value = self._facts[key]
        return value

    def get(self, key: Key, default: Any = None) -> Any:
        self.asked[key] = value = self._facts.get(key, default)
        return value

    def __iter__(self) -> Iterator[Key]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


@dataclass
class Decided:
    """What a batch comes to: events by message, letters set aside, decision rows."""

    events: list[tuple[Heard, Sequence[Any], Ids]] = field(default_factory=list)
    letters: list[tuple[Heard, str, bool]] = field(default_factory=list)
    rows: list[tuple[Any, ...]] = field(default_factory=list)


@dataclass(frozen=True)
class Bench:
    """What lies ready for a batch: the facts, which keys are held, the time, and where seeds come from."""

    facts: Facts
    held: set[str]
    now: datetime
    seed_for: Callable[[str], bytes]
    keep: Callable[[list[tuple[Any, ...]]], None] | None = None  # takes decision rows while the next ones are decided


def decide_all(service: Service, batch: Sequence[Heard], bench: Bench) -> Decided:
    """Decide message by message; what can't be decided is set aside and holds its key from there on."""
    outcome = Decided()
    for heard in batch:
        if heard.key in bench.held:
            outcome.letters.append((heard, heard.problem or "waits behind an earlier letter", not heard.problem))
        elif heard.problem:
            _set_aside(outcome, bench, heard, heard.problem)
        elif heard.message is not None:  # None: an event this service has no view of; only the watermark moves
            _decide_one(service, heard, bench, outcome)
        if bench.keep is not None and len(outcome.rows) >= ROWS_AT_ONCE:
            bench.keep(outcome.rows)
            outcome.rows = []
    return outcome


def _decide_one(service: Service, heard: Heard, bench: Bench, outcome: Decided) -> None:
    seen, ids = Seen(bench.facts), Ids(bench.seed_for(heard.message_id))
    try:
        moment = Moment(bench.now, ids, service.law)
        events = tuple(service.route(heard.message).decided(heard.message, seen, moment))
        counts: list[Any] = []
        for event in events:
            counts += service.counted(bench.facts, event, bench.now) if service.counted else ()
            bench.facts.update(service.evolve(bench.facts, event))
    except Exception as error:
        if heard.origin is None:
            raise Undecided(cause_of(error)) from error
        _set_aside(outcome, bench, heard, cause_of(error))
        return
    outcome.events.append((heard, (*events, *counts), ids))
    if service.keeps_decisions:
        outcome.rows.append(_row(service, heard, (bench.now, ids.seed, seen.asked, events)))


def cause_of(error: BaseException) -> str:
    """What went wrong, in one line; of a decision that raised, what it raised.

    Of a fact that was missing only its kind is told: its key may be somebody, and causes are shown on pages.
    """
    if isinstance(error, Undecided):
        return str(error)
    key = error.args[0] if isinstance(error, KeyError) and error.args else None
    return f"{type(error).__name__}: {key[0] if isinstance(key, tuple) and key else error}"


def _set_aside(outcome: Decided, bench: Bench, heard: Heard, cause: str) -> None:
    bench.held.add(heard.key)
    outcome.letters.append((heard, cause, False))


def _row(service: Service, heard: Heard, known: tuple[datetime, bytes, dict[Key, Any], Sequence[Any]]) -> tuple[Any, ...]:
    now, seed, asked, events = known
    return (
        heard.message_id,
        type(heard.message).__name__,
        heard.key,
        now,
        seed,
        service.law_hash,
        written(named(heard.message)),
        written({"/".join(key): value for key, value in asked.items()}),
        *as_kept(events),
    )


def as_kept(events: Sequence[Any]) -> tuple[str, str]:
    """What a decision came to, as its row keeps it: the events, and in a column of their own what its rules found."""
    decided = [named(event) for event in events]
    found = [finding for told in decided for finding in told.pop("findings", ())]
    return written(decided), written(found)
