"""What goes out of force with a measure that comes into force: that between the same two, whatever report it rests on? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from plumbing.service import Key, Moment
from services.police_intake.measures.following import made
from services.police_intake.measures.lives import Act, Measure, MoveMeasure
from services.police_intake.persons import root_of, rows_of

if TYPE_CHECKING:
    from services.police_intake.facts import KnownReport

Known = Mapping[Key, Any]


def superseded(act: Act, after: Measure, by: str, known: tuple[Known, Moment]) -> list[Any]:
    """The act that the table names is done about each that is in force, by who did this one and at the same hour."""
    if not act.supersedes:
        return []
    facts, moment = known
    kind, name, code = act.supersedes.split()
    ends = moment.law.measures.lives[kind].acts[name]
    events: list[Any] = []
    for one in _between_the_same_two(after, facts):
        if one.kind == kind and one.state in ends.from_states:
            at = max(after.since, one.since)
            events += made(ends, one, MoveMeasure(one.measure_id, name, by, one.version, code, at=at), known)
    return events


def _between_the_same_two(measure: Measure, facts: Known) -> Sequence[Measure]:
    """On its report; and about the same human on any other that names her, under whatever rows of theirs."""
    found = [*facts.get(("measures of", measure.report_id), ())]
    report: KnownReport | None = facts.get(("report", measure.report_id))
    hers = _rows(report.victim_id if report else None, facts)
    for row in _rows(measure.person_id, facts):
        for one in facts.get(("measures about", row), ()):
            other: KnownReport | None = facts.get(("report", one.report_id))
            if other is not None and other.victim_id in hers:
                found.append(one)
    return list({one.measure_id: one for one in found}.values())


def _rows(person_id: str | None, facts: Known) -> Sequence[str]:
    """All rows of this human; whoever is not known is nobody else."""
    person = facts.get(("person", person_id or ""))
    return rows_of(root_of(person, facts), facts) if person is not None else [person_id] if person_id else []
