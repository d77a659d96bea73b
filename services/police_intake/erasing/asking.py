"""What may be read about the erasures of a person: who asked, when, and until when is it taken back? SQL for the page only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.police_intake.erasing.acts import TASK, ErasureKept

if TYPE_CHECKING:
    from datetime import datetime

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
    return [ErasureKept(*row) for row in rows]


def second_person_by(tx: Transaction, person_id: str) -> datetime | None:
    """Until when a second person looks at what was asked; None if nobody has to."""
    rows = tx.rows("SELECT due_at FROM tasks WHERE subject = %s AND kind = %s AND closed_at IS NULL", (person_id, TASK))
    return rows[0][0] if rows else None
