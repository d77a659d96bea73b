"""What is known when something is done about a measure? Reading, locks first; the batch of keys in one query a kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from plumbing.clocks import ClockDue
from plumbing.postgres import Transaction
from plumbing.service import Facts
from services.police_intake import opened, store
from services.police_intake.facts import KnownReport
from services.police_intake.measures.lives import (
    BeginMeasure,
    Measure,
    MoveMeasure,
    SettleParked,
)
from services.police_intake.measures.rows import MEASURE, PARKED, parked_of
from services.police_intake.opened import with_groups

Command = BeginMeasure | MoveMeasure | SettleParked


def lives(tx: Transaction, messages: Sequence[Command]) -> list[list[str]]:
    """The measure, the report it rests on, and every row of the human it is about: a ledger is written by one at a time."""
    return [_lives(tx, message) for message in messages]


def known(tx: Transaction, messages: Sequence[Command]) -> Facts:
    facts = parked(tx, [one.parked_id for one in messages if isinstance(one, SettleParked)])
    found = measures(tx, "measure_id = ANY(%s)", [one.measure_id for one in messages if isinstance(one, MoveMeasure)])
    asked = [one.report_id for one in messages if not isinstance(one, MoveMeasure)]
    reports = store.known_reports(tx, [*asked, *(one.report_id for one in found)])
    people = [*_respondents(reports, found), *(one.victim_id for one in reports)]
    group = [one.person_id for one in with_groups(tx, opened.people(tx, "person_id = ANY(%s)", (people,)), facts)]
    reports += store.known_reports(tx, [one.report_id for one in _orders(tx, group)]) if group else []
    facts.update({("report", one.report_id): one for one in reports})
    ids = list(dict.fromkeys(one.report_id for one in reports))
    return facts | _indexed(tx, ids, group, found) | store.needs_of(tx, ids)


def with_measures(looked_up: Callable[..., Facts]) -> Callable[..., Facts]:
    """What this finds, and the measures and needs of each report it is asked about."""

    def found(tx: Transaction, messages: Sequence[Any]) -> Facts:
        ids = [message.report_id for message in messages]
        return looked_up(tx, messages) | _indexed(tx, ids, [], []) | store.needs_of(tx, ids)

    return found


def rung(tx: Transaction, messages: Sequence[ClockDue]) -> Facts:
    wanted = [message.subject for message in messages if message.step.startswith("measure/")]
    found = measures(tx, "measure_id = ANY(%s)", wanted) if wanted else []
    ids = [one.report_id for one in found]
    return _indexed(tx, ids, [], found) | store.needs_of(tx, ids) if found else {}


def measures(tx: Transaction, where: str, ids: Sequence[str]) -> list[Measure]:
    """By the hour they began."""
    rows = tx.rows(f"SELECT {MEASURE} FROM measures WHERE {where} ORDER BY began_at, measure_id", (list(ids),))
    return [Measure(*row) for row in rows]


def parked(tx: Transaction, ids: Sequence[str]) -> Facts:
    rows = tx.rows(f"SELECT {PARKED} FROM parked_measures WHERE parked_id = ANY(%s)", (list(ids),)) if ids else []
    found = [parked_of(row) for row in rows]
    return {one.fact: one for one in found}


def _indexed(tx: Transaction, reports: Sequence[str], people: Sequence[str], found: Sequence[Measure]) -> Facts:
    facts: Facts = {("measure", one.measure_id): one for one in found}
    for one in measures(tx, "report_id = ANY(%s)", reports):
        facts["measures of", one.report_id] = (*facts.get(("measures of", one.report_id), ()), one)
    for one in measures(tx, "person_id = ANY(%s)", people) if people else ():
        facts["measures about", str(one.person_id)] = (*facts.get(("measures about", str(one.person_id)), ()), one)
    return facts


def _respondents(reports: Sequence[KnownReport], found: Sequence[Measure]) -> list[str]:
    return [one.respondent_id for one in reports if one.respondent_id] + [one.person_id for one in found if one.person_id]


def _orders(tx: Transaction, people: Sequence[str]) -> list[Measure]:
    """What may be superseded by an act about another report of theirs."""
    return measures(tx, "kind = 'protection_order' AND person_id = ANY(%s)", people) if people else []


def _lives(tx: Transaction, message: Command) -> list[str]:
    own = {BeginMeasure: "report_id", MoveMeasure: "measure_id", SettleParked: "parked_id"}[type(message)]
    found = measures(tx, "measure_id = ANY(%s)", [message.measure_id]) if isinstance(message, MoveMeasure) else []
    asked = [one.report_id for one in found] if isinstance(message, MoveMeasure) else [message.report_id]
    reports = store.known_reports(tx, asked)
    group = with_groups(tx, opened.people(tx, "person_id = ANY(%s)", (_respondents(reports, found),)), {})
    orders = _orders(tx, [one.person_id for one in group])
    keys = [getattr(message, own), *asked, *(one.person_id for one in group)]
    keys += [key for one in orders for key in (one.measure_id, one.report_id)]
    return list(dict.fromkeys(key for key in keys if key))
