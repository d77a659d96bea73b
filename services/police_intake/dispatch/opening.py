"""What does an incident say once its sealed part is opened? The same fields as POST /reports, read by the same rules."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from pydantic import ValidationError

from plumbing.problems import BadField
from plumbing.sealing import Unopenable, unseal
from services.police_intake.dispatch.incident import IncidentReported, Opened
from services.police_intake.dispatch.keys import Keys
from services.police_intake.journal.moments import KAZAKHSTAN
from services.police_intake.messages import RegisterReport
from services.police_intake.web.body import ReportBody
from services.police_intake.web.machines import content_of
from services.police_intake.web.reading import broken_rules, pydantic_errors, stated

INCIDENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
CODES = ("channel", "relation", "intoxication", "injury", "children", "complaint", "consent")
ANOTHER_KEY = "it is sealed to a key that is not here"
UNREADABLE = "the sealed part cannot be opened, or is no JSON object"
TOO_LATE = "no clock in Kazakhstan will ever show this time"
YEAR_MAX = 9998
MENDS = {
    ANOTHER_KEY: "ask GET /dispatch-key and seal to what it gives", UNREADABLE: "seal a JSON object in UTF-8 to that key",
    TOO_LATE: "send milliseconds since 1970",
}


def opened(said: IncidentReported, keys: Keys, now: datetime) -> Opened:
    """Never raises for what a sender did wrong: everything wrong is named, and everything that came is kept."""
    try:
        return _opened(said, keys, now)
    except (TypeError, ValueError, OverflowError, RecursionError):  # one incident never stops all of intake
        return _unreadable(said)


def _opened(said: IncidentReported, keys: Keys, now: datetime) -> Opened:
    wrong = () if INCIDENT_ID.fullmatch(said.incident_id) else (_bad_id(),)
    pair = keys.by_id.get(said.sealed_to)
    try:
        sealed = unseal(said.sealed, pair.private) if pair else None
    except Unopenable:
        sealed = None
    if sealed is None:
        rule = ANOTHER_KEY if pair is None else UNREADABLE
        codes = _codes(said) | {"sealed_to": said.sealed_to, "sealed": b64encode(said.sealed).decode()}
        return _set_aside(said, codes, (*wrong, BadField("sealed", rule, MENDS[rule])))
    return _read(said, _body(said, sealed), wrong, now)


def _unreadable(said: IncidentReported) -> Opened:
    """Kept sealed and with its times as they came, since nothing that it says could be turned into a report."""
    times = {"recorded_at": said.recorded_at, "occurred_at": said.occurred_at}
    late = [BadField(name, TOO_LATE, MENDS[TOO_LATE]) for name, at in times.items() if at is not None and at.year > YEAR_MAX]
    wrong = (*(() if INCIDENT_ID.fullmatch(said.incident_id) else (_bad_id(),)), *late)
    kept = {name: at and at.isoformat() for name, at in times.items()}
    kept |= {"sealed_to": said.sealed_to, "sealed": b64encode(said.sealed).decode()}
    return _set_aside(said, kept, wrong or (BadField("sealed", UNREADABLE, MENDS[UNREADABLE]),))


def _read(said: IncidentReported, sent: dict[str, Any], wrong: tuple[BadField, ...], now: datetime) -> Opened:
    try:
        body = ReportBody.model_validate(sent)
    except ValidationError as error:
        errors = error.errors()
        found = (*pydantic_errors(errors), *broken_rules(sent, errors, now))
        return _set_aside(said, sent, (*wrong, *(replace(one, field=_clean(one.field)) for one in found)))
    if wrong:
        return _set_aside(said, sent, wrong)
    fields, _ = stated(body, now)
    content, content_hash = content_of(body)
    return Opened(content, content_hash, (), body, RegisterReport(fields, content, content_hash))


def _body(said: IncidentReported, sealed: dict[str, Any]) -> dict[str, Any]:
    """The body of POST /reports; what is said in the open stands there, whatever the sealed part says of it."""
    body = {**sealed, **_codes(said)}
    for who, sex in (("victim", said.victim_sex), ("respondent", said.respondent_sex)):
        if isinstance(body.get(who), dict):
            body[who] = {**body[who], "sex": sex}
    return body


def _codes(said: IncidentReported) -> dict[str, Any]:
    known = {name: getattr(said, name) for name in CODES}
    if said.injury == "unknown":
        del known["injury"]
    times = {"recorded_at": _here(said.recorded_at), "occurred_at": said.occurred_at and _here(said.occurred_at)}
    return {**known, **times, "violence": [kind for kind in said.violence if kind != "unknown"]}


def _here(moment: datetime) -> str:
    return moment.astimezone(KAZAKHSTAN).isoformat()


def _set_aside(said: IncidentReported, sent: dict[str, Any], wrong: tuple[BadField, ...]) -> Opened:
    text = json.dumps({"incident_id": said.incident_id, **sent}, ensure_ascii=False, sort_keys=True)
    text = _clean(text.replace("\\u0000", ""))
    return Opened({"body": text}, sha256(text.encode()).hexdigest(), wrong)


def _clean(text: str) -> str:
    """Neither NUL nor half a character can be kept."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _bad_id() -> BadField:
    rule = "an incident is called by 8 to 64 letters, digits, - or _"
    return BadField("incident_id", rule, "call it so, by chance: no number a person could be known by")
