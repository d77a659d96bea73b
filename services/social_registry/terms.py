"""By when must an entry of the register be looked at? Pure; the terms are the dated data of rules/."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from plumbing.service import CommandRefused
from plumbing.transitions import StateTable

if TYPE_CHECKING:
    from plumbing.rules import Rule, RulePack

LOCAL = timezone(timedelta(hours=5))  # all of Kazakhstan, since March 2024


@dataclass(frozen=True)
class Law:
    """What decides here besides people: two tables of moves, and the dated terms of the register."""

    referrals: StateTable
    entries: StateTable
    terms: RulePack

    @property
    def digest(self) -> str:
        return self.terms.digest

    def written(self) -> str:
        return self.terms.written()


@dataclass(frozen=True)
class Stage:
    """Where an entry stands when a term is asked for."""

    name: str
    level: str = ""


class NoTerm(LookupError):
    """No rule about this was in force on that day."""


def term(law: Law, stage: Stage, now: datetime) -> Rule:
    """The one rule that gives this term today; raises NoTerm outside the dates of all of them."""
    day = day_of(now)
    for rule, finding in law.terms.ask({"occurred": day, "recorded": day}, stage):
        if finding.met:
            return rule
    raise NoTerm(f"no rule about {stage.name} was in force on {day}")


def no_term() -> CommandRefused:
    return CommandRefused("no-term", "no rule about the register is in force today: it cannot be said what is due when")


def days(rule: Rule) -> timedelta:
    return timedelta(days=rule.parameters["within_days"])


def day_of(now: datetime) -> date:
    return now.astimezone(LOCAL).date()


def end_of(day: date) -> datetime:
    """The moment after which the day is over."""
    return datetime.combine(day + timedelta(days=1), time(), LOCAL)
