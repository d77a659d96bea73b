"""What does police intake hear and say? Frozen, only the fields used here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from services.police_intake.report import ReportFields


@dataclass(frozen=True)
class Request:
    """Which client asked under which Idempotency-Key, and the hash of what it sent."""

    client: str
    key: str
    body_hash: str


@dataclass(frozen=True)
class ImportedRecord:
    """Which record of which import this is; its verdict is written once."""

    run_id: str
    record: int


@dataclass(frozen=True, repr=False)
class RegisterReport:
    """Command: a report came in by a form, a machine or a journal."""

    fields: ReportFields
    content: dict[str, str]
    content_hash: str
    doubts: tuple[str, ...] = ()
    extracted_at: datetime | None = None
    request: Request | None = None
    record: ImportedRecord | None = None
    report_id: str = ""  # set: a correction of this very report
    new_id: str = ""  # set: what a new report is to be called, so that one form makes one report
    answers: Any = None  # what she herself said, if a person asked her


@dataclass(frozen=True, repr=False)
class SetAside:
    """Command: a record or request that is no report yet (held, ignored, rejected, refused), kept as it came."""

    verdict: str
    reason: str
    content: dict[str, str]
    content_hash: str
    doubts: tuple[str, ...] = ()
    record: ImportedRecord | None = None
    extracted_at: datetime | None = None


@dataclass(frozen=True)
class TakeBack:
    """Command: a report is cancelled, unfounded, or about the wrong person."""

    report_id: str
    reason: str
    by: str
    request: Request | None = None


@dataclass(frozen=True)
class NeedStateChanged:
    event = "referral_router.NeedStateChanged"
    report_id: str
    need_id: str
    kind: str
    state: str
    queue: str
    sequence: int


@dataclass(frozen=True)
class CardRequested:
    event = "referral_router.CardRequested"
    report_id: str
    need_id: str
    kind: str
    public_key: bytes


@dataclass(frozen=True)
class Content:
    """What of a report leaves police: random ids, codes and times, nothing a person could be known by."""

    report_id: str
    version: int
    victim_ref: str
    respondent_ref: str | None
    household_ref: str
    region: str
    recorded_at: datetime
    occurred_at: datetime | None
    channel: str
    relation: str
    intoxication: str
    violence: tuple[str, ...]
    injury: str
    injury_basis: str
    weapon_seen: bool | None
    children: int | None
    victim_age: str
    victim_sex: str
    respondent_age: str
    complaint: bool | None
    consent: str
    mirrored: bool


@dataclass(frozen=True)
class ReportRegistered(Content):
    """A report is new."""

    event = "police_intake.ReportRegistered"


@dataclass(frozen=True)
class ReportCorrected(Content):
    """A report says otherwise than before."""

    event = "police_intake.ReportCorrected"


@dataclass(frozen=True)
class ReportCancelled:
    event = "police_intake.ReportCancelled"
    report_id: str
    version: int
    reason: str


@dataclass(frozen=True)
class VictimCardSealed:
    event = "police_intake.VictimCardSealed"
    need_id: str
    sealed: bytes


@dataclass(frozen=True)
class RespondentCardSealed:
    event = "police_intake.RespondentCardSealed"
    need_id: str
    sealed: bytes


@dataclass(frozen=True)
class VictimCardErased:
    event = "police_intake.VictimCardErased"
    need_id: str


@dataclass(frozen=True)
class RespondentCardErased:
    event = "police_intake.RespondentCardErased"
    need_id: str


@dataclass(frozen=True, repr=False)
class Replied:
    """What the asker is told; kept under the Idempotency-Key, so that a second asking gets the same."""

    status: int
    body: dict[str, Any] = field(default_factory=dict)
    request: Request | None = None


@dataclass(frozen=True, repr=False)
class Repeated:
    """The same request under the same key: the first answer, again."""

    status: int
    body: dict[str, Any]


@dataclass(frozen=True)
class ReportCounted:
    event = "police_intake.ReportCounted"
    region: str
    district: str
    occurred_hour: datetime | None
    recorded_hour: datetime
    source: str
    outcome: str


@dataclass(frozen=True)
class RecordsCounted:
    event = "police_intake.RecordsCounted"
    region: str
    records: int
    hour: datetime
