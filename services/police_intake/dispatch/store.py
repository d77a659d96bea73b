"""What is known of incidents that come in? Reading, locks first, like store.py; the sealed part is opened here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from plumbing import vault
from plumbing.postgres import Transaction
from plumbing.service import Facts
from services.police_intake import store
from services.police_intake.dispatch import asking
from services.police_intake.dispatch.incident import IncidentHeard, IncidentReported, Opened
from services.police_intake.dispatch.keys import NoDispatchKey, read_keys
from services.police_intake.dispatch.opening import opened
from services.police_intake.messages import RegisterReport
from services.police_intake.officer.acts import RecordClosed, VictimAnswered
from services.police_intake.opened import answers
from services.police_intake.report import Consent, SafeContact
from services.police_intake.sealed import lock_name

LookUp = Callable[[Transaction, Sequence[RegisterReport]], Facts]


def lives_of_incidents(tx: Transaction, messages: Sequence[IncidentReported]) -> list[list[str]]:
    """The incident itself, what may be held of it, and all that may be the same report."""
    read, known = _opened(tx, messages), _known(tx, messages)
    lives = []
    for said in messages:
        one, before = read[said.name], known.get(said.incident_id)
        own = [lock_name(f"incident/{said.incident_id}"), lock_name(one.content_hash)]
        own += [one for one in (before.held_id, before.report_id) if one] if before else []
        lives.append(own + (store.lives_of_incoming(tx, [one.command])[0] if one.command else []))
    return lives


def incidents(incoming: LookUp, tx: Transaction, messages: Sequence[IncidentReported]) -> Facts:
    """How each incident stands, what it says now, and all that is known of such a report: `incoming` looks as at any door."""
    read, known = _opened(tx, messages), _known(tx, messages)
    told = answers(tx, [one.report_id for one in known.values() if one.report_id])
    ready = {said.name: _of_its_report(read[said.name], known.get(said.incident_id), told) for said in messages}
    facts = incoming(tx, [one.command for one in ready.values() if one.command])
    facts.update(store.held_hashes(tx, [one.content_hash for one in ready.values()]))
    facts.update({("opened", name): one for name, one in ready.items()})
    facts.update({one.fact: one for one in known.values()})
    facts.update(_held(tx, [one.held_id for one in known.values() if one.held_id]))
    return facts


def _opened(tx: Transaction, messages: Sequence[IncidentReported]) -> dict[str, Opened]:
    try:
        keys, now = read_keys(), tx.now()
    except NoDispatchKey as error:
        return {said.name: Opened({}, "", hindrance=str(error)) for said in messages}
    read = {said.name: opened(said, keys, now) for said in messages}
    return {name: replace(one, said_as=vault.here().index("incident", one.content_hash).hex()) for name, one in read.items()}


def _known(tx: Transaction, messages: Sequence[IncidentReported]) -> dict[str, IncidentHeard]:
    return asking.incidents(tx, [said.incident_id for said in messages])


def _of_its_report(read: Opened, before: IncidentHeard | None, told: Facts) -> Opened:
    """A second saying is about the first one's report; where it is silent, what she said herself stands."""
    if read.command is None or before is None or not before.report_id:
        return read
    fields, said = read.command.fields, told.get(("answers", before.report_id))
    if isinstance(said, VictimAnswered):
        silent = fields.consent in (Consent.UNKNOWN, Consent.NOT_ASKED)
        consent = said.consent if silent else fields.consent
        contact = said.safe_contact if fields.safe_contact == SafeContact() else fields.safe_contact
        fields = replace(fields, consent=consent, safe_contact=contact)
    return replace(read, command=_about(read.command, fields, before.report_id))


def _about(command: RegisterReport, fields: Any, report_id: str) -> RegisterReport:
    return replace(command, fields=fields, report_id=report_id)


def _held(tx: Transaction, ids: Sequence[str]) -> Facts:
    rows = tx.rows(
        "SELECT held_id, verdict, outcome, report_id, closed_by FROM held_records WHERE held_id = ANY(%s)", (list(ids),)
    )
    return {
        ("held record", held_id): RecordClosed(held_id, outcome, report_id or "", by) if outcome else verdict
        for held_id, verdict, outcome, report_id, by in rows
    }
