"""Which sessions are there, and who is on the way to the issuer? SQL for the door only; ids are kept as hashes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from plumbing.actors import Actor
from plumbing.postgres import Transaction

ON_THE_WAY = timedelta(minutes=10)
LOGINS_MAX = 2000  # more at once are no people: the oldest are forgotten


def begin(tx: Transaction, session_hash: str, actor: Actor, times: tuple[datetime, datetime]) -> None:
    """times: (now, when it ends). What has ended is swept out."""
    now, ends_at = times
    who = (actor.subject, actor.name, actor.role, actor.region, actor.station, actor.facility)
    tx.run("DELETE FROM sessions WHERE ends_at < %s", (now,))
    tx.run(
        "INSERT INTO sessions (session_hash, subject, name, role, region, station, facility, began_at, seen_at, ends_at)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        (session_hash, *who, now, now, ends_at),
    )


def find(tx: Transaction, session_hash: str) -> tuple[Actor, datetime, datetime] | None:
    """(who, last seen, ends at)."""
    rows = tx.rows(
        "SELECT subject, name, role, region, station, facility, seen_at, ends_at FROM sessions WHERE session_hash = %s",
        (session_hash,),
    )
    return (Actor(*rows[0][:6]), rows[0][6], rows[0][7]) if rows else None


def seen(tx: Transaction, session_hash: str, now: datetime) -> None:
    tx.run("UPDATE sessions SET seen_at = %s WHERE session_hash = %s AND seen_at < %s", (now, session_hash, now))


def end(tx: Transaction, session_hash: str) -> None:
    tx.run("DELETE FROM sessions WHERE session_hash = %s", (session_hash,))


def send(tx: Transaction, hashes: tuple[str, str], kept: tuple[str, str, str], now: datetime) -> None:
    """hashes: of state and browser; kept: nonce, verifier, and the page to return to."""
    tx.run(
        "DELETE FROM logins WHERE made_at < %s"
        " OR state_hash IN (SELECT state_hash FROM logins ORDER BY made_at DESC OFFSET %s)",
        (now - ON_THE_WAY, LOGINS_MAX),
    )
    tx.run(
        "INSERT INTO logins (state_hash, browser_hash, nonce, verifier, back, made_at) VALUES (%s, %s, %s, %s, %s, %s)",
        (*hashes, *kept, now),
    )


def come_back(tx: Transaction, hashes: tuple[str, str], now: datetime) -> tuple[Any, ...] | None:
    """(nonce, verifier, back, made_at) of this browser's way, once: a second time there is nothing."""
    rows = tx.rows(
        "DELETE FROM logins WHERE state_hash = %s AND browser_hash = %s AND made_at >= %s"
        " RETURNING nonce, verifier, back, made_at",
        (*hashes, now - ON_THE_WAY),
    )
    return rows[0] if rows else None
