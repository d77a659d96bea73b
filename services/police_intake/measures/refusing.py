"""Why can this not be done about a measure? Pure: a refusal names the state it was in; what a rule says is in ruling.py."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from plumbing.service import CommandRefused, Key, Moment
from services.police_intake.measures import timing
from services.police_intake.measures.lives import Act, BeginMeasure, Measure, MoveMeasure
from services.police_intake.measures.told import FACTS
from services.police_intake.persons import human_of

Known = Mapping[Key, Any]
Command = BeginMeasure | MoveMeasure


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
        _of_facts(act, command, before) or timing.hindrance(act, command, before, moment)
        or _of_people(command, before, known)
        or _of_begun(act, before, known)
    )


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
    born, person = command.told.get("born", ""), human_of(before.person_id, known[0])
    if not born or born == "unknown" or person is None or person.birth_date is None:
        return None
    try:
        same = date.fromisoformat(born) == person.birth_date
    except ValueError:
        return CommandRefused("missing-fact", "tell born", before.state)
    return None if same else CommandRefused("another-person", "the paper names a person born on another day", before.state)
