"""How is her say written, batch by batch? SQL only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime
from typing import Any

from plumbing.postgres import Transaction
from services.police_intake.consent.contract import Contract
from services.police_intake.consent.messages import CardGrounded, Disclosure, Withdrawal
from services.police_intake.consent.store import CONTRACT, DISCLOSURE

Events = Sequence[tuple[Any, datetime]]


def record(tx: Transaction, events: Events) -> None:
    """What she said is added, never changed; how far it has come is brought up to date."""
    tx.insert(
        f"INSERT INTO consents ({CONTRACT}, said_at) VALUES %s",
        [(*_row(one), at) for one, at in events if isinstance(one, Contract)],
    )
    _withdrawals(tx, [(one, at) for one, at in events if isinstance(one, Withdrawal)])
    _disclosures(tx, [(one, at) for one, at in events if isinstance(one, Disclosure)])
    tx.insert(
        "INSERT INTO card_grounds (digest, need_id, report_id, kind, ground, version, data_classes, sealed_at) VALUES %s"
        " ON CONFLICT DO NOTHING",
        [(*astuple(one)[:6], list(one.data_classes), at) for one, at in events if isinstance(one, CardGrounded)],
    )


def _row(one: Contract) -> tuple[Any, ...]:
    terms = one.terms
    lists = (list(terms.purposes), list(terms.recipients), list(terms.data_classes))
    head = (one.report_id, one.version, one.state, terms.notice, terms.language, *lists, terms.term_days, terms.how)
    return *head, one.until, one.asked_apart, one.by, one.source, one.handed_card


def _withdrawals(tx: Transaction, kept: Sequence[tuple[Withdrawal, datetime]]) -> None:
    last: dict[tuple[str, int], list[Any]] = {}
    for one, at in kept:
        row = last.setdefault((one.report_id, one.version), [one, at, None, None])
        row[0] = one
        row[2] = row[2] or (at if one.holders is not None else None)
        row[3] = row[3] or (at if one.complete else None)
    tx.insert(
        "INSERT INTO consent_withdrawals (report_id, version, by, how, holders, heard_at, passed_on_at, done_at) VALUES %s"
        " ON CONFLICT (report_id, version) DO UPDATE SET holders = excluded.holders, passed_on_at ="
        " coalesce(consent_withdrawals.passed_on_at, excluded.passed_on_at), done_at ="
        " coalesce(consent_withdrawals.done_at, excluded.done_at)",
        [(one.report_id, one.version, one.by, one.how, one.holders, *times) for one, *times in last.values()],
    )
    tx.insert(
        "INSERT INTO consent_acknowledgements (report_id, version, need_id, place, acknowledged_at) VALUES %s"
        " ON CONFLICT DO NOTHING",
        [(one.report_id, one.version, need, place, at) for one, at in kept for place, need in enumerate(one.acknowledged, 1)],
    )


def _disclosures(tx: Transaction, kept: Sequence[tuple[Disclosure, datetime]]) -> None:
    last = {(one.report_id, one.version): one for one, _ in kept}
    first: dict[tuple[str, int], dict[str, datetime]] = {}
    for one, at in kept:
        times = first.setdefault((one.report_id, one.version), {})
        done = {"asked": True, "decided": bool(one.decided_by), "reviewed": bool(one.reviewed_by)}
        times |= {name: times.get(name, at) for name, is_done in done.items() if is_done}
    tx.insert(
        f"INSERT INTO disclosures ({DISCLOSURE}, asked_at, decided_at, reviewed_at) VALUES %s ON CONFLICT (report_id, version)"
        " DO UPDATE SET state = excluded.state, decided_by = excluded.decided_by, decided_actor = excluded.decided_actor,"
        " until = excluded.until, data_classes = excluded.data_classes, verdict = excluded.verdict,"
        " reviewed_by = excluded.reviewed_by, decided_at = coalesce(disclosures.decided_at, excluded.decided_at),"
        " reviewed_at = coalesce(disclosures.reviewed_at, excluded.reviewed_at)",
        [
            (one.report_id, one.version, one.reason, one.state, one.asked_by, one.asked_actor, one.decided_by,
             one.decided_actor, one.until, list(one.data_classes), one.verdict, one.reviewed_by,
             *(first[place].get(name) for name in ("asked", "decided", "reviewed")))
            for place, one in last.items()
        ],
    )
