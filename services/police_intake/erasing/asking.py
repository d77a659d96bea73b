"""What may be read about the erasures of a person: who asked, when, and until when is it taken back? SQL for the page only."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from services.police_intake.erasing.acts import TASK, ErasureKept, Holder

if TYPE_CHECKING:
    from plumbing.postgres import Transaction

ERASURE = (
    "person_id, state, reason, requested_by, requested_at, approved_by, due_at, requested_actor, approved_actor,"
    " approved_at, ended_at, ended_by"
)
# All rows of one human, whichever was asked about: an erasure takes them together.
_HUMAN = """
WITH RECURSIVE human AS (
    SELECT person_id, same_as FROM persons WHERE person_id = %s
    UNION SELECT p.person_id, p.same_as FROM persons p JOIN human ON p.person_id = human.same_as OR p.same_as = human.person_id
)"""


def of_human(tx: Transaction, person_id: str) -> list[ErasureKept]:
    """Every erasure asked for about this human, latest first."""
    rows = tx.rows(
        f"{_HUMAN} SELECT {ERASURE} FROM erasures WHERE person_id IN (SELECT person_id FROM human)"
        " ORDER BY requested_at DESC, person_id",
        (person_id,),
    )
    return with_holders(tx, [ErasureKept(*row) for row in rows])


def with_holders(tx: Transaction, kept: list[ErasureKept]) -> list[ErasureKept]:
    """Each with whoever was told of it, by name of the service and need."""
    rows = tx.rows(
        "SELECT person_id, requested_at, service, need_id, due_at, acknowledged_at FROM erasure_holders"
        " WHERE person_id = ANY(%s) ORDER BY service, need_id",
        ([one.person_id for one in kept],),
    )
    of: dict[tuple[str, datetime], list[Holder]] = {}
    for person_id, requested_at, *told in rows:
        of.setdefault((person_id, requested_at), []).append(Holder(*told))
    return [replace(one, holders=tuple(of.get((one.person_id, one.requested_at), ()))) for one in kept]


def second_person_by(tx: Transaction, person_id: str) -> datetime | None:
    """Until when a second person looks at what was asked; None if nobody has to."""
    rows = tx.rows("SELECT due_at FROM tasks WHERE subject = %s AND kind = %s AND closed_at IS NULL", (person_id, TASK))
    return rows[0][0] if rows else None
