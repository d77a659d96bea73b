"""How does a sent body become a report, and what is wrong with it? Every bad field is named at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from plumbing.problems import BadField
from plumbing.texts import N_
from services.police_intake import synthetic
from services.police_intake.identity_number import read_iin
from services.police_intake.report import Injury, PersonFields, ReportFields, SafeContact
from services.police_intake.telephone import read_phone
from services.police_intake.territory import region_of_station, region_of_territory
from services.police_intake.web.body import PersonBody, ReportBody, SafeContactBody, TakeBackBody

LIKE_A_FIELD = re.compile(r"[a-z][a-z0-9_]{0,30}")  # small Latin letters, as fields are called; people are not
_MENDS = {
    "missing": "give this field",
    "extra_forbidden": "leave this field out, or check its spelling",
    "enum": "take one of the values named",
    "string_too_long": "shorten it",
    "too_long": "send fewer",
}
FIELDS = (*ReportBody.model_fields, *PersonBody.model_fields, *SafeContactBody.model_fields, *TakeBackBody.model_fields)
CLOCKS_DIFFER = timedelta(seconds=60)  # no two clocks agree: a sender's may be so far ahead of this one
LEFT_OUT = "correct it, or leave it out: the report is taken without it"


def pydantic_errors(errors: Sequence[Any]) -> list[BadField]:
    """Pydantic's findings in our words: field as a path, rule as it was broken, mend."""
    found = []
    for error in errors:
        path = ".".join(_named(part, error["type"]) for part in error["loc"] if part != "body") or "body"
        found.append(BadField(path, str(error["msg"]), _MENDS.get(error["type"], "correct it, or leave it out")))
    return found


def _named(part: Any, kind: str) -> str:
    """A field that we do not know is named only if it looks like a field: else its name may be anything, also somebody's."""
    known = kind != "extra_forbidden" or part in FIELDS or LIKE_A_FIELD.fullmatch(str(part))
    return str(part) if known else "an unknown field"


def broken_rules(sent: Any, errors: Sequence[Any], now: datetime) -> list[BadField]:
    """The rules between fields that are broken, too, where other fields could not even be read."""
    if not isinstance(sent, dict):
        return []
    body = {name: dict(value) if isinstance(value, dict) else value for name, value in sent.items()}
    for error in errors:
        _cut(body, [part for part in error["loc"] if part != "body"])
    stand_ins = {"kui_number": "-", "station": "--", "territory": "551000000", "recorded_at": now, "victim": {}}
    try:
        _, wrong = read_report(ReportBody.model_validate({**stand_ins, **body}), now)
    except ValidationError:
        return []
    return [one for one in wrong if one.field.split(".")[0] in body]


def _cut(body: dict[str, Any], path: Sequence[Any]) -> None:
    inner = body.get(path[0]) if path else None
    if isinstance(inner, dict) and len(path) == 2:
        inner.pop(path[1], None)
    elif path:
        body.pop(path[0], None)


def read_report(body: ReportBody, now: datetime) -> tuple[ReportFields | None, list[BadField]]:
    """The report, or every rule between fields that is broken."""
    fields, wrong = stated(body, now)
    return (None, wrong) if wrong else (fields, [])


def stated(body: ReportBody, now: datetime) -> tuple[ReportFields, list[BadField]]:
    """What the body says, and which rules between its fields are broken."""
    region = region_of_territory(body.territory) or region_of_station(body.station)
    respondent = body.respondent or PersonBody()
    victim_fields, victim_wrong = _person("victim", body.victim, now)
    other_fields, other_wrong = _person("respondent", respondent, now)
    wrong = [*_times(body, now), *victim_wrong, *other_wrong, *_twice(body.victim, respondent)]
    return _fields(body, region or "unknown", (victim_fields, other_fields)), wrong


def _fields(body: ReportBody, region: str, people: tuple[PersonFields, PersonFields]) -> ReportFields:
    return ReportFields(
        kui_number=body.kui_number, recorded_at=body.recorded_at, occurred_at=body.occurred_at, station=body.station,
        territory=body.territory, region=region, channel=body.channel, reporter=body.reporter, victim=people[0],
        respondent=people[1], relation=body.relation, intoxication=body.intoxication, violence=tuple(body.violence),
        injury=body.injury or Injury.UNDETERMINED, weapon=body.weapon, weapon_seen=body.weapon is not None,
        children=body.children, complaint=body.complaint, consent=body.consent,
        safe_contact=SafeContact(body.safe_contact.kind, body.safe_contact.detail), address=body.address,
        narrative=body.narrative, outcome=body.outcome, officer=body.officer,
        wants_woman=body.wants_woman,
    )


def _person(where: str, person: PersonBody, now: datetime) -> tuple[PersonFields, list[BadField]]:
    wrong = []
    if person.birth_date is not None and not now.year - 120 <= person.birth_date.year <= now.year:
        wrong.append(BadField(f"{where}.birth_date", N_("nobody living was born then"), LEFT_OUT))
    iin = read_iin(person.iin or "", person.birth_date, synthetic.allowed())
    if person.iin and not iin.trusted:
        wrong.append(BadField(f"{where}.iin", iin.problem, LEFT_OUT))
    phone = read_phone(person.phone) if person.phone else None
    if person.phone and phone is None:
        wrong.append(BadField(f"{where}.phone", N_("no telephone number can be read"), LEFT_OUT))
    known = bool(person.name or iin.value)
    return PersonFields(person.name, person.birth_date, iin.value, iin.trusted, phone, known, person.sex), wrong


def _times(body: ReportBody, now: datetime) -> list[BadField]:
    wrong = []
    if body.recorded_at > now + CLOCKS_DIFFER:
        wrong.append(BadField("recorded_at", N_("a report is not recorded in the future"), "correct the time"))
    if body.recorded_at.year < 1991:
        wrong.append(BadField("recorded_at", N_("no report is that old"), "correct the time"))
    if body.occurred_at is not None and body.occurred_at > body.recorded_at:
        wrong.append(BadField("occurred_at", N_("an event is not after its report"), LEFT_OUT))
    if region_of_territory(body.territory) is None and region_of_station(body.station) == "unknown":
        wrong.append(BadField("territory", N_("no region begins with these digits"), "give the 9-digit KATO code"))
    return wrong


def _twice(victim: PersonBody, respondent: PersonBody) -> list[BadField]:
    if victim.iin and victim.iin == respondent.iin:
        return [BadField(f"{who}.iin", N_("two people do not share one number"), LEFT_OUT) for who in ("victim", "respondent")]
    return []
