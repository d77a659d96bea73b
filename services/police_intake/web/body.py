"""What may be sent to POST /reports, and which rule does each wrong field break?"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from plumbing.texts import N_
from services.police_intake.report import (
    NARRATIVE_CHARACTERS_MAX,
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

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def _plain(text: str) -> str:
    if _CONTROL.search(text):
        raise ValueError(N_("control characters are not text: take them out"))
    return unicodedata.normalize("NFC", text.strip())


def _digits(text: Any) -> Any:
    """Full-width digits, spaces and dashes are what somebody typed: the number is meant."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)) if isinstance(text, str) else text


def _zoned(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(N_("a time needs its zone: write it with +05:00"))
    return moment


def _day(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise ValueError(N_("a day is written YYYY-MM-DD"))
    return value


Code = Annotated[str, Field(max_length=32), AfterValidator(_plain)]
Line = Annotated[str, Field(max_length=200), AfterValidator(_plain)]
Lines = Annotated[str, Field(max_length=500), AfterValidator(_plain)]
Narrative = Annotated[str, Field(max_length=NARRATIVE_CHARACTERS_MAX), AfterValidator(_plain)]
Moment = Annotated[datetime, AfterValidator(_zoned)]
Children = Annotated[int, Field(ge=0, le=20)]
Day = Annotated[date, BeforeValidator(_day)]
Iin = Annotated[str, BeforeValidator(_digits), Field(pattern=r"^[0-9]{12}$")]
Phone = Annotated[str, BeforeValidator(_digits), Field(max_length=20)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=False, hide_input_in_errors=True)

    def __repr_args__(self) -> tuple[()]:
        """Shown without values, whatever it comes into."""
        return ()


class PersonBody(_Strict):
    name: Line = ""
    birth_date: Day | None = None
    iin: Iin | None = None
    phone: Phone | None = None
    sex: Annotated[str, Field(pattern="^(female|male|unknown)$")] = "unknown"


class SafeContactBody(_Strict):
    kind: SafeContactKind = SafeContactKind.NEVER
    detail: Lines = ""


class ReportBody(_Strict):
    """One report as a form or a dispatch system sends it."""

    kui_number: Annotated[Code, Field(min_length=1)]
    station: Annotated[Line, Field(min_length=2)]
    territory: Annotated[str, BeforeValidator(_digits), Field(pattern=r"^[0-9]{9}$")]
    recorded_at: Moment
    occurred_at: Moment | None = None
    channel: Channel = Channel.UNKNOWN
    reporter: Reporter = Reporter.UNKNOWN
    victim: PersonBody
    respondent: PersonBody | None = None
    relation: Relation = Relation.UNKNOWN
    intoxication: Intoxication = Intoxication.UNKNOWN
    violence: Annotated[list[Violence], Field(max_length=10)] = []
    injury: Injury = Injury.UNDETERMINED
    weapon: Line | None = None
    children: Annotated[int, Field(ge=0, le=20, strict=True)] | None = None
    complaint: bool | None = None
    consent: Consent = Consent.NOT_ASKED
    safe_contact: SafeContactBody = SafeContactBody()
    address: Lines = ""
    narrative: Narrative = ""
    outcome: Line = ""
    officer: Line = ""
    wants_woman: Wish = Wish.NOT_ASKED


TAKE_BACK_REASONS = ("cancelled", "unfounded", "wrong_person")


class TakeBackBody(_Strict):
    reason: Annotated[str, Field(pattern="^(cancelled|unfounded|wrong_person)$")]
    by: Annotated[Line, Field(min_length=1)]
