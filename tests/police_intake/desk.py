"""How do the tests of police intake tell a report, without a database? Facts are folded by evolve alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from plumbing.deciding import Seen
from plumbing.identity import Ids
from plumbing.service import Facts, Moment
from services.police_intake import decisions
from services.police_intake import messages as m
from services.police_intake.facts import evolve
from services.police_intake.report import (
    Channel,
    Consent,
    Injury,
    Intoxication,
    PersonFields,
    Relation,
    Reporter,
    ReportFields,
    SafeContact,
)

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
EXTRACT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
HER = PersonFields("Сейітова Зәуре", date(1990, 1, 1), "900101800014", True, "+77090000001", True)
HIM = PersonFields("Жұмабайов Ерлан", date(1988, 2, 2), "880202700015", True, None, True)


def fields(**changes: Any) -> ReportFields:
    known = ReportFields(
        "17", NOW - timedelta(hours=2), NOW - timedelta(hours=3), "УП г. Павлодар", "551000000", "KZ-55", Channel.CALL_102,
        Reporter.VICTIM, HER, HIM, Relation.SPOUSE, Intoxication.ALCOHOL, (), Injury.LIGHT, None, False, 2, False,
        Consent.YES, SafeContact(), "ул. Абая, 1", "текст", "", "Петров",
    )
    return replace(known, **changes)


class Desk:
    """Decides one message after the other; `facts` is what is known after each."""

    def __init__(self) -> None:
        self.facts: Facts = {}
        self._told = 0

    def tell(self, decide: Any, message: Any) -> list[Any]:
        self._told += 1
        moment = Moment(NOW, Ids(self._told.to_bytes(16, "big")))
        events = list(decide(message, Seen(self.facts), moment))
        for event in events:
            self.facts.update(evolve(self.facts, event))
        return events

    def import_record(self, extracted_at: datetime | None = EXTRACT, **changes: Any) -> list[Any]:
        read = fields(**changes)
        record = m.ImportedRecord("run", self._told + 1)
        digest = sha256(repr(read).encode()).hexdigest()
        return self.tell(decisions.register, m.RegisterReport(read, {}, digest, (), extracted_at, None, record))

    def post(self, key: str = "", body_hash: str = "", report_id: str = "", **changes: Any) -> list[Any]:
        read = fields(**changes)
        digest = sha256(repr(read).encode()).hexdigest()
        asked = m.Request("station", key, body_hash or digest)
        return self.tell(decisions.register, m.RegisterReport(read, {}, digest, (), None, asked, None, report_id))


def one(events: list[Any], kind: type) -> Any:
    """The one event of this kind."""
    found = [event for event in events if type(event) is kind]
    assert len(found) == 1, f"{len(found)} {kind.__name__} among {[type(event).__name__ for event in events]}"
    return found[0]


