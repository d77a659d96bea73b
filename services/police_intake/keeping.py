"""What does police intake write, batch by batch? SQL only, like store.py, which reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Any

from plumbing.plain import plain
from plumbing.postgres import Transaction, as_json
from services.police_intake.consent import keeping as consent_keeping
from services.police_intake.dispatch import keeping as incidents
from services.police_intake.facts import NeedLinked, NeedSeen, PersonKept, ReportClosed, ReportKept
from services.police_intake.messages import Replied
from services.police_intake.officer.acts import PersonsJudged, RecordClosed, VictimAnswered
from services.police_intake.officer.groups import PERSON
from services.police_intake.records import ImportFinished, RecordHeld, VerdictGiven
from services.police_intake.store import REPORT

Events = Sequence[tuple[Any, datetime]]


def record(tx: Transaction, events: Events) -> None:
    """Write what was decided; of several states of one thing within the batch the last one counts."""
    _persons(tx, events)
    _reports(tx, [(event, at) for event, at in events if isinstance(event, (ReportKept, ReportClosed))])
    _versions(tx, [(event, at) for event, at in events if isinstance(event, ReportKept)])
    _set_aside(tx, events)
    _answers(tx, [(event, at) for event, at in events if isinstance(event, Replied) and event.request and event.request.key])
    needs = {event.need_id: event for event, _ in events if isinstance(event, NeedSeen)}
    tx.insert(
        "INSERT INTO needs_seen VALUES %s ON CONFLICT (need_id) DO UPDATE SET state = excluded.state,"
        " queue = excluded.queue, sequence = excluded.sequence, public_key = excluded.public_key",
        [astuple(needs[need_id]) for need_id in sorted(needs)],
    )
    changes = {(one.need_id, one.sequence): (one.need_id, one.sequence, one.state, one.queue, at)
               for one, at in reversed(events) if isinstance(one, NeedSeen)}
    tx.insert("INSERT INTO need_changes VALUES %s ON CONFLICT DO NOTHING", [changes[key] for key in sorted(changes)])
    _officer(tx, events)
    incidents.record(tx, events)
    consent_keeping.record(tx, events)
    links = sorted({(event.report_id, event.need_id) for event, _ in events if isinstance(event, NeedLinked)})
    for event, at in events:
        if isinstance(event, ImportFinished):
            tx.run(
                "UPDATE import_runs SET finished_at = %s, records = %s WHERE run_id = %s", (at, event.records, event.run_id)
            )
    tx.insert("INSERT INTO report_needs VALUES %s ON CONFLICT DO NOTHING", links)


def _persons(tx: Transaction, events: Events) -> None:
    last = {event.person.person_id: event.person for event, _ in events if isinstance(event, PersonKept)}
    tx.insert(
        f"INSERT INTO persons ({PERSON}) VALUES %s ON CONFLICT (person_id) DO UPDATE SET iin = excluded.iin,"
        " same_as = excluded.same_as",
        [astuple(person) for person in last.values()],
    )


def _reports(tx: Transaction, events: Events) -> None:
    first = {event.report.report_id: at for event, at in reversed(events)}
    last: dict[str, Any] = {}
    for event, _ in events:
        before = last.get(event.report.report_id)
        closed = (event.reason, event.by) if isinstance(event, ReportClosed) else (None, None)
        station = event.fields.station if isinstance(event, ReportKept) else before[1] if before else ""
        last[event.report.report_id] = (event.report, station, closed)
    tx.insert(
        f"INSERT INTO reports ({REPORT}, station, kept_at, closed_reason, closed_by) VALUES %s"
        " ON CONFLICT (report_id) DO UPDATE SET identity = excluded.identity, version = excluded.version,"
        " active = excluded.active, victim_id = excluded.victim_id, respondent_id = excluded.respondent_id,"
        " household_ref = excluded.household_ref, extracted_at = excluded.extracted_at,"
        " recorded_at = excluded.recorded_at, address_key = excluded.address_key, consent = excluded.consent,"
        " region = excluded.region,"
        " station = coalesce(nullif(excluded.station, ''), reports.station),"
        " closed_reason = excluded.closed_reason, closed_by = excluded.closed_by",
        [(*astuple(report), station, first[report_id], *closed) for report_id, (report, station, closed) in last.items()],
    )


def _versions(tx: Transaction, kept: Sequence[tuple[ReportKept, datetime]]) -> None:
    tx.insert(
        "INSERT INTO report_versions VALUES %s",
        [
            (
                event.report.report_id, event.report.version, event.content_hash, as_json(event.content),
                as_json(plain(event.fields)), list(event.doubts), at,
            )
            for event, at in kept
        ],
    )


def _set_aside(tx: Transaction, events: Events) -> None:
    tx.insert(
        "INSERT INTO held_records (held_id, verdict, reason, content, content_hash, kept_at, extracted_at, doubts)"
        " VALUES %s ON CONFLICT (content_hash) DO NOTHING",
        [
            (
                event.held_id, event.verdict, event.reason, as_json(event.content), event.content_hash, at,
                event.extracted_at, list(event.doubts),
            )
            for event, at in events
            if isinstance(event, RecordHeld)
        ],
    )
    tx.insert(
        "INSERT INTO import_verdicts VALUES %s",
        [
            (event.record.run_id, event.record.record, event.verdict, list(event.doubts), event.reason, event.report_id)
            for event, _ in events
            if isinstance(event, VerdictGiven)
        ],
    )


def _answers(tx: Transaction, replied: Events) -> None:
    tx.insert(
        "INSERT INTO answered_requests VALUES %s",
        [
            (event.request.client, event.request.key, event.request.body_hash, event.status, as_json(event.body), at)
            for event, at in replied
        ],
    )


def _officer(tx: Transaction, events: Events) -> None:
    last = {event.report_id: (event, at) for event, at in events if isinstance(event, VictimAnswered)}
    tx.insert(
        "INSERT INTO victim_answers VALUES %s ON CONFLICT (report_id) DO UPDATE SET asked_apart = excluded.asked_apart,"
        " consent = excluded.consent, contact_kind = excluded.contact_kind, contact_detail = excluded.contact_detail,"
        " by = excluded.by, answered_at = excluded.answered_at",
        [
            (one.report_id, one.asked_apart, str(one.consent), str(one.safe_contact.kind), one.safe_contact.detail, one.by, at)
            for one, at in last.values()
        ],
    )
    judged = [(event, at) for event, at in events if isinstance(event, PersonsJudged)]
    tx.insert(
        "INSERT INTO person_judgements VALUES %s",
        [(one.person_id, one.other_id, one.verdict, one.by, at) for one, at in judged],
    )
    closed = [(event, at) for event, at in events if isinstance(event, RecordClosed)]
    tx.change(
        "UPDATE held_records SET outcome = done.outcome, report_id = done.report_id, closed_by = done.by, closed_at = done.at"
        " FROM (VALUES %s) AS done(held_id, outcome, report_id, by, at) WHERE held_records.held_id = done.held_id RETURNING 1",
        [(one.held_id, one.outcome, one.report_id, one.by, at) for one, at in closed],
    )
