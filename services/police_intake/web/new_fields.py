"""What may be typed into the form of a new report, and how does it become the body that POST /reports takes?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import Field

from plumbing.forms import Fields, Form, Name, Wrong
from plumbing.texts import N_
from services.police_intake.identity_number import said_by
from services.police_intake.journal.moments import KAZAKHSTAN, in_kazakhstan
from services.police_intake.report import (
    Channel,
    Consent,
    Injury,
    Intoxication,
    Relation,
    Reporter,
    SafeContactKind,
    Violence,
    Wish,
)
from services.police_intake.web.body import ReportBody

CHOICES = {
    "channel": Channel, "reporter": Reporter, "relation": Relation, "intoxication": Intoxication, "violence": Violence,
    "injury": Injury, "contact": SafeContactKind,
}
LISTS: dict[str, list[str]] = {name: [str(one) for one in kinds] for name, kinds in CHOICES.items()} | {
    "consent": [str(one) for one in Consent if one is not Consent.UNKNOWN], "sex": ["female", "male", "unknown"],
    "wish": [str(one) for one in Wish],
}
PERSON = ("name", "birth_date", "iin", "phone", "sex")
APART = N_("Ask her apart from the other person, or choose: not asked")
HOW = N_("Write the hours, the number and the code word, or who the trusted person is")


class NewFields(Fields):
    """Every field as typed; ReportBody says what each may be, so that form and machine are told the same."""

    act_id: str = ""
    by: Name
    kui_number: str = ""
    station: str = ""
    territory: str = ""
    recorded_at: str = ""
    occurred_at: str = ""
    channel: str = "unknown"
    reporter: str = "unknown"
    victim_name: str = ""
    victim_birth_date: str = ""
    victim_iin: str = ""
    victim_phone: str = ""
    victim_sex: str = "unknown"
    respondent_name: str = ""
    respondent_birth_date: str = ""
    respondent_iin: str = ""
    respondent_phone: str = ""
    respondent_sex: str = "unknown"
    relation: str = "unknown"
    intoxication: str = "unknown"
    violence: list[str] = Field(default_factory=list)
    injury: str = "undetermined"
    weapon: str = ""
    children: str = ""
    consent: str = "not_asked"
    asked_apart: str = "no"
    wants_woman: str = "not_asked"
    safe_contact: str = "never"
    safe_contact_detail: str = ""
    address: str = ""
    narrative: str = ""


def body_of(typed: Mapping[str, Any]) -> dict[str, Any]:
    """The form as POST /reports would be sent it; empty fields are not given."""
    given = {name: value for name, value in typed.items() if value not in ("", [])}
    body = {name: given[name] for name in ReportBody.model_fields if name in given and name not in ("safe_contact", "officer")}
    for who in ("victim", "respondent"):
        body[who] = {part: given[f"{who}_{part}"] for part in PERSON if f"{who}_{part}" in given}
    contact = {"kind": given.get("safe_contact", "never"), "detail": given.get("safe_contact_detail", "")}
    times: dict[str, Any] = {name: zoned(str(given[name])) for name in ("recorded_at", "occurred_at") if name in given}
    count = str(given.get("children", ""))
    if count.isascii() and count.isdigit():
        body["children"] = int(count[:9])
    return {**body, **times, "safe_contact": contact, "officer": given.get("by", "")}


def zoned(text: str) -> str:
    """What is no time is left as it was typed."""
    try:
        return in_kazakhstan(datetime.fromisoformat(text)).isoformat()
    except ValueError:
        return text


def asking_errors(typed: Mapping[str, Any]) -> dict[str, Wrong]:
    """What she says beside the other person is no answer; a safe contact without its how is none."""
    errors = {}
    if typed.get("consent") in ("yes", "no") and typed.get("asked_apart") != "yes":
        errors["asked_apart"] = Wrong(APART)
    if typed.get("safe_contact", "never") != "never" and not typed.get("safe_contact_detail"):
        errors["safe_contact_detail"] = Wrong(HOW)
    return errors


def filled(form: Form, now: datetime) -> Form:
    """Birth date and sex from the identity number, where nothing was typed."""
    typed = dict(form.typed)
    for who in ("victim", "respondent"):
        number = "".join(str(typed.get(f"{who}_iin", "")).split())
        born, sex = said_by(number, now.astimezone(KAZAKHSTAN).date())
        if born and not typed.get(f"{who}_birth_date"):
            typed[f"{who}_birth_date"] = born.isoformat()
        if typed.get(f"{who}_sex", "unknown") == "unknown":
            typed[f"{who}_sex"] = sex
    return replace(form, typed=typed)
