"""What is decided about an incident that was published: a report, its correction, or an officer's task? Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from plumbing.acts import refusal
from plumbing.problems import BadField
from plumbing.service import Key, Moment
from plumbing.tasks import TaskClosed
from plumbing.texts import N_
from services.police_intake.dispatch.incident import HELD, IncidentHeard, IncidentReported, NotOpenedYet, Opened
from services.police_intake.messages import Replied, SetAside
from services.police_intake.officer.acts import RecordClosed
from services.police_intake.records import RecordHeld
from services.police_intake.web.reading import read_report

Known = Mapping[Key, Any]
Decide = Callable[[Any, Known, Moment], Sequence[Any]]
BROKEN = N_("a published incident that broke the rules of the form")
KNOWN_ALREADY = N_("a published incident about a report that is registered already, or was taken back")
OUTCOMES = {"accepted": "registered"}
BY = "police_dispatch"


@dataclass(frozen=True)
class SamePath:
    """How every other door's report is registered or set aside."""

    register: Decide
    set_aside: Decide

    def take_incident(self, said: IncidentReported, facts: Known, moment: Moment) -> Sequence[Any]:
        """Said again, it does nothing; with other content it corrects its own report; what is wrong waits for an officer."""
        one: Opened = facts["opened", said.name]
        if one.hindrance:
            raise NotOpenedYet(one.hindrance)
        before: IncidentHeard | None = facts.get(("incident", said.incident_id))
        if before is not None and _said_before(said, one, before, facts):
            return ()
        wrong = one.wrong if one.body is None else tuple(read_report(one.body, moment.now)[1])
        if wrong or one.command is None:
            kept = self.set_aside(_kept(one, BROKEN), facts, moment)
            return *kept, *_held(said, wrong, kept, facts)
        command = replace(one.command, report_id=before.report_id) if before else one.command
        events = self.register(command, facts, moment)
        refused = refusal(events)
        if refused is not None:
            kept = self.set_aside(_kept(one, KNOWN_ALREADY), facts, moment)
            error = BadField("kui_number", refused.detail, "an officer decides what it is")
            return *kept, *_held(said, (error,), kept, facts)
        [told] = [event for event in events if isinstance(event, Replied)]
        heard = IncidentHeard(said.incident_id, said.version, one.said_as, told.body["verdict"], told.body["report_id"])
        return *events, *_settled(before, heard, facts), heard


def _said_before(said: IncidentReported, one: Opened, before: IncidentHeard, facts: Known) -> bool:
    """An older version; or, under the same version, any content its report ever had: somebody says the past again."""
    if said.version != before.version:
        return said.version < before.version
    if before.said_as == one.said_as:
        return before.verdict != HELD
    return bool(before.report_id) and facts.get(("content", one.content_hash)) == before.report_id


def _kept(one: Opened, reason: str) -> SetAside:
    return SetAside("refused", reason, one.content, one.content_hash)


def _held(
    said: IncidentReported, wrong: tuple[BadField, ...], kept: Sequence[Any], facts: Known
) -> Sequence[Any]:
    """The sender finds at GET /incidents/{id} what is wrong; under a name that does not fit nobody can ask."""
    if any(error.field == "incident_id" for error in wrong):
        return ()
    one: Opened = facts["opened", said.name]
    before: IncidentHeard | None = facts.get(("incident", said.incident_id))
    new = next((event.held_id for event in kept if isinstance(event, RecordHeld)), "")
    held_id = new or (before.held_id if before else "") or facts.get(("held", one.content_hash)) or ""
    report_id = before.report_id if before else ""
    heard = IncidentHeard(said.incident_id, said.version, one.said_as, HELD, report_id, held_id, wrong)
    earlier = _settled(before, replace(heard, verdict="duplicate"), facts) if new else ()  # one incident, one task
    return () if heard == before else (*earlier, heard)


def _settled(before: IncidentHeard | None, heard: IncidentHeard, facts: Known) -> Sequence[Any]:
    """What an officer was asked about has been mended by the sender, or said again in other words."""
    verdict = facts.get(("held record", before.held_id)) if before and before.held_id else None
    if before is None or not isinstance(verdict, str):
        return ()
    outcome = OUTCOMES.get(heard.verdict, heard.verdict)
    return RecordClosed(before.held_id, outcome, heard.report_id, BY), TaskClosed(before.held_id, verdict, BY)
