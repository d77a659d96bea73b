"""Was this form sent before, and who acted here last? A second click, a reload or a lost answer does nothing twice."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from plumbing import vault
from plumbing.plain import plain
from plumbing.service import CommandRefused, Heard

if TYPE_CHECKING:
    from plumbing.postgres import Transaction

PREFIX = "act/"
KEPT = timedelta(days=30)  # nobody sends a form again after that
SENT_OTHERWISE = CommandRefused("sent-otherwise", "this form was sent before with another content: open the page anew")


class DoneBefore(Exception):
    """The form had been sent before, and had its effect then."""


@dataclass(frozen=True)
class LastAct:
    """Who acted last on something, and when."""

    by: str
    at: datetime


def refusal(events: Iterable[Any]) -> CommandRefused | None:
    return next((event for event in events if isinstance(event, CommandRefused)), None)


def record(tx: Transaction, decided: Sequence[tuple[Heard, Sequence[Any], Any]], now: datetime) -> None:
    """Keep each act that was not refused, in the transaction of its effect; raises DoneBefore for a second one."""
    rows = [_row(heard, now) for heard, events, _ in decided if heard.origin is None and not refusal(events) and by(heard)]
    if not rows:
        return
    kept = tx.change(
        "INSERT INTO acts (act_id, digest, key, by, done_at) VALUES %s ON CONFLICT DO NOTHING RETURNING 1", rows
    )
    if len(kept) < len(rows):
        raise DoneBefore
    tx.run("DELETE FROM acts WHERE done_at < %s", (now - KEPT,))


def acted(decided: Sequence[tuple[Heard, Sequence[Any], Any]]) -> list[tuple[Sequence[Any], str, str]]:
    """(events, what it was about, who acted) of each message; nobody acted by one that was no act, or was refused."""
    return [
        (events, heard.key, by(heard) if heard.origin is None and not refusal(events) else "") for heard, events, _ in decided
    ]


def done_as(tx: Transaction, heard: Heard) -> bool | None:
    """None: not done yet. True: done with the same content. False: the same form was sent with another content."""
    found = tx.rows("SELECT digest FROM acts WHERE act_id = %s", (heard.message_id,))
    return found[0][0] == _digest(heard) if found else None


def last_on(tx: Transaction, key: str) -> LastAct | None:
    found = tx.rows("SELECT by, done_at FROM acts WHERE key = %s ORDER BY done_at DESC LIMIT 1", (key,))
    return LastAct(*found[0]) if found else None


def _row(heard: Heard, now: datetime) -> tuple[Any, ...]:
    return heard.message_id, _digest(heard), heard.key, by(heard), now


def by(heard: Heard) -> str:
    """Whose act it is; a form's without a name is kept too, so that it is never done twice."""
    name = getattr(heard.message, "by", "")
    return str(name) or ("–" if heard.message_id.startswith(PREFIX) else "")


def _digest(heard: Heard) -> str:
    """Equal for equal content; made with a key, so that nobody guesses the content."""
    said = json.dumps(plain(heard.message), ensure_ascii=False, sort_keys=True, default=str)  # its repr may hide what it says
    return vault.here().index("act", f"{heard.message_id} {type(heard.message).__name__} {said}").hex()
