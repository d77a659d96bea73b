"""What must be known to decide about a report that comes in, and how does an event change it?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from plumbing.service import CommandRefused, Facts, Key
from services.police_intake.erasing.acts import PersonErased
from services.police_intake.messages import Repeated, Replied, Request
from services.police_intake.names import fold_name
from services.police_intake.officer.members import with_members
from services.police_intake.placing import with_report, without
from services.police_intake.records import RecordHeld
from services.police_intake.report import PersonFields, ReportFields

_ADDRESS_PARTS = re.compile(r"\d+|[^\W\d_]+")


@dataclass(frozen=True, repr=False)
class Person:
    """One person as police know them, with a random id for each side; no side's id says anything of another's."""

    person_id: str
    folded_name: str
    name: str
    birth_date: date | None
    iin: str | None
    victim_ref: str
    respondent_ref: str
    same_as: str | None = None
    erased: bool = False  # the key is destroyed: nothing above but random ids is known any more


@dataclass(frozen=True, repr=False)
class KnownReport:
    """A report as it stands, and what is needed to recognise it again."""

    report_id: str
    identity: str
    version: int
    active: bool
    victim_id: str
    respondent_id: str | None
    household_ref: str
    extracted_at: datetime | None
    recorded_at: datetime
    address_key: str
    consent: str
    region: str
    erased: bool = False  # its contents are noise; what it was decided and counted as stays


@dataclass(frozen=True, repr=False)
class PersonKept:
    person: Person


@dataclass(frozen=True, repr=False)
class ReportKept:
    """This is the report's content from now on."""

    report: KnownReport
    fields: ReportFields
    content: dict[str, str]
    content_hash: str
    doubts: tuple[str, ...]
    source: str = "form"


@dataclass(frozen=True, repr=False)
class Stated:
    """What a report says as it stands, as read and as written."""

    fields: ReportFields
    content: dict[str, str]
    content_hash: str
    doubts: tuple[str, ...]


@dataclass(frozen=True, repr=False)
class ReportClosed:
    report: KnownReport
    reason: str
    by: str


@dataclass(frozen=True)
class NeedSeen:
    """How a need of a report stands, as police may know it."""

    need_id: str
    kind: str
    state: str
    queue: str
    sequence: int
    public_key: bytes | None = None


@dataclass(frozen=True)
class NeedLinked:
    """This report is answered for by this need."""

    report_id: str
    need_id: str


def identity_of(fields: ReportFields) -> str:
    """Station, year and КУИ number; the victim is the fourth part, compared as a person."""
    assert fields.recorded_at is not None
    return f"{fold_name(fields.station)}|{fields.recorded_at.year}|{(fields.kui_number or '').strip().lower()}"


def name_key(person: PersonFields) -> str:
    """Folded name and birth date; empty when either is missing: then nobody is recognised by it."""
    return f"{fold_name(person.name)}|{person.birth_date}" if person.name and person.birth_date else ""


def address_key(address: str) -> str:
    """Spellings of one address meet; the numbers of house and flat must be equal."""
    parts = _ADDRESS_PARTS.findall(unicodedata.normalize("NFKC", address))
    return " ".join(part if part.isdigit() else fold_name(part) for part in parts)


def evolve(facts: Mapping[Key, Any], event: Any) -> Facts:
    """The facts that this event changes, as they stand after it."""
    if isinstance(event, PersonKept):
        return _with_person(facts, event.person)
    if isinstance(event, ReportKept):
        stated = Stated(event.fields, event.content, event.content_hash, event.doubts)
        return with_report(facts, event.report, event.content_hash) | {("stated", event.report.report_id): stated}
    if isinstance(event, ReportClosed):
        return with_report(facts, event.report, "")
    if isinstance(event, RecordHeld):
        return {("held", event.content_hash): event.held_id, ("held record", event.held_id): event.verdict}
    if isinstance(event, PersonErased):
        return without(facts, event)
    if hasattr(event, "fact"):  # what an officer's act leaves behind names its own fact
        return {event.fact: event}
    if hasattr(event, "changed_facts"):  # and one of several about the same report names all of them
        return dict(event.changed_facts(facts))
    if isinstance(event, NeedSeen):
        return {("need", event.need_id): event}
    if isinstance(event, Replied) and event.request is not None:
        return {("request", request_name(event.request)): (event.request.body_hash, event.status, event.body)}
    return {}


def request_name(request: Request) -> str:
    return f"{request.client}/{request.key}"


def _with_person(facts: Mapping[Key, Any], person: Person) -> Facts:
    key = f"{person.folded_name}|{person.birth_date}"
    others = {one.person_id: one for one in facts.get(("named", key), ())}
    named = [one for _, one in sorted({**others, person.person_id: person}.items())]
    changed: Facts = {("person", person.person_id): person, ("named", key): tuple(named)}
    if person.iin is not None:
        known = facts.get(("iin", person.iin))
        if known is None or known.person_id == person.person_id:
            changed["iin", person.iin] = person
    return changed | with_members(facts, person)


def advanced(report: KnownReport, **changes: Any) -> KnownReport:
    return replace(report, version=report.version + 1, **changes)


def repeated(request: Request | None, facts: Mapping[Key, Any]) -> Any:
    """None for a first asking; the first answer for the same again; a refusal for another body under the key."""
    known = facts.get(("request", request_name(request))) if request is not None and request.key else None
    if known is None or request is None:
        return None
    body_hash, _status, body = known
    if body_hash != request.body_hash:
        return CommandRefused("key-reused", "this Idempotency-Key was used for another body: take a new key")
    return Repeated(200, body)
