"""Was a report registered later than a dated rule allows, and by how much? Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from plumbing.rules import Answer
from services.police_intake.journal.moments import KAZAKHSTAN

if TYPE_CHECKING:
    from plumbing.rules import Rule, RulePack

REGISTRATION = "registration/within-a-day"


@dataclass(frozen=True)
class Registered:
    """When police recorded a report, when it was registered here, and whether a journal brought it."""

    report_id: str
    station: str
    recorded_at: datetime
    kept_at: datetime
    by_journal: bool


def registered_late(parameters: Mapping[str, Any], one: Registered) -> Answer:
    waited = one.kept_at - one.recorded_at
    return Answer(waited > timedelta(hours=parameters["hours_max"]), f"hours={waited // timedelta(hours=1)}")


QUESTIONS: dict[str, Callable[..., Answer]] = {"registered_late": registered_late}


@dataclass(frozen=True)
class Duty:
    """The duty to register, for pages: the rules, and what they ask of rows as they were read."""

    pack: RulePack

    @property
    def least(self) -> timedelta:
        return least(self.pack)

    def on(self, day: date) -> Rule:
        return self.pack.version(REGISTRATION, day)

    def late(self, rows: Iterable[Sequence[Any]]) -> list[tuple[Registered, datetime, Rule]]:
        return late(self.pack, (Registered(*row) for row in rows))


def limit(pack: RulePack, recorded_at: datetime) -> timedelta:
    """Within how long a report of this day was to be registered."""
    return timedelta(hours=pack.version(REGISTRATION, _day(recorded_at)).parameters["hours_max"])


def least(pack: RulePack) -> timedelta:
    """What is registered sooner was late on no day."""
    return timedelta(hours=min(rule.parameters["hours_max"] for rule in pack.rules))


def late(pack: RulePack, found: Iterable[Registered]) -> list[tuple[Registered, datetime, Rule]]:
    """(report, until when it was to be registered, by which rule) of those that were not."""
    return [(one, one.recorded_at + limit(pack, one.recorded_at), rule) for one in found for rule in _broken(pack, one)]


def _broken(pack: RulePack, one: Registered) -> list[Rule]:
    day = _day(one.recorded_at)
    return [rule for rule, told in pack.ask({"occurred": day, "recorded": day}, one) if told.met]


def _day(moment: datetime) -> date:
    return moment.astimezone(KAZAKHSTAN).date()
