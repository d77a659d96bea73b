"""What may be typed into the form of a new report, and how does it become the body that POST /reports takes?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from pydantic import Field, ValidationError

from plumbing.forms import OTHERWISE, WRONG, Fields, Form, Name, Wrong
from plumbing.texts import N_
from services.police_intake.identity_number import said_by
from services.police_intake.journal.moments import KAZAKHSTAN
from services.police_intake.messages import RegisterReport
from services.police_intake.officer_acts import VictimAnswered
from services.police_intake.web.body import ReportBody
from services.police_intake.web.reading import content_of, read_report

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
    """A clock without a zone is Kazakhstan's: the page says so."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return (moment if moment.tzinfo else moment.replace(tzinfo=KAZAKHSTAN)).isoformat()


def checked(form: Form, now: datetime) -> Form:
    """The form with every rule it breaks beside its field: those of each value, between values, and of asking her."""
    errors = dict(form.errors)
    try:
        _, wrong = read_report(ReportBody.model_validate(body_of(form.typed)), now)
        errors |= {one.field.replace(".", "_"): Wrong(one.rule) for one in wrong}
    except ValidationError as error:
        errors |= {_name(one["loc"]): _wrong(one) for one in error.errors()}
    errors |= asking_errors(form.typed)
    return replace(form, errors=errors, value=None if errors else form.value, status=422 if errors else 200)


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


def order(value: NewFields, now: datetime) -> tuple[RegisterReport, str]:
    """The same command as POST /reports; its report is called as the form is, so that a second click makes no second."""
    body = ReportBody.model_validate(body_of(value.model_dump()))
    fields, _ = read_report(body, now)
    assert fields is not None
    content, content_hash = content_of(body)
    answers = VictimAnswered(value.act_id, value.asked_apart == "yes", fields.consent, fields.safe_contact, value.by)
    return RegisterReport(fields, content, content_hash, new_id=value.act_id, answers=answers), value.act_id


def _name(path: Any) -> str:
    parts = [str(part) for part in path if not isinstance(part, int)]
    return {"safe_contact_kind": "safe_contact"}.get("_".join(parts), "_".join(parts))


def _wrong(error: Any) -> Wrong:
    if error["type"] == "value_error":
        return Wrong(str(error["ctx"]["error"]))
    return Wrong(WRONG.get(error["type"], OTHERWISE), error.get("ctx", {}))
