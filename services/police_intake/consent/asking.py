"""What may be read about her say on one report: what stands, what went before, how far a withdrawal has come? SQL for pages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from services.police_intake.consent.store import CONTRACT, DISCLOSURE, contract_of

if TYPE_CHECKING:
    from plumbing.postgres import Transaction


def said(tx: Transaction, report_id: str) -> list[tuple[Any, datetime]]:
    """(contract, when) of every say of hers, latest first."""
    rows = tx.rows(f"SELECT {CONTRACT}, said_at FROM consents WHERE report_id = %s ORDER BY version DESC", (report_id,))
    return [(contract_of(row), row[-1]) for row in rows]


def withdrawal(tx: Transaction, report_id: str) -> dict[str, Any] | None:
    """How far the latest withdrawal has come: holders told, acknowledged so far and when; never who they are."""
    rows = tx.rows(
        "SELECT version, by, heard_at, passed_on_at, holders, done_at FROM consent_withdrawals WHERE report_id = %s"
        " ORDER BY version DESC LIMIT 1",
        (report_id,),
    )
    if not rows:
        return None
    known = dict(zip(("version", "by", "heard_at", "passed_on_at", "holders", "done_at"), rows[0], strict=True))
    times = tx.rows(
        "SELECT acknowledged_at FROM consent_acknowledgements WHERE report_id = %s AND version = %s ORDER BY place",
        (report_id, known["version"]),
    )
    return {**known, "acknowledged": [at for (at,) in times]}


def disclosures(tx: Transaction, report_id: str) -> list[dict[str, Any]]:
    """What was asked to be told without her yes, latest first."""
    names = [*DISCLOSURE.replace(" ", "").split(","), "asked_at", "decided_at", "reviewed_at"]
    rows = tx.rows(
        f"SELECT {DISCLOSURE}, asked_at, decided_at, reviewed_at FROM disclosures WHERE report_id = %s ORDER BY version DESC",
        (report_id,),
    )
    return [dict(zip(names, row, strict=True)) for row in rows]


def grounds(tx: Transaction, report_id: str) -> list[tuple[Any, ...]]:
    """(when, kind of need, ground, classes of data) of each card of hers that was sealed, oldest first."""
    return tx.rows(
        "SELECT sealed_at, kind, ground, data_classes FROM card_grounds WHERE report_id = %s"
        " ORDER BY sealed_at, kind, ground, digest",
        (report_id,),
    )


def for_machines(tx: Transaction, report_id: str) -> dict[str, Any] | None:
    """The same in short, for GET /reports/{id}; None if she was never asked."""
    told = said(tx, report_id)
    if not told:
        return None
    now, gone = told[0][0], withdrawal(tx, report_id)
    passed = gone and {
        "heard_at": gone["heard_at"].isoformat(), "holders": gone["holders"], "acknowledged": len(gone["acknowledged"]),
        "done_at": gone["done_at"].isoformat() if gone["done_at"] else None,
    }
    until = now.until.isoformat() if now.until else None
    return {"state": now.state, "version": now.version, "notice": now.terms.notice, "until": until, "withdrawal": passed}
