"""What does a dispatch system say of an incident, and what is kept of having heard it?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plumbing.problems import BadField
    from plumbing.service import Key
    from services.police_intake.messages import RegisterReport
    from services.police_intake.web.body import ReportBody

HELD = "held"


@dataclass(frozen=True)
class IncidentReported:
    event = "police_dispatch.IncidentReported"
    incident_id: str
    version: int
    recorded_at: datetime
    occurred_at: datetime | None
    channel: str
    relation: str
    intoxication: str
    violence: tuple[str, ...]
    injury: str
    children: int | None
    complaint: bool | None
    consent: str
    victim_sex: str
    respondent_sex: str
    sealed_to: str
    sealed: bytes

    @property
    def name(self) -> str:
        """Which saying of the incident this is: each is sealed anew."""
        return f"{self.incident_id}/{blake2b(repr(self).encode(), digest_size=12).hexdigest()}"


class NotOpenedYet(RuntimeError):
    """The message lies as a letter until the keys are there again; intake by every other door goes on."""


@dataclass(frozen=True, repr=False)
class Opened:
    """What an incident says with its sealed part opened; `body` and `command` only if every field could be read.

    `content` is what an officer finds if it is held; equal content has an equal hash, however often it was sealed.
    `said_as` is the hash under a key: what is kept of it says nothing to who has the table alone.
    """

    content: dict[str, str]
    content_hash: str
    wrong: tuple[BadField, ...] = ()
    body: ReportBody | None = None
    command: RegisterReport | None = None
    said_as: str = ""
    hindrance: str = ""  # no key of ours is at hand: nobody can say yet what was sent


@dataclass(frozen=True)
class IncidentHeard:
    """How an incident stands: accepted, duplicate or correction of a report, or held for an officer, with what is wrong."""

    incident_id: str
    version: int
    said_as: str
    verdict: str
    report_id: str = ""
    held_id: str = ""
    errors: tuple[BadField, ...] = ()

    @property
    def fact(self) -> Key:
        return "incident", self.incident_id
