"""What does the router keep, and how is it read for a batch? The only SQL of this service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Any

from plumbing.plain import plain
from plumbing.postgres import Transaction, as_json
from plumbing.service import Facts
from services.referral_router import messages as m
from services.referral_router.facts import (
    LIVE,
    AttemptEnded,
    Facility,
    FacilityHeard,
    Need,
    NeedKept,
    Report,
    ReportAssessed,
    refs,
)
from services.referral_router.reading import NEED, need_from, report_from
from services.referral_router.said import ChildNoticeIssued, HealthReferralIssued, ShelterReferralIssued

ISSUED = (ShelterReferralIssued, HealthReferralIssued, ChildNoticeIssued)
WAITING_MOST = 20


def lives_of_report(tx: Transaction, messages: Sequence[m.ReportContent]) -> list[list[str]]:
    """The report and every life it touches, before and after this message."""
    known = _reports(tx, [message.report_id for message in messages])
    return [
        [message.report_id, *refs(message), *(refs(known[message.report_id].content) if message.report_id in known else ())]
        for message in messages
    ]


def lives_of_cancelled(tx: Transaction, messages: Sequence[m.ReportCancelled]) -> list[list[str]]:
    known = _reports(tx, [message.report_id for message in messages])
    return [[one.report_id, *(refs(known[one.report_id].content) if one.report_id in known else ())] for one in messages]


def subjects_of_needs(tx: Transaction, messages: Sequence[Any]) -> list[list[str]]:
    """The life a need is about: tied to it for ever, so it may be read before the lock."""
    ids = [getattr(message, "need_id", getattr(message, "subject", "")) for message in messages]
    rows = dict(tx.rows("SELECT need_id, subject_ref FROM needs WHERE need_id = ANY(%s)", (ids,)))
    return [[need_id, *([rows[need_id]] if need_id in rows else [])] for need_id in ids]


def waiting_subjects(tx: Transaction, messages: Sequence[Any]) -> list[list[str]]:
    """Those who wait for a place in the regions where capacity was published."""
    waiting = _waiting(tx, sorted({message.region for message in messages}))
    return [
        [f"facility/{one.facility_code}", *(subject for region, _, subject in waiting if region == one.region)]
        for one in messages
    ]


def reports_and_needs(tx: Transaction, messages: Sequence[Any]) -> Facts:
    """Reports, needs and live needs of all lives touched, and what can be asked."""
    ids = [message.report_id for message in messages]
    touched = {ref for message in messages if isinstance(message, m.ReportContent) for ref in refs(message)}
    touched |= {ref for report in _reports(tx, ids).values() for ref in refs(report.content)}
    return {**_of_lives(tx, ids, sorted(touched)), **_facilities(tx)}


def one_need(tx: Transaction, messages: Sequence[Any]) -> Facts:
    """The needs that answers, clocks or people speak of, their lives, and what can be asked."""
    ids = sorted({getattr(message, "need_id", getattr(message, "subject", "")) for message in messages})
    rows = tx.rows("SELECT report_id, subject_ref FROM needs WHERE need_id = ANY(%s)", (ids,))
    found = _of_lives(tx, [row[0] for row in rows], sorted({row[1] for row in rows}))
    return {**found, **_facilities(tx)}


def waiting_needs(tx: Transaction, messages: Sequence[Any]) -> Facts:
    """Facilities as known, and the needs that wait for a place in these regions, longest first."""
    waiting = _waiting(tx, sorted({message.region for message in messages}))
    found = one_need(tx, [_Named(need_id) for _, need_id, _ in waiting])
    for region in {message.region for message in messages}:
        found["waiting", region] = tuple(need_id for where, need_id, _ in waiting if where == region)
    return {**found, **_facilities(tx)}


def record(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    """Write what was decided; of several states of one thing within the batch the last one counts."""
    _keep_reports(tx, events)
    _keep_needs(tx, [(event.need, at) for event, at in events if isinstance(event, NeedKept)])
    _keep_attempts(tx, events)
    heard = {event.facility.code: event.facility for event, _ in events if isinstance(event, FacilityHeard)}
    tx.insert(
        "INSERT INTO facilities VALUES %s ON CONFLICT (code) DO UPDATE SET region = excluded.region, kind = excluded.kind,"
        " free = excluded.free, admits_men = excluded.admits_men, is_open = excluded.is_open, sequence = excluded.sequence",
        [astuple(heard[code]) for code in sorted(heard)],
    )


class _Named:
    def __init__(self, need_id: str) -> None:
        self.need_id = need_id


def _of_lives(tx: Transaction, report_ids: Sequence[str], touched: Sequence[str]) -> Facts:
    rows = tx.rows(
        "SELECT content, active FROM reports WHERE report_id = ANY(%(ids)s) OR victim_ref = ANY(%(refs)s)"
        " OR respondent_ref = ANY(%(refs)s) OR household_ref = ANY(%(refs)s)",
        {"ids": list(report_ids), "refs": list(touched)},
    )
    reports = [report_from(content, active) for content, active in rows]
    facts: Facts = {("report", report.content.report_id): report for report in reports}
    for ref in touched:
        facts["reports of", ref] = tuple(sorted(r.content.report_id for r in reports if ref in refs(r.content)))
    ids = [report.content.report_id for report in reports]
    needs = [need_from(row) for row in tx.rows(f"SELECT {NEED} FROM needs WHERE report_id = ANY(%s)", (ids,))]
    for report_id in ids:
        facts["needs of", report_id] = ()
    for need in sorted(needs, key=lambda one: one.need_id):
        facts["need", need.need_id] = need
        facts["needs of", need.report_id] = (*facts["needs of", need.report_id], need.need_id)
        if need.state in LIVE:
            facts["live", need.subject_ref] = (*facts.get(("live", need.subject_ref), ()), need.need_id)
    return facts


def _reports(tx: Transaction, ids: Sequence[str]) -> dict[str, Report]:
    rows = tx.rows("SELECT report_id, content, active FROM reports WHERE report_id = ANY(%s)", (list(ids),))
    return {report_id: report_from(content, active) for report_id, content, active in rows}


def _waiting(tx: Transaction, regions: Sequence[str]) -> list[tuple[str, str, str]]:
    return tx.rows(
        "SELECT region, need_id, subject_ref FROM needs WHERE state = 'with_person' AND kind = 'shelter'"
        " AND queue = 'coordinator' AND region = ANY(%s) ORDER BY opened_at, need_id LIMIT %s",
        (list(regions), WAITING_MOST),
    )


def _facilities(tx: Transaction) -> Facts:
    facts: Facts = {}
    for row in tx.rows("SELECT code, region, kind, free, admits_men, is_open, sequence FROM facilities ORDER BY code"):
        facility = Facility(*row)
        facts["facilities", facility.kind] = (*facts.get(("facilities", facility.kind), ()), facility)
    return facts


def _keep_reports(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    last = {event.report.content.report_id: (event, at) for event, at in events if isinstance(event, ReportAssessed)}
    rows = []
    for event, at in last.values():
        content = event.report.content
        known = (content.report_id, content.version, content.victim_ref, content.respondent_ref, content.household_ref)
        rows.append((*known, event.report.active, as_json(plain(content)), as_json(plain(event.findings)), at))
    tx.insert(
        "INSERT INTO reports VALUES %s ON CONFLICT (report_id) DO UPDATE SET version = excluded.version,"
        " victim_ref = excluded.victim_ref, respondent_ref = excluded.respondent_ref,"
        " household_ref = excluded.household_ref, active = excluded.active, content = excluded.content,"
        " findings = excluded.findings, assessed_at = excluded.assessed_at",
        rows,
    )


def _keep_needs(tx: Transaction, kept: Sequence[tuple[Need, datetime]]) -> None:
    last: dict[str, tuple[Need, datetime]] = {}
    for need, at in kept:
        last.pop(need.need_id, None)
        last[need.need_id] = (need, at)
    # What has ended is written first: a new need of the same kind may take its place in the unique index.
    ordered = sorted(last.values(), key=lambda one: one[0].state in LIVE)
    tx.insert(
        f"INSERT INTO needs ({NEED}, opened_at, changed_at) VALUES %s ON CONFLICT (need_id) DO UPDATE SET"
        " report_id = excluded.report_id, state = excluded.state, queue = excluded.queue, attempt = excluded.attempt,"
        " facility_code = excluded.facility_code, tried = excluded.tried, round_from = excluded.round_from,"
        " sequence = excluded.sequence, public_key = excluded.public_key, changed_at = excluded.changed_at",
        [(*_row(need), at, at) for need, at in ordered],
    )


def _row(need: Need) -> tuple[Any, ...]:
    return tuple(list(part) if isinstance(part, tuple) else part for part in astuple(need))


def _keep_attempts(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    tx.insert(
        "INSERT INTO attempts (need_id, attempt, facility_code, asked_at) VALUES %s",
        [(event.need_id, event.attempt, event.facility_code, at) for event, at in events if isinstance(event, ISSUED)],
    )
    ended = {(e.need_id, e.attempt): (e.need_id, e.attempt, e.outcome, at) for e, at in events if isinstance(e, AttemptEnded)}
    tx.change(
        "UPDATE attempts SET outcome = ended.outcome, ended_at = ended.at FROM (VALUES %s)"
        " AS ended(need_id, attempt, outcome, at) WHERE attempts.need_id = ended.need_id"
        " AND attempts.attempt = ended.attempt RETURNING 1",
        list(ended.values()),
    )
