"""Why can this not be done about a measure? Pure: a refusal names the state it was in, or the rule and what it cites."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from plumbing.service import CommandRefused, Key, Moment
from services.police_intake.facts import Person
from services.police_intake.journal.moments import KAZAKHSTAN
from services.police_intake.measures.days import days_of
from services.police_intake.measures.lives import NOTHING, Act, Asked, BeginMeasure, Measure, MoveMeasure
from services.police_intake.measures.told import FACTS
from services.police_intake.persons import root_of, rows_of

if TYPE_CHECKING:
    from plumbing.rules import Finding, Rule

Known = Mapping[Key, Any]
Command = BeginMeasure | MoveMeasure
LEDGER = ("reconciliation", "recorded")


def hindrance(act: Act | None, command: Command, before: Measure, known: tuple[Known, Moment]) -> CommandRefused | None:
    """None if it can be done; `before` is the measure as it stands, in the state `nothing` if it is about to begin."""
    moment = known[1]
    if act is None or not act.label:
        return CommandRefused("unknown-act", "there is no such act here")
    if act.office != command.office:
        return CommandRefused("not-yours", f"this is an act of the {act.office}", before.state)
    if before.state not in act.from_states:
        return CommandRefused("wrong-state", f"this cannot be done: it is {before.state}", before.state)
    if isinstance(command, MoveMeasure) and command.seen != before.version:
        return CommandRefused("seen-otherwise", f"somebody was quicker: it is {before.state} now", before.state)
    if act.codes and command.code not in act.codes:
        return CommandRefused("unknown-code", f"say which: {', '.join(act.codes)}", before.state)
    return (
        _of_facts(act, command, before) or _of_times(command.at, before, moment.now)
        or _of_last_day(command, before, moment.now) or _of_people(command, before, known)
        or _of_begun(act, before, known)
    )


def found(act: Act, after: Measure, command: Command, known: tuple[Known, Moment]) -> list[tuple[Rule, Finding]]:
    """What the dated rules in force that may say no to it have found."""
    facts, moment = known
    person = person_of(after, facts)
    born = person.birth_date if person else None
    asked = Asked(after, act, command.told, born, reconciled(after, facts), moment.now)
    answers = moment.law.measures.terms.ask(days_of(asked), asked, kind=after.kind)
    return [(rule, one) for rule, one in answers if rule.question != "begun"]


def against(findings: Sequence[tuple[Rule, Finding]], told: Mapping[str, str]) -> CommandRefused | None:
    """What a rule says against it, with what it cites, how sure that is, and what may be done instead."""
    for rule, one in findings:
        if one.met is False and not _overruled(rule, told):
            instead = f"; instead: {rule.parameters['instead']}" if "instead" in rule.parameters else ""
            detail = f"{rule.id} ({rule.citation}; {rule.citation.certainty}) says no: {one.seen}{instead}"
            return CommandRefused("against-a-rule", detail, rule.id)
    return None


def _overruled(rule: Rule, told: Mapping[str, str]) -> bool:
    """What a court did is written down as it was, also against the rule: whoever is held will be let out."""
    return told.get("despite") == "yes" and bool(rule.parameters.get("court_may_differ"))


def beside(findings: Sequence[tuple[Rule, Finding]]) -> dict[str, str]:
    """What stands beside the act and hinders nothing: rules that could not be asked, and those a court went past."""
    of = {"unanswered": None, "overruled": False}
    told = {name: "; ".join(f"{rule.id} ({one.seen})" for rule, one in findings if one.met is met) for name, met in of.items()}
    return {name: rules for name, rules in told.items() if rules}


def person_of(measure: Measure, facts: Known) -> Person | None:
    person: Person | None = facts.get(("person", measure.person_id or ""))
    return root_of(person, facts) if person is not None else None


def reconciled(measure: Measure, facts: Known) -> int:
    """Lines of the ledger that stand about this human, whatever row of theirs they were written on."""
    person = person_of(measure, facts)
    rows = rows_of(person, facts) if person is not None else []
    lines = {one.measure_id: one for row in rows for one in facts.get(("measures about", row), ())}
    return sum((one.kind, one.state) == LEDGER for one in lines.values())


def baseless(command: BeginMeasure, facts: Known, moment: Moment) -> CommandRefused | None:
    """What is against a measure names one of this report, of a life it may be against; nothing else names any."""
    act = moment.law.measures.lives[command.kind].acts.get(command.act)
    against = act.against if act is not None else ()
    if not against and not command.about:
        return None
    on_report = facts.get(("measures of", command.report_id), ())
    base = next((one for one in on_report if one.measure_id == command.about and one.kind in against), None)
    if base is None:
        return CommandRefused("unknown-measure", "name the measure of this report that it is about")
    if (command.at or moment.now) < base.began_at:
        return CommandRefused("before-start", f"what it is about began {base.began_at:%Y-%m-%d %H:%M}", base.state)
    return None


def second(command: BeginMeasure, facts: Known, moment: Moment) -> CommandRefused | None:
    """The same measure, with the same code and about the same one, that still stands on this report."""
    life = moment.law.measures.lives[command.kind]
    act = life.acts.get(command.act)
    only_one = act is not None and act.only_one
    for one in facts.get(("measures of", command.report_id), ()):
        same = one.kind == command.kind and (only_one or (one.code, one.about) == (command.code, command.about))
        if same and (one.state not in life.ends or (only_one and one.state != "withdrawn")):
            return CommandRefused("second", f"there is one already, and it is {one.state}: {one.measure_id}", one.state)
    return None


def _of_facts(act: Act, command: Command, before: Measure) -> CommandRefused | None:
    told = (*act.needs, *(name for name in act.asks if name in command.told))
    wrong = [name for name in told if not re.fullmatch(FACTS[name], command.told.get(name, ""))]
    strange = sorted(set(command.told) - set(told))
    if wrong or strange:
        return CommandRefused("missing-fact", f"tell {', '.join(wrong or act.needs)}", before.state)
    return None


def _of_times(at: datetime | None, before: Measure, now: datetime) -> CommandRefused | None:
    if at is None:
        return None
    if at > now:
        return CommandRefused("in-the-future", "this has not happened yet", before.state)
    if before.state != NOTHING and at < before.since:
        return CommandRefused("before-start", f"it is {before.state} since {before.since:%Y-%m-%d %H:%M}", before.state)
    return None


def _of_last_day(command: Command, before: Measure, now: datetime) -> CommandRefused | None:
    """The last day that a court has set is a day, and none before its decision."""
    told = command.told.get("until_day", "none")
    if told == "none":
        return None
    try:
        is_past = date.fromisoformat(told) < (command.at or now).astimezone(KAZAKHSTAN).date()
    except ValueError:
        return CommandRefused("missing-fact", "tell until_day", before.state)
    return CommandRefused("before-start", "its last day is before the court's decision", before.state) if is_past else None


def _of_begun(act: Act, before: Measure, known: tuple[Known, Moment]) -> CommandRefused | None:
    if not act.alone:
        return None
    life = known[1].law.measures.lives[act.begins.split()[0]]
    for one in known[0].get(("measures of", before.report_id), ()):
        if (one.kind, one.about) == (life.kind, before.measure_id) and one.state not in life.ends:
            return CommandRefused("second", f"there is one already, and it is {one.state}: {one.measure_id}", one.state)
    return None


def _of_people(command: Command, before: Measure, known: tuple[Known, Moment]) -> CommandRefused | None:
    """A court's paper names whom it is about: another birth date is another person."""
    born, person = command.told.get("born", ""), person_of(before, known[0])
    if not born or born == "unknown" or person is None or person.birth_date is None:
        return None
    try:
        same = date.fromisoformat(born) == person.birth_date
    except ValueError:
        return CommandRefused("missing-fact", "tell born", before.state)
    return None if same else CommandRefused("another-person", "the paper names a person born on another day", before.state)
