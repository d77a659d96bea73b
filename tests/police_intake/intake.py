"""How does police intake look with its facts in memory? Commands decided and folded in, as the step does."""

from __future__ import annotations

from dataclasses import astuple, replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from plumbing.codec import Codec
from plumbing.identity import Ids
from plumbing.service import Moment
from services.police_intake import messages as m
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
from services.police_intake.wiring import SERVICE
from tests.police_intake.journal_text import iin
from tests.stores import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HER_IIN, HIS_IIN, ANOTHER_IIN = iin("74081287993"), iin("98022079685"), iin("74081287994")
CODEC = Codec()


def person(name: str = "Сейітова Зәуре", born: str | None = "1974-08-12", iin: str | None = None, **more: Any) -> PersonFields:
    return PersonFields(name, date.fromisoformat(born) if born else None, iin, iin is not None, None, bool(name), **more)


HE = person("Жұмабайов Ерлан", "1998-02-20")


def fields(**changes: Any) -> ReportFields:
    usual = ReportFields(
        kui_number="3862", recorded_at=NOW - HOUR, occurred_at=None, station="Енбекшинское УП г. Шымкент",
        territory="791000000", region="KZ-79", channel=Channel.CALL_102, reporter=Reporter.NEIGHBOUR, victim=person(),
        respondent=HE, relation=Relation.SPOUSE, intoxication=Intoxication.NONE, violence=(), injury=Injury.LIGHT,
        weapon=None, weapon_seen=None, children=0, complaint=None, consent=Consent.YES, safe_contact=SafeContact(),
        address="ул. Абая, 2", narrative="Ударил.", outcome="", officer="",
    )
    return replace(usual, **changes)


class Intake:
    """What is known after each command; `cards` stand for what the store would have sealed."""

    def __init__(self) -> None:
        self.facts: dict[tuple[str, str], Any] = {}
        self.heard = 0

    def hear(self, command: Any) -> list[Any]:
        self.heard += 1
        moment = Moment(NOW, Ids(self.heard.to_bytes(4, "big")), SERVICE.law)
        events = list(SERVICE.route(command).decided(command, dict(self.facts), moment))
        for event in events:
            self.facts.update(SERVICE.evolve(self.facts, event))
            if hasattr(event, "event"):
                CODEC.encode(event)
        return events

    def record(self, number: int = 1, extracted: Any = NOW, **changes: Any) -> list[Any]:
        """A record of a journal that was written out at `extracted`."""
        return self.hear(command(extracted=extracted, record=m.ImportedRecord("a run", number), **changes))

    def post(self, key: str = "", report_id: str = "", **changes: Any) -> list[Any]:
        """A report by HTTP, under a key if one is given."""
        made = command(**changes)
        return self.hear(replace(made, request=m.Request("a form", key, made.content_hash), report_id=report_id))


def command(extracted: Any = None, record: Any = None, **changes: Any) -> m.RegisterReport:
    made = fields(**changes)
    content = {"all": repr(astuple(made))}
    return m.RegisterReport(made, content, sha256(repr(astuple(made)).encode()).hexdigest(), (), extracted, None, record)


def only(events: list[Any], name: str) -> Any:
    [found] = [event for event in events if type(event).__name__ == name]
    return found


def names(events: list[Any]) -> list[str]:
    return [type(event).__name__ for event in events]


def said(events: list[Any]) -> Any:
    """The one registered or corrected report."""
    [found] = [event for event in events if isinstance(event, m.Content)]
    return found
