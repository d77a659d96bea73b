"""What do a service's page and a service's tables say, read without changing anything?"""

from __future__ import annotations

import http.client
import json
import re
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from deploy.local.tokens import token
from plumbing.postgres import Database, LostConnection, Transaction

if TYPE_CHECKING:
    from deploy.local.doctor.site import Site

SAMPLE = re.compile(r'^(qorgan_\w+)\{([^}]*)\} (\S+)$', re.MULTILINE)
LABEL = re.compile(r'(\w+)="([^"]*)"')
IMPATIENT = {"statement_timeout": "8s", "lock_timeout": "2s", "default_transaction_read_only": "on"}
Place = tuple[str, int]


@dataclass
class Door:
    """What a service answered; `trouble` if it did not: gone (nothing listens) or mute (no answer in time)."""

    trouble: str = ""
    ready: dict[str, bool] = field(default_factory=dict)
    figures: dict[str, list[tuple[dict[str, str], float]]] = field(default_factory=dict)

    def most(self, name: str) -> float:
        return max((value for _, value in self.figures.get(name, ())), default=0.0)


@dataclass
class Tables:
    """One database as it stands; `trouble` if it could not be read."""

    trouble: str = ""
    skew: float = 0.0
    migrations: dict[tuple[str, str], str] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)
    clusters: set[str] = field(default_factory=set)
    sent: dict[Place, int] = field(default_factory=dict)
    taken: dict[Place, int] = field(default_factory=dict)
    unsent: tuple[int, float] = (0, 0.0)
    letters: list[tuple[Any, ...]] = field(default_factory=list)
    pages_as_owner: list[bool] = field(default_factory=list)  # one for each kind of session of the pages, if there are any
    audit_waiting: int = 0


def knock(site: Site, name: str) -> Door:
    url = site.services[name]
    try:
        _, ready = _get(url, "/readyz")
        _, figures = _get(url, "/metrics", _shown(site, name))
    except TimeoutError:
        return Door("mute")
    except (OSError, http.client.HTTPException):
        return Door("gone")
    door = Door(ready=json.loads(ready) if ready.startswith("{") else {})
    for name, labels, value in SAMPLE.findall(figures):
        door.figures.setdefault(name, []).append((dict(LABEL.findall(labels)), float(value)))
    return door


def _shown(site: Site, name: str) -> dict[str, str]:
    """What opens a closed door for one who reads figures; nothing if this folder's issuer gives nothing."""
    if not site.issuer:
        return {}
    try:
        return {"Authorization": f"Bearer {token(site.folder, site.issuer, 'scraper', name)}"}
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return {}


def _get(url: str, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Asked directly: a proxy of the environment has no business here."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
    try:
        connection.request("GET", path, headers=dict(headers or {}))
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def open_tables(dsn: str) -> Tables:
    with closing(Database(dsn, "doctor", IMPATIENT)) as database:
        try:
            with database.transaction() as tx:
                return _read(tx)
        except LostConnection as error:
            return Tables(trouble=str(error))
        except Exception as error:
            return Tables(trouble=str(error).strip().split("\n")[0])


def waiting_since(dsn: str, places: dict[Place, int]) -> float:
    """Seconds since the oldest of these lines (place → number) was written by the service that says it."""
    with closing(Database(dsn, "doctor", IMPATIENT)) as database, database.transaction() as tx:
        return float(tx.rows(
            "SELECT coalesce(extract(epoch FROM clock_timestamp() - min(kept_at)), 0) FROM outbox JOIN"
            " unnest(%s::text[], %s::int[], %s::bigint[]) AS wanted(topic, partition, number) USING (topic, partition, number)",
            ([t for t, _ in places], [p for _, p in places], list(places.values())),
        )[0][0])


def _read(tx: Transaction) -> Tables:
    began = time.time()
    skew = (tx.now() - datetime.fromtimestamp((began + time.time()) / 2, UTC)).total_seconds()
    if not tx.rows("SELECT to_regclass('migrations') IS NOT NULL")[0][0]:
        return Tables(skew=skew)
    return Tables("", skew, **_state(tx))


def _state(tx: Transaction) -> dict[str, Any]:
    unsent = tx.rows(
        "SELECT coalesce(sum(h.last_number - coalesce(c.sent_number, 0)), 0)::int,"
        " coalesce(extract(epoch FROM clock_timestamp() - min(o.kept_at)), 0)::float"
        " FROM outbox_heads h LEFT JOIN outbox_cursors c USING (topic, partition)"
        " LEFT JOIN outbox o ON o.topic = h.topic AND o.partition = h.partition AND o.number = coalesce(c.sent_number, 0) + 1"
    )[0]
    return {
        "migrations": {(room, name): digest for room, name, digest in tx.rows("SELECT room, name, digest FROM migrations")},
        "parts": {name.split("/")[-1] for (name,) in tx.rows(
            "SELECT application_name FROM pg_stat_activity WHERE datname = current_database()")},
        "pages_as_owner": [own for (own,) in tx.rows(
            "SELECT DISTINCT usename = current_user FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name LIKE '%/desk'")],
        "audit_waiting": tx.rows("SELECT count(*) FROM audit_waiting")[0][0]
        if tx.rows("SELECT to_regclass('audit_waiting') IS NOT NULL")[0][0] else 0,
        "clusters": {row[0] for row in tx.rows("SELECT cluster_id FROM inbox UNION SELECT cluster_id FROM outbox_cursors")},
        "sent": {(t, p): n for t, p, n in tx.rows("SELECT topic, partition, sent_number FROM outbox_cursors")},
        "taken": {(t, p): n for t, p, n in tx.rows("SELECT topic, partition, next_number - 1 FROM inbox")},
        "unsent": (unsent[0], unsent[1]),
        # The cause's first word only: what follows may quote the message.
        "letters": tx.rows("SELECT split_part(cause, ':', 1), count(*), count(DISTINCT key) FROM dead_letters"
                           " WHERE redriven_at IS NULL AND NOT behind GROUP BY 1 ORDER BY 1"),
    }
