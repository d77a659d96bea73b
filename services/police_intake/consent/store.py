"""What is kept of her say about a report, as facts? SQL that reads, for the other store.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from services.police_intake.consent.contract import Contract, Terms
from services.police_intake.consent.messages import Disclosure, Withdrawal

if TYPE_CHECKING:
    from plumbing.clocks import ClockDue
    from plumbing.postgres import Transaction
    from plumbing.service import Facts

CONTRACT = (
    "report_id, version, state, notice, language, purposes, recipients, data_classes, term_days, how, until, asked_apart,"
    " by, source, handed_card"
)
DISCLOSURE = (
    "report_id, version, reason, state, asked_by, asked_actor, decided_by, decided_actor, until, data_classes, verdict,"
    " reviewed_by"
)


def says(tx: Transaction, report_ids: Sequence[str]) -> Facts:
    """The latest say about each report, and the latest disclosure without it."""
    if not report_ids:
        return {}
    latest = "SELECT DISTINCT ON (report_id) {} FROM {} WHERE report_id = ANY(%s) ORDER BY report_id, version DESC"
    rows = tx.rows(latest.format(f"{CONTRACT}, said_at", "consents"), (list(report_ids),))
    facts: Facts = {("consent", row[0]): contract_of(row) for row in rows}
    for row in tx.rows(latest.format(DISCLOSURE, "disclosures"), (list(report_ids),)):
        known: list[Any] = [tuple(value) if isinstance(value, list) else value for value in row]
        facts["disclosure", row[0]] = Disclosure(*known)
    return facts


def contract_of(row: Sequence[Any]) -> Contract:
    terms = Terms(row[3], row[4], tuple(row[5]), tuple(row[6]), tuple(row[7]), row[8], row[9])
    known: list[Any] = [*row[:3], terms, *row[10:]]
    return Contract(*known)


def withdrawals(tx: Transaction, messages: Sequence[Any]) -> Facts:
    ids = [message.report_id for message in messages]
    return says(tx, ids) | _withdrawals(tx, ids)


def lives_of_clocks(tx: Transaction, messages: Sequence[ClockDue]) -> list[list[str]]:
    return [[message.subject] for message in messages]


def of_clocks(tx: Transaction, ids: Sequence[str]) -> Facts:
    return says(tx, ids) | _withdrawals(tx, ids)


def _withdrawals(tx: Transaction, ids: Sequence[str]) -> Facts:
    rows = tx.rows(
        "SELECT report_id, version, by, how, holders, ARRAY(SELECT need_id FROM"
        " consent_acknowledgements a WHERE a.report_id = w.report_id AND a.version = w.version ORDER BY a.place)"
        " FROM consent_withdrawals w WHERE report_id = ANY(%s)",
        (list(ids),),
    )
    known = [Withdrawal(row[0], row[1], row[2], row[3], row[4], tuple(row[5])) for row in rows]
    return {one.fact: one for one in known}
