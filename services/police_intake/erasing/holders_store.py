"""Whose erasure is it that a holder answers? SQL that reads, locks first, like store.py."""

from __future__ import annotations

from collections.abc import Sequence

from plumbing.postgres import Transaction
from plumbing.service import Facts
from services.police_intake.erasing.acts import CardErasureAcknowledged, ErasureKept
from services.police_intake.erasing.asking import ERASURE, with_holders


def lives(tx: Transaction, answers: Sequence[CardErasureAcknowledged]) -> list[list[str]]:
    """Whoever was erased with the need: written before any holder hears of it, so it may be read before the lock."""
    erased = _erased_with(tx, answers)
    return [[answer.need_id, *erased.get(answer.need_id, ())] for answer in answers]


def known(tx: Transaction, answers: Sequence[CardErasureAcknowledged]) -> Facts:
    """Their erasures with all holders; only one that was carried out has any."""
    erased = _erased_with(tx, answers)
    facts: Facts = {("erased with", need_id): tuple(people) for need_id, people in erased.items()}
    ids = sorted({person_id for people in erased.values() for person_id in people})
    rows = tx.rows(f"SELECT {ERASURE} FROM erasures WHERE person_id = ANY(%s) AND state IN ('done', 'complete')", (ids,))
    return facts | {kept.fact: kept for kept in with_holders(tx, [ErasureKept(*row) for row in rows])}


def _erased_with(tx: Transaction, answers: Sequence[CardErasureAcknowledged]) -> dict[str, list[str]]:
    rows = tx.rows(
        "SELECT DISTINCT need_id, person_id FROM erasure_holders WHERE need_id = ANY(%s) ORDER BY need_id, person_id",
        ([answer.need_id for answer in answers],),
    )
    found: dict[str, list[str]] = {}
    for need_id, person_id in rows:
        found.setdefault(need_id, []).append(person_id)
    return found
