"""What is a measure, which acts move it, what may be ordered about it, and what is kept? Frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbing.rules import RulePack
    from plumbing.service import Facts, Key

NOTHING, UNCHANGED = "nothing", "unchanged"
POLICE, PROSECUTOR, CLOCK, REPORT = "police", "prosecutor", "clock", "report"
Told = Mapping[str, str]


@dataclass(frozen=True, repr=False)
class Act:
    """One line of a life's table: who may go from where to where. needs: what must be told with it; asks: what may be.

    begins: the life that it begins, as `kind act code`. late: it may come when the life has ended.
    only_one: of a report there is one such life, also when the first has ended. tells: what her side is told by it.
    against: the lives one of which it is about and must name. alone: refused while what it begins stands about the same.
    court: from it on a court has it, or no longer does; None: as before. if_court: what it begins, it begins only then.
    supersedes: what is in force between the same two ends by it, as `kind act code`. bound: only while it bound him.
    """

    name: str
    kind: str
    from_states: tuple[str, ...]
    to: str
    label: str
    codes: tuple[str, ...]
    needs: tuple[str, ...] = ()
    office: str = POLICE
    begins: str = ""
    late: bool = False
    only_one: bool = False
    tells: str = ""
    against: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    alone: bool = False
    court: bool | None = None
    if_court: bool = False
    supersedes: str = ""
    bound: bool = False

    def after(self, state: str) -> str:
        return state if self.to == UNCHANGED else self.to


@dataclass(frozen=True)
class Life:
    """One table of acts; its first state is nothing."""

    kind: str
    acts: Mapping[str, Act]

    @cached_property
    def states(self) -> tuple[str, ...]:
        """Every state there is, in the order of the table; nothing is none."""
        named = [state for act in self.acts.values() for state in (act.to, *act.from_states)]
        return tuple(dict.fromkeys(state for state in named if state not in (NOTHING, UNCHANGED)))

    @cached_property
    def ends(self) -> tuple[str, ...]:
        """States in which nobody has to do anything: only a late act, as an appeal that overturns, still leaves them."""
        moving = [act for act in self.acts.values() if act.office != REPORT and not act.late]
        return tuple(state for state in self.states if not any(state in act.from_states for act in moving))

    def offered(self, state: str, office: str) -> list[Act]:
        """What a person of this office can do in this state."""
        return [act for act in self.acts.values() if act.label and act.office == office and state in act.from_states]


@dataclass(frozen=True)
class MeasureLaw:
    """Every life by its kind, by when what must be done, as dated rules, and the papers that are printed of them."""

    lives: Mapping[str, Life]
    terms: RulePack
    digest: str
    papers: tuple[Any, ...] = ()  # of Paper


@dataclass(frozen=True)
class Measure:
    """One measure as it stands. about: what it rests on, as a case on a broken order. court: one has it, or has ruled on it."""

    measure_id: str
    kind: str
    report_id: str
    person_id: str | None
    region: str
    state: str
    version: int
    began_at: datetime
    since: datetime
    until: datetime | None = None
    code: str = ""
    about: str = ""
    told: Told = field(default_factory=dict)
    court: bool = False


@dataclass(frozen=True)
class BeginMeasure:
    """Command: a measure begins on a report. at: when that happened in life; None: now. about: the measure it is against."""

    report_id: str
    kind: str
    act: str
    by: str
    code: str = ""
    told: Told = field(default_factory=dict)
    at: datetime | None = None
    office: str = POLICE
    about: str = ""


@dataclass(frozen=True)
class MoveMeasure:
    """Command: something was done about a measure. seen: its version on the page that was looked at."""

    measure_id: str
    act: str
    by: str
    seen: int
    code: str = ""
    told: Told = field(default_factory=dict)
    at: datetime | None = None
    office: str = POLICE


@dataclass(frozen=True)
class SettleParked:
    """Command: a measure whose report nobody knew belongs to this one; or to none, if it is empty."""

    parked_id: str
    report_id: str
    by: str


@dataclass(frozen=True)
class MeasureMoved:
    """Kept: one line of a measure's history, never changed."""

    measure_id: str
    version: int
    act: str
    state: str
    code: str
    by: str
    at: datetime
    told: Told


@dataclass(frozen=True)
class MeasureKept:
    """Kept: the measure as it stands from now on, and what moved it there."""

    measure: Measure
    moved: MeasureMoved

    def changed_facts(self, facts: Mapping[Key, Any]) -> Facts:
        one = self.measure
        found: Facts = {("measure", one.measure_id): one}
        for key in (("measures of", one.report_id), ("measures about", one.person_id or "")):
            others = {other.measure_id: other for other in facts.get(key, ())}
            found[key] = tuple({**others, one.measure_id: one}.values())
        return found


@dataclass(frozen=True)
class MeasureParked:
    """Kept: a measure whose report nobody knows yet, as it came. settled_as: the report it belonged to, or no_report."""

    parked_id: str
    begins: BeginMeasure
    settled_as: str = ""
    settled_by: str = ""

    @property
    def fact(self) -> Key:
        return "parked", self.parked_id
