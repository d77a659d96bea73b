"""What does police intake write, batch by batch? SQL only, like store.py, which reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Any

from plumbing.plain import plain
from plumbing.postgres import Transaction, as_json
from services.police_intake import records_keeping, sealed, source_files
from services.police_intake.consent import keeping as consent_keeping
from services.police_intake.dispatch import keeping as incidents
from services.police_intake.facts import NeedLinked, NeedSeen, PersonKept, ReportClosed, ReportKept
from services.police_intake.measures import keeping as measures_keeping
from services.police_intake.messages import Replied
from services.police_intake.officer.acts import PersonsJudged, VictimAnswered
from services.police_intake.report import Wish
from services.police_intake.risk import keeping as risk_keeping
from services.police_intake.roster import store as roster_store

Events = Sequence[tuple[Any, datetime]]
REPORT = (
    "report_id, sealed, number_index, version, active, victim_id, respondent_id, household_ref, extracted_at, recorded_at,"
    " consent, region, station, kept_at, closed_reason, closed_by, wants_woman"
)


def record(tx: Transaction, events: Events) -> None:
    """Write what was decided; of several states of one thing within the batch the last one counts."""
    _persons(tx, events)
    _reports(tx, [(event, at) for event, at in events if isinstance(event, (ReportKept, ReportClosed))])
    _versions(tx, [(event, at) for event, at in events if isinstance(event, ReportKept)])
    records_keeping.record(tx, events)
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
    risk_keeping.record(tx, events)
    measures_keeping.record(tx, events)
    roster_store.record(tx, events)
    links = sorted({(event.report_id, event.need_id) for event, _ in events if isinstance(event, NeedLinked)})
    source_files.record(tx, events)
    tx.insert("INSERT INTO report_needs VALUES %s ON CONFLICT DO NOTHING", links)


def _persons(tx: Transaction, events: Events) -> None:
    last = {event.person.person_id: event.person for event, _ in events if isinstance(event, PersonKept)}
    people = [person for person in last.values() if not person.erased]
    texts = [(one.folded_name, one.name, one.birth_date and one.birth_date.isoformat(), one.iin) for one in people]
    kept = sealed.seal(tx, [sealed.person_place(one.person_id, text) for one, text in zip(people, texts, strict=True)])
    tx.insert(
        "INSERT INTO persons (person_id, victim_ref, respondent_ref, same_as, sealed, iin_index, name_index) VALUES %s"
        " ON CONFLICT (person_id) DO UPDATE SET sealed = excluded.sealed, iin_index = excluded.iin_index,"
        " same_as = excluded.same_as",
        [
            (one.person_id, one.victim_ref, one.respondent_ref, one.same_as, text, sealed.iin_index(one.iin),
             sealed.name_index(one.folded_name, one.birth_date))
            for one, text in zip(people, kept, strict=True)
        ],
    )


def _reports(tx: Transaction, events: Events) -> None:
    first = {event.report.report_id: at for event, at in reversed(events)}
    last: dict[str, Any] = {}
    for event, _ in events:
        *_, before = last.get(event.report.report_id, (("", Wish.NOT_ASKED),))
        closed = (event.reason, event.by) if isinstance(event, ReportClosed) else (None, None)
        last[event.report.report_id] = (event.report, closed, _in_the_open(event, before))
    places = [sealed.report_place(id_, (one.identity, one.address_key)) for id_, (one, _, _) in last.items()]
    texts = sealed.seal(tx, places)
    tx.insert(
        f"INSERT INTO reports ({REPORT}) VALUES %s"
        " ON CONFLICT (report_id) DO UPDATE SET sealed = excluded.sealed, number_index = excluded.number_index,"
        " version = excluded.version,"
        " active = excluded.active, victim_id = excluded.victim_id, respondent_id = excluded.respondent_id,"
        " household_ref = excluded.household_ref, extracted_at = excluded.extracted_at,"
        " recorded_at = excluded.recorded_at, consent = excluded.consent, region = excluded.region,"
        " station = coalesce(nullif(excluded.station, ''), reports.station),"
        " closed_reason = excluded.closed_reason, closed_by = excluded.closed_by,"
        " wants_woman = coalesce(nullif(excluded.wants_woman, 'not_asked'), reports.wants_woman)",
        [
            (
                id_, text, sealed.index("number", one.identity), one.version, one.active, one.victim_id, one.respondent_id,
                one.household_ref, one.extracted_at, one.recorded_at, one.consent, one.region, station, first[id_], *closed,
                str(wish),
            )
            for (id_, (one, closed, (station, wish))), text in zip(last.items(), texts, strict=True)
        ],
    )


def _in_the_open(event: ReportKept | ReportClosed, before: tuple[str, Wish]) -> tuple[str, Wish]:
    """Station and wish: what closes a report says nothing of them, and who does not ask her takes back no wish."""
    if isinstance(event, ReportClosed):
        return before
    wish = before[1] if event.fields.wants_woman == Wish.NOT_ASKED else event.fields.wants_woman
    return event.fields.station, wish


def _versions(tx: Transaction, kept: Sequence[tuple[ReportKept, datetime]]) -> None:
    written = [(event.content, plain(event.fields), event.content_hash) for event, _ in kept]
    places = [
        sealed.version_place(event.report.report_id, event.report.version, one)
        for (event, _), one in zip(kept, written, strict=True)
    ]
    tx.insert(
        "INSERT INTO report_versions (report_id, version, content_index, iin_indexes, doubts, kept_at, sealed) VALUES %s",
        [
            (
                event.report.report_id, event.report.version, sealed.index("content", event.content_hash), _iins(event),
                list(event.doubts), at, text,
            )
            for (event, at), text in zip(kept, sealed.seal(tx, places), strict=True)
        ],
    )


def _iins(event: ReportKept) -> list[bytes]:
    given = (event.fields.victim.iin, event.fields.respondent.iin)
    return [index for index in map(sealed.iin_index, given) if index is not None]


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
    contacts = [(str(one.safe_contact.kind), one.safe_contact.detail) for one, _ in last.values()]
    places = [sealed.answer_place(report_id, contact) for report_id, contact in zip(last, contacts, strict=True)]
    tx.insert(
        "INSERT INTO victim_answers (report_id, asked_apart, consent, by, answered_at, sealed) VALUES %s"
        " ON CONFLICT (report_id) DO UPDATE SET asked_apart = excluded.asked_apart,"
        " consent = excluded.consent, by = excluded.by, answered_at = excluded.answered_at, sealed = excluded.sealed",
        [
            (one.report_id, one.asked_apart, str(one.consent), one.by, at, text)
            for (one, at), text in zip(last.values(), sealed.seal(tx, places), strict=True)
        ],
    )
    judged = [(event, at) for event, at in events if isinstance(event, PersonsJudged)]
    tx.insert(
        "INSERT INTO person_judgements VALUES %s",
        [(one.person_id, one.other_id, one.verdict, one.by, at) for one, at in judged],
    )
