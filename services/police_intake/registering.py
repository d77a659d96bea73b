"""What becomes of a report that is taken: whose is it, which household, and what leaves police? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from plumbing.service import Key, Moment
from plumbing.tasks import TaskOpened
from services.police_intake import messages as m
from services.police_intake.facts import KnownReport, PersonKept, ReportKept, address_key, advanced, identity_of
from services.police_intake.persons import Recognised, age_band, household_of, recognise, sex_of

Known = Mapping[Key, Any]
MIRROR_WITHIN = timedelta(hours=72)
DOUBT_WITHIN = timedelta(hours=24)


@dataclass(frozen=True)
class NewReport:
    report: KnownReport
    victim: Recognised
    events: tuple[Any, ...]


def new_report(command: m.RegisterReport, facts: Known, moment: Moment) -> NewReport:
    """The report as it would be registered, with the people in it recognised or new."""
    fields, (victim, respondent) = command.fields, _people(command, facts, moment)
    assert fields.recorded_at is not None
    other = respondent.person if respondent else None
    household = household_of(fields, victim.person, other, facts) or moment.ids.new()
    report = KnownReport(
        moment.ids.new(), identity_of(fields), 1, True, victim.person.person_id, other.person_id if other else None,
        household, command.extracted_at, fields.recorded_at, address_key(fields.address), str(fields.consent),
        fields.region,
    )
    said = m.ReportRegistered(**_content(command, report, (victim, respondent), facts))
    return NewReport(report, victim, (*_kept(command, report, (victim, respondent), moment), said))


def new_version(command: m.RegisterReport, before: KnownReport, facts: Known, moment: Moment) -> Sequence[Any]:
    """The next version of a report: everybody who acted on it decides anew."""
    fields, (victim, respondent) = command.fields, _people(command, facts, moment)
    assert fields.recorded_at is not None
    report = advanced(
        before, identity=identity_of(fields), victim_id=victim.person.person_id,
        respondent_id=respondent.person.person_id if respondent else None, extracted_at=command.extracted_at,
        recorded_at=fields.recorded_at, address_key=address_key(fields.address), consent=str(fields.consent),
        region=fields.region,
    )
    said = m.ReportCorrected(**_content(command, report, (victim, respondent), facts))
    return (*_kept(command, report, (victim, respondent), moment), said)


def _people(command: m.RegisterReport, facts: Known, moment: Moment) -> tuple[Recognised, Recognised | None]:
    victim = recognise(command.fields.victim, facts, moment.ids)
    respondent = recognise(command.fields.respondent, facts, moment.ids) if command.fields.respondent.known else None
    return victim, respondent


def _kept(
    command: m.RegisterReport, report: KnownReport, people: tuple[Recognised, Recognised | None], moment: Moment
) -> list[Any]:
    events: list[Any] = [PersonKept(one.person) for one in people if one and one.changed]
    for one in people:
        if one and one.doubt:
            due = moment.now + DOUBT_WITHIN
            subject = one.person.person_id
            events.append(TaskOpened(subject, "possible_duplicate", "duty_officer", one.doubt, due, subject))
    source = "journal" if command.record else "form"
    return [*events, ReportKept(report, command.fields, command.content, command.content_hash, command.doubts, source)]


def _content(
    command: m.RegisterReport, report: KnownReport, people: tuple[Recognised, Recognised | None], facts: Known
) -> dict[str, Any]:
    fields, (victim, respondent) = command.fields, people
    return {
        "report_id": report.report_id, "version": report.version, "victim_ref": victim.person.victim_ref,
        "respondent_ref": respondent.person.respondent_ref if respondent else None,
        "household_ref": report.household_ref, "region": fields.region, "recorded_at": fields.recorded_at,
        "occurred_at": fields.occurred_at, "channel": str(fields.channel), "relation": str(fields.relation),
        "intoxication": str(fields.intoxication), "violence": tuple(str(one) for one in fields.violence),
        "injury": str(fields.injury), "injury_basis": "said", "weapon_seen": fields.weapon_seen,
        "children": fields.children, "victim_age": age_band(fields.victim.birth_date, report.recorded_at),
        "victim_sex": sex_of(fields.victim),
        "respondent_age": age_band(fields.respondent.birth_date, report.recorded_at), "complaint": fields.complaint,
        "consent": str(fields.consent), "mirrored": _mirrored(report, facts),
    }


def _mirrored(report: KnownReport, facts: Known) -> bool:
    """Within 72 hours the same two were reported the other way round: a supervisor looks before any measure."""
    return any(
        other.active
        and other.victim_id == report.respondent_id
        and other.respondent_id == report.victim_id
        and abs(other.recorded_at - report.recorded_at) <= MIRROR_WITHIN
        for other in facts.get(("reports of", report.victim_id), ())
    )
