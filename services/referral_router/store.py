"""What does the router know, and how is it read for a batch? Reading; writing is in keeping.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from plumbing.postgres import Transaction
from plumbing.service import Facts
from services.referral_router import consent_store, risk_store
from services.referral_router import messages as m
from services.referral_router.facts import (
    EVERYWHERE,
    LIVE,
    OPEN,
    WAITING_MOST,
    Facility,
    Report,
    refs,
    with_facility,
)
from services.referral_router.figures import REFUSALS
from services.referral_router.reading import NEED, need_from, report_from

_WAITS = "state = 'with_person' AND kind = 'shelter' AND queue = 'coordinator'"


def lives_of_report(tx: Transaction, messages: Sequence[m.ReportContent]) -> list[list[str]]:
    """The report and every life it touches, before and after this message."""
    known = _touched(tx, messages)
    return [[one.report_id, *refs(one), *known.get(one.report_id, ())] for one in messages]


def lives_of_cancelled(tx: Transaction, messages: Sequence[m.ReportCancelled]) -> list[list[str]]:
    known = _touched(tx, messages)
    return [[one.report_id, *known.get(one.report_id, ())] for one in messages]


def subjects_of_needs(tx: Transaction, messages: Sequence[Any]) -> list[list[str]]:
    """The life a need is about: tied to it for ever, so it may be read before the lock."""
    ids = [getattr(message, "need_id", getattr(message, "subject", "")) for message in messages]
    rows = dict(tx.rows("SELECT need_id, subject_ref FROM needs WHERE need_id = ANY(%s)", (ids,)))
    return [[need_id, *([rows[need_id]] if need_id in rows else [])] for need_id in ids]


def waiting_subjects(tx: Transaction, messages: Sequence[Any]) -> list[list[str]]:
    """Those who wait for a place in the regions where capacity was published, and anywhere if there is room."""
    here, anywhere = _waiting(tx, messages), _waiting_anywhere(tx, messages)
    far = [subject for _, _, subject in anywhere]
    return [
        [
            f"facility/{one.facility_code}", *(subject for region, _, subject in here if region == one.region),
            *(far if _has_room(one) else ()),
        ]
        for one in messages
    ]


def reports_and_needs(tx: Transaction, messages: Sequence[Any]) -> Facts:
    """Reports, needs and live needs of all lives touched, and what can be asked."""
    ids = [message.report_id for message in messages]
    touched = {ref for message in messages if isinstance(message, m.ReportContent) for ref in refs(message)}
    touched |= {ref for lives in _touched(tx, messages).values() for ref in lives}
    return {**_of_lives(tx, ids, sorted(touched)), **_facilities(tx)}


def one_need(tx: Transaction, messages: Sequence[Any]) -> Facts:
    """The needs that answers, clocks or people speak of, their lives, and what can be asked."""
    ids = sorted({getattr(message, "need_id", getattr(message, "subject", "")) for message in messages})
    rows = tx.rows("SELECT report_id, subject_ref FROM needs WHERE need_id = ANY(%s)", (ids,))
    found = _of_lives(tx, [row[0] for row in rows], sorted({row[1] for row in rows}))
    return {**found, **consent_store.told(tx, ids), **_facilities(tx)}


def waiting_needs(tx: Transaction, messages: Sequence[Any]) -> Facts:
    """Facilities as known, and the needs that wait for a place in these regions, longest first."""
    waiting, anywhere = _waiting(tx, messages), _waiting_anywhere(tx, messages)
    found = one_need(tx, [_Named(need_id) for _, need_id, _ in (*waiting, *anywhere)])
    if any(_has_room(one) for one in messages):
        found["waiting", EVERYWHERE] = tuple(need_id for _, need_id, _ in anywhere)
    for region in {message.region for message in messages}:
        found["waiting", region] = tuple(need_id for where, need_id, _ in waiting if where == region)
    return {**found, **_facilities(tx)}


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
    ids = sorted({*report_ids, *(report_id for _, report_id in facts)})
    facts.update(consent_store.about(tx, ids) | risk_store.about(tx, ids))
    of: dict[str, list[str]] = {ref: [] for ref in touched}
    for report in reports:
        for ref in set(refs(report.content)) & of.keys():
            of[ref].append(report.content.report_id)
    facts.update({("reports of", ref): tuple(sorted(found)) for ref, found in of.items()})
    ids = [report.content.report_id for report in reports]
    needs = [need_from(row) for row in tx.rows(f"SELECT {NEED} FROM needs WHERE report_id = ANY(%s)", (ids,))]
    for report_id in ids:
        facts["needs of", report_id] = ()
    for need in sorted(needs, key=lambda one: one.need_id):
        facts["need", need.need_id] = need
        facts["needs of", need.report_id] = (*facts["needs of", need.report_id], need.need_id)
        if need.state in LIVE and need.subject_ref in touched:  # of other lives not all is loaded
            facts["live", need.subject_ref] = (*facts.get(("live", need.subject_ref), ()), need.need_id)
    return facts


def _touched(tx: Transaction, messages: Sequence[Any]) -> dict[str, list[str]]:
    """The lives these reports are known to touch, and those of their needs: they may be left from an earlier version."""
    ids = [message.report_id for message in messages]
    found = {report_id: list(refs(report.content)) for report_id, report in _reports(tx, ids).items()}
    for report_id, subject in tx.rows("SELECT report_id, subject_ref FROM needs WHERE report_id = ANY(%s)", (ids,)):
        found.setdefault(report_id, []).append(subject)
    return found


def _reports(tx: Transaction, ids: Sequence[str]) -> dict[str, Report]:
    rows = tx.rows("SELECT report_id, content, active FROM reports WHERE report_id = ANY(%s)", (list(ids),))
    return {report_id: report_from(content, active) for report_id, content, active in rows}


def _waiting(tx: Transaction, messages: Sequence[Any]) -> list[tuple[str, str, str]]:
    """Of each region more than one message looks at: what the batch itself changes must not show where the list was cut."""
    return tx.rows(
        "SELECT region, need_id, subject_ref FROM (SELECT *, row_number() OVER (PARTITION BY region ORDER BY opened_at,"
        f" need_id) AS place FROM needs WHERE {_WAITS} AND region = ANY(%s)) AS w WHERE place <= %s"
        " ORDER BY opened_at, need_id",
        (sorted({message.region for message in messages}), _most(messages)),
    )


def _waiting_anywhere(tx: Transaction, messages: Sequence[Any]) -> list[tuple[str, str, str]]:
    if not any(_has_room(one) for one in messages):
        return []
    return tx.rows(
        f"SELECT region, need_id, subject_ref FROM needs WHERE {_WAITS} ORDER BY opened_at, need_id LIMIT %s",
        (_most(messages),),
    )


def _most(messages: Sequence[Any]) -> int:
    return WAITING_MOST * (len(messages) + 4)


def _has_room(told: Any) -> bool:
    return isinstance(told, m.CentreCapacity) and told.kind == "crisis_centre" and told.is_open and told.night_free > 0


def _facilities(tx: Transaction) -> Facts:
    facts: Facts = {}
    for row in tx.rows("SELECT code, region, kind, free, admits_men, is_open, sequence FROM facilities ORDER BY code"):
        facts.update(with_facility(facts, Facility(*row)))
    return facts


def figures(tx: Transaction, now: datetime) -> list[Any]:
    """Rows of (figure, labels, value) for operations."""
    return tx.rows(_FIGURES, {"now": now, "open": list(OPEN), "codes": list(REFUSALS)})


# A clock of an attempt or of a person's act ends once: it rang, or what was awaited came before.
_FIGURES = """
SELECT 'qorgan_needs', ARRAY[kind, state], count(*)::float FROM needs GROUP BY 2
UNION ALL SELECT 'qorgan_people_waiting_past_clock', ARRAY[kind], count(*) FROM needs n WHERE state = ANY(%(open)s) AND (
    EXISTS (SELECT 1 FROM tasks t WHERE t.subject = n.need_id AND t.closed_at IS NULL AND t.due_at < %(now)s)
    OR EXISTS (SELECT 1 FROM clocks c WHERE c.subject = n.need_id AND c.ended_at IS NULL AND c.due_at < %(now)s)) GROUP BY 2
UNION ALL SELECT 'qorgan_longest_wait_seconds', ARRAY[kind], extract(epoch FROM %(now)s - min(opened_at)) FROM needs
    WHERE state = ANY(%(open)s) GROUP BY 2
UNION ALL SELECT 'qorgan_answers', ARRAY[CASE WHEN rung THEN 'late' ELSE 'in_time' END], count(*) FROM clocks
    WHERE ended_at IS NOT NULL AND (starts_with(step, 'answer/') OR starts_with(step, 'task/need/')) GROUP BY 2
UNION ALL SELECT 'qorgan_attempts', ARRAY[CASE WHEN outcome = '' THEN 'awaited' WHEN outcome IN ('held', 'decided', 'silent')
    THEN outcome WHEN outcome = ANY(%(codes)s) THEN 'refused' ELSE 'ended' END], count(*) FROM attempts GROUP BY 2
UNION ALL SELECT 'qorgan_refusals', ARRAY[outcome], count(*) FROM attempts WHERE outcome = ANY(%(codes)s) GROUP BY 2"""
