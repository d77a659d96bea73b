"""What does the router write, batch by batch? SQL only, like store.py, which reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, fields
from datetime import datetime
from operator import attrgetter
from typing import Any

from plumbing.plain import written
from plumbing.postgres import Transaction
from services.referral_router import consent_store, risk_store
from services.referral_router.commands import NeedNoted
from services.referral_router.facts import (
    LIVE,
    AttemptEnded,
    FacilityHeard,
    Need,
    NeedKept,
    ReportAssessed,
)
from services.referral_router.reading import NEED
from services.referral_router.said import ChildNoticeIssued, HealthReferralIssued, ShelterReferralIssued

_FIELDS = [field.name for field in fields(Need)]
_PARTS, _TRIED, _OPENED = attrgetter(*_FIELDS), _FIELDS.index("tried"), _FIELDS.index("opened_at")
ISSUED = (ShelterReferralIssued, HealthReferralIssued, ChildNoticeIssued)


def record(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    """Write what was decided; of several states of one thing within the batch the last one counts."""
    _keep_reports(tx, events)
    _keep_needs(tx, [(event.need, at) for event, at in events if isinstance(event, NeedKept)])
    _keep_attempts(tx, events)
    consent_store.record(tx, events)
    risk_store.record(tx, events)
    tx.insert(
        "INSERT INTO notes (need_id, noted_at, said, by, channel, answered_by) VALUES %s",
        [(e.need_id, at, e.said, e.by, e.channel, e.answered_by) for e, at in events if isinstance(e, NeedNoted)],
    )
    heard = {event.facility.code: event.facility for event, _ in events if isinstance(event, FacilityHeard)}
    tx.insert(
        "INSERT INTO facilities VALUES %s ON CONFLICT (code) DO UPDATE SET region = excluded.region, kind = excluded.kind,"
        " free = excluded.free, admits_men = excluded.admits_men, is_open = excluded.is_open, sequence = excluded.sequence",
        [astuple(heard[code]) for code in sorted(heard)],
    )


def _keep_reports(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    last = {event.report.content.report_id: (event, at) for event, at in events if isinstance(event, ReportAssessed)}
    rows = []
    for event, at in last.values():
        content = event.report.content
        known = (content.report_id, content.version, content.victim_ref, content.respondent_ref, content.household_ref)
        rows.append((*known, event.report.active, written(content), at))
    tx.put(
        "reports",
        "report_id, version, victim_ref, respondent_ref, household_ref, active, content, assessed_at",
        rows,
        "ON CONFLICT (report_id) DO UPDATE SET version = excluded.version,"
        " victim_ref = excluded.victim_ref, respondent_ref = excluded.respondent_ref,"
        " household_ref = excluded.household_ref, active = excluded.active, content = excluded.content,"
        " assessed_at = excluded.assessed_at",
    )


def _keep_needs(tx: Transaction, kept: Sequence[tuple[Need, datetime]]) -> None:
    last: dict[str, tuple[Need, datetime]] = {}
    for need, at in kept:
        last.pop(need.need_id, None)
        last[need.need_id] = (need, at)
    # What has ended is written first: a new need of the same kind may take its place in the unique index.
    ordered = sorted(last.values(), key=lambda one: one[0].state in LIVE)
    tx.put(
        "needs",
        f"{NEED}, changed_at",
        [(*_row(need, at), at) for need, at in ordered],
        "ON CONFLICT (need_id) DO UPDATE SET"
        " report_id = excluded.report_id, state = excluded.state, queue = excluded.queue, attempt = excluded.attempt,"
        " facility_code = excluded.facility_code, tried = excluded.tried, round_from = excluded.round_from,"
        " sequence = excluded.sequence, public_key = excluded.public_key, changed_at = excluded.changed_at,"
        " grade = excluded.grade",
    )


def _row(need: Need, at: datetime) -> list[Any]:
    row = list(_PARTS(need))
    row[_TRIED], row[_OPENED] = list(need.tried), need.opened_at or at
    return row


def _keep_attempts(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    tx.put(
        "attempts",
        "need_id, attempt, facility_code, asked_at",
        [(event.need_id, event.attempt, event.facility_code, at) for event, at in events if isinstance(event, ISSUED)],
    )
    ended = {(e.need_id, e.attempt): (e.need_id, e.attempt, e.outcome, at) for e, at in events if isinstance(e, AttemptEnded)}
    tx.change(
        "UPDATE attempts SET outcome = ended.outcome, ended_at = ended.at FROM (VALUES %s)"
        " AS ended(need_id, attempt, outcome, at) WHERE attempts.need_id = ended.need_id"
        " AND attempts.attempt = ended.attempt RETURNING 1",
        list(ended.values()),
    )
