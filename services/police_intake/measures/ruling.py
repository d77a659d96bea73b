"""What do the dated rules say about an act of a measure, and who said what they were asked about? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from plumbing.service import CommandRefused, Key, Moment
from services.police_intake.measures.asked import Asked
from services.police_intake.measures.days import days_of
from services.police_intake.persons import human_of, rows_of

if TYPE_CHECKING:
    from plumbing.rules import Finding, Rule
    from services.police_intake.measures.lives import Act, BeginMeasure, Measure, MoveMeasure

    Command = BeginMeasure | MoveMeasure

Known = Mapping[Key, Any]
LEDGER = ("reconciliation", "recorded")


def found(act: Act, after: Measure, command: Command, known: tuple[Known, Moment]) -> list[tuple[Rule, Finding]]:
    """What the dated rules in force that may say no to it have found."""
    facts, moment = known
    person = human_of(after.person_id, facts)
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


def reconciled(measure: Measure, facts: Known) -> int:
    """Lines of the ledger that stand about this human, whatever row of theirs they were written on."""
    person = human_of(measure.person_id, facts)
    rows = rows_of(person, facts) if person is not None else []
    lines = {one.measure_id: one for row in rows for one in facts.get(("measures about", row), ())}
    return sum((one.kind, one.state) == LEDGER for one in lines.values())
