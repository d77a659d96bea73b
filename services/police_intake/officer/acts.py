"""What can an officer order on the pages, and what is kept of it? Frozen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from plumbing.service import Key
from services.police_intake.consent.contract import Terms
from services.police_intake.messages import RegisterReport
from services.police_intake.report import Consent, Injury, SafeContact, Violence, Wish


@dataclass(frozen=True, repr=False)
class VictimAnswered:
    """Kept: what she herself said. A journal that is silent never takes it back."""

    report_id: str
    asked_apart: bool
    consent: Consent
    safe_contact: SafeContact
    by: str

    @property
    def fact(self) -> Key:
        return "answers", self.report_id


@dataclass(frozen=True)
class RiskSeen:
    """What was seen and said of the danger, as far as a report has room for it today."""

    violence: tuple[Violence, ...]
    injury: Injury
    weapon_seen: bool | None
    children: int | None


@dataclass(frozen=True, repr=False)
class AddAnswers:
    """Command: what the journal lacks is added to a report that is known, as it stood when the page was opened.

    seen: the version that stood on the page; 0 if nobody looked.
    """

    report_id: str
    answers: VictimAnswered
    risk: RiskSeen
    by: str
    seen: int = 0
    terms: Terms | None = None  # what she chose out of the notice; None: all of it, or what she chose before
    how: str = "spoken"
    handed_card: bool = False  # she said no, and the card with the numbers of help was left with her
    wants_woman: Wish = Wish.NOT_ASKED


@dataclass(frozen=True)
class RecordClosed:
    """Kept: what became of a held record, and by whom. Its verdict in the books of the import stays one line."""

    held_id: str
    outcome: str
    report_id: str
    by: str

    @property
    def fact(self) -> Key:
        return "held record", self.held_id


@dataclass(frozen=True, repr=False)
class CompleteRecord:
    """Command: a held record as it reads with what an officer typed; `corrects` a known report if it is said so."""

    held_id: str
    registers: RegisterReport
    by: str
    corrects: bool = False


@dataclass(frozen=True)
class CloseRecord:
    """Command: a held record becomes no report."""

    held_id: str
    by: str


@dataclass(frozen=True)
class JudgePersons:
    """Command: a named person says whether two rows are one human."""

    person_id: str
    other_id: str
    same: bool
    by: str


@dataclass(frozen=True)
class PartPersons:
    """Command: what was said to be one human is two again."""

    person_id: str
    by: str


@dataclass(frozen=True)
class PersonsJudged:
    """Kept: who said what of two rows; never overwritten."""

    person_id: str
    other_id: str
    verdict: str
    by: str


def with_answers(command: RegisterReport, answers: VictimAnswered | None) -> RegisterReport:
    """Where a journal is silent about consent or safe contact, what she said herself stands."""
    if answers is None or command.record is None:
        return command
    fields = command.fields
    if fields.consent in (Consent.UNKNOWN, Consent.NOT_ASKED):
        fields = replace(fields, consent=answers.consent)
    if not command.content.get("safe_contact", "").strip():
        fields = replace(fields, safe_contact=answers.safe_contact)
    return replace(command, fields=fields)
