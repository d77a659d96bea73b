"""How are all promises asked about, of one Qorgan or of evidence kept from it?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.checker import (
    cases,
    clocks,
    consents,
    counts,
    databases,
    erasures,
    imports,
    letters,
    needs,
    numbers,
    places,
    register,
    reports,
    sides,
)
from tests.checker.evidence import Evidence
from tests.checker.wire import Wire
from tests.checker.words import SERVICES, Words

PROMISES = (reports, needs, places, cases, clocks, numbers, imports, sides, letters, counts, register, consents, erasures)


class Checker:
    """Keeps what it read from Kafka, so that the next look reads only what is new."""

    def __init__(self, endpoints: dict[str, Any]) -> None:
        self._endpoints, self._words = endpoints, Words()
        self.new_kafka()

    def new_kafka(self) -> None:
        """Kafka was wiped: read it from the beginning again."""
        self._wire = Wire(self._endpoints["kafka"], self._words, self._endpoints.get("kafka_security"))

    def gather(self, answered: Iterable[str] = ()) -> Evidence:
        """answered: ids of reports to which police intake answered 201."""
        tables = {name: databases.tables(name, self._endpoints["postgres"][name]) for name in SERVICES}
        sides_of = {name: self._words.side(name) for name in self._words.topics}
        return Evidence(self._words.topics, sides_of, tables, self._wire.read_on(), list(answered))

    def check(self, answered: Iterable[str] = ()) -> list[str]:
        return violations(self.gather(answered))


def violations(evidence: Evidence) -> list[str]:
    """Every violated promise as a sentence; empty when all is well."""
    return [sentence for promise in PROMISES for sentence in promise.broken(evidence)]
