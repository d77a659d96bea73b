"""What would happen if a message that was set aside were taken again? Everything is done, and undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from plumbing import dead_letters
from plumbing.deciding import cause_of
from plumbing.postgres import Conflict, LostConnection, Transaction
from plumbing.service import Heard
from plumbing.step import Step

CAUSES = (
    ("unknown-schema", "unknown-schema"), ("waits behind", "behind"), ("not said by", "not-the-owner"),
    ("Unreadable", "unreadable"), ("body does not", "unreadable"), ("bytes are", "unreadable"), ("no Confluent", "unreadable"),
    ("BadValue", "refused-by-database"),
)


@dataclass(frozen=True)
class Rehearsal:
    """What the first letter of a life would say, how much it would change here, or why it still cannot be taken."""

    says: Sequence[str]
    changes: int
    hindrance: str = ""


class _Undone(Exception):
    """Raised on purpose, so that the transaction rolls back."""


def rehearse(step: Step, key: str) -> Rehearsal | None:
    """Take the first letter of a key in a transaction that is rolled back; None if none lies there."""
    with step.database.transaction() as tx:
        letters = dead_letters.lying(tx, key, 1)
    if not letters:
        return None
    kept: list[Any] = []

    def record(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
        kept[:] = [event for event, _ in events]
        step.service.record(tx, events)

    def undo(_tx: Transaction, _now: datetime) -> None:
        raise _Undone

    trial = Step(replace(step.service, record=record), step.database, step.clock)
    trial.codec = step.codec
    try:
        message = step.codec.decode(letters[0].value, step.service.views)
        trial.run([Heard(message, letters[0].message_id, key)], undo)
    except _Undone:
        said = [event.event for event in kept if hasattr(event, "event")]
        return Rehearsal(said, len(kept) - len(said))
    except (LostConnection, Conflict):
        raise
    except Exception as error:
        return Rehearsal((), 0, cause_of(error))
    raise AssertionError("a rehearsal was not undone")


def kind_of(cause: str) -> str:
    """Which of the known causes it is, for the words on the page."""
    return next((kind for begin, kind in CAUSES if cause.startswith(begin)), "not-decided")
