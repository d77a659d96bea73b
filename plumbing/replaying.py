"""Does every past decision come out the same, from its message, the facts it saw and the law of then? Byte for byte."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plumbing import rule_packs
from plumbing.codec import Codec
from plumbing.deciding import as_kept
from plumbing.identity import Ids
from plumbing.logs import told
from plumbing.plain import read_back
from plumbing.postgres import Database
from plumbing.service import Facts, Moment, Service

AT_ONCE = 500
_DECISIONS = """
SELECT decision_id, heard, decided_at, seed, law_hash, message, seen, decided, findings FROM decisions
WHERE decision_id > %s AND (%s::timestamptz IS NULL OR decided_at >= %s) ORDER BY decision_id LIMIT %s"""
# What is said again is laid beside the journal once, at the end: by its id, and then byte by byte.
_AGAIN = "CREATE TEMPORARY TABLE said_again (decision_id bigint, message_id uuid, value bytea)"
_UNEQUAL = """
SELECT DISTINCT decision_id FROM said_again LEFT JOIN outbox USING (message_id)
WHERE outbox.value IS DISTINCT FROM said_again.value"""


@dataclass(frozen=True)
class Past:
    """A decision as its row tells it."""

    decision_id: int
    heard: str
    at: datetime
    seed: bytes
    law_hash: str
    message: dict[str, Any]
    seen: dict[str, Any]
    decided: Any
    findings: Any


@dataclass
class Replayed:
    """How many decisions were made again, and what differs in those that did not come out equal."""

    decisions: int = 0
    differing: dict[int, str] = field(default_factory=dict)

    @property
    def equal(self) -> int:
        return self.decisions - len(self.differing)


class Replay:
    """Decides again what one service has decided; nothing is kept of it."""

    def __init__(self, service: Service, database: Database) -> None:
        self._service, self._database, self._codec = service, database, Codec()
        self._heard = {route.heard.__name__: route.heard for route in service.routes}
        self._laws: dict[str, Any] = {}

    def run(self, since: datetime | None = None) -> Replayed:
        outcome = Replayed()
        with self._database.transaction() as tx:
            tx.run(f"DROP TABLE IF EXISTS said_again; {_AGAIN}")
        for rows in self._in_parts(since):
            said = self._part(rows, outcome)
            with self._database.transaction() as tx:
                tx.insert("INSERT INTO said_again VALUES %s", said)
        with self._database.transaction() as tx:
            for (decision_id,) in tx.rows(_UNEQUAL):
                outcome.differing.setdefault(decision_id, "what it says is not what was said")
        return outcome

    def under(self, law: Any, since: datetime | None = None) -> Iterator[tuple[Past, list[Any]]]:
        """Each decision in which rules were asked, with what they would have found under another law."""
        for rows in self._in_parts(since):
            asked = [past for past in rows if past.findings]
            yield from ((past, json.loads(as_kept(self._decide(past, law)[0])[1])) for past in asked)

    def law_of(self, past: Past) -> Any:
        """The rule pack a decision was made under."""
        if past.law_hash not in self._laws:
            with self._database.transaction() as tx:
                self._laws[past.law_hash] = rule_packs.pack_of(tx, self._service, past.law_hash)
        return self._laws[past.law_hash]

    def _in_parts(self, since: datetime | None) -> Iterator[list[Past]]:
        last = 0
        while True:
            with self._database.transaction() as tx:
                rows = [Past(*row) for row in tx.rows(_DECISIONS, (last, since, since, AT_ONCE))]
            if not rows:
                return
            yield rows
            last = rows[-1].decision_id

    def _part(self, rows: list[Past], outcome: Replayed) -> list[tuple[int, str, bytes]]:
        again: list[tuple[int, str, bytes]] = []
        for past in rows:
            outcome.decisions += 1
            try:
                events, ids = self._decide(past, self.law_of(past))
            except Exception as error:  # whatever it was: this decision cannot be made again
                outcome.differing[past.decision_id] = told(error)
                continue
            if problem := _difference(past, *map(json.loads, as_kept(events))):
                outcome.differing[past.decision_id] = problem
            said = [event for event in events if hasattr(event, "event")]
            again += [(past.decision_id, ids.new(), self._codec.encode(event)) for event in said]
        return again

    def _decide(self, past: Past, law: Any) -> tuple[tuple[Any, ...], Ids]:
        ids = Ids(bytes(past.seed))
        message = read_back(self._heard[past.heard], past.message)
        moment = Moment(past.at, ids, law)
        return tuple(self._service.route(message).decided(message, self._facts(past.seen), moment)), ids

    def _facts(self, seen: dict[str, Any]) -> Facts:
        facts: Facts = {}
        for name, value in seen.items():
            kind, _, rest = name.partition("/")
            if value is not None:  # looked for and not there
                facts[kind, rest] = read_back(self._service.fact_kinds[kind], value)
        return facts


def _difference(past: Past, decided: Any, findings: Any) -> str:
    for what, before, now in (("events", past.decided, decided), ("findings", past.findings, findings)):
        if _bytes(before) != _bytes(now):
            return f"its {what} differ: {_first_difference(before, now)}"
    return ""


def _first_difference(before: Any, now: Any) -> str:
    pairs = list(zip(before, now, strict=False))
    first = next(((one, other) for one, other in pairs if _bytes(one) != _bytes(other)), (len(before), len(now)))
    return f"{str(first[0])[:200]} was, {str(first[1])[:200]} is"


def _bytes(value: Any) -> bytes:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
