"""What becomes of a report that is taken: whose is it, which household, and what leaves police? Pure."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from plumbing.service import Key, Moment
from plumbing.tasks import TaskOpened
from services.police_intake import messages as m
from services.police_intake.consent.standing import not_resurrected
from services.police_intake.consent.taking import reported
from services.police_intake.facts import (
    KnownReport,
    Person,
    PersonKept,
    ReportKept,
    address_key,
    advanced,
    evolve,
    identity_of,
)
from services.police_intake.persons import (
    Recognised,
    age_band,
    household_of,
    recognise,
    reports_about,
    root_of,
    rows_of,
    sex_of,
)
from services.police_intake.stating import Stated

Known = Mapping[Key, Any]
MIRROR_WITHIN = timedelta(hours=72)
DOUBT_WITHIN = timedelta(hours=24)


@dataclass(frozen=True, repr=False)
class NewReport:
    report: KnownReport
    victim: Recognised
    events: tuple[Any, ...]


def new_report(command: m.RegisterReport, facts: Known, moment: Moment) -> NewReport:
    """The report as it would be registered, with the people in it recognised or new."""
    victim, respondent = _people(command, facts, moment)
    command = not_resurrected(command, _hers(victim.person, facts), facts)
    fields = command.fields
    assert fields.recorded_at is not None
    other = respondent.person if respondent else None
    household = household_of(fields, victim.person, other, facts) or moment.ids.new()
    report = KnownReport(
        command.new_id or moment.ids.new(), identity_of(fields), 1, True, victim.person.person_id,
        other.person_id if other else None, household, command.extracted_at, fields.recorded_at,
        address_key(fields.address), str(fields.consent), fields.region,
    )
    said = m.ReportRegistered(**_content(command, report, (victim, respondent), facts))
    agreed = reported(command, report, said.victim_ref, (facts, moment))  # said first: the report is planned by it
    return NewReport(report, victim, (*_kept(command, report, (victim, respondent), moment), *agreed, said))


def new_version(command: m.RegisterReport, before: KnownReport, facts: Known, moment: Moment) -> Sequence[Any]:
    """The next version of a report: everybody who acted on it decides anew."""
    victim, respondent = _people(command, facts, moment)
    command = not_resurrected(command, _hers(victim.person, facts), facts)
    fields = command.fields
    assert fields.recorded_at is not None
    report = advanced(
        before, identity=identity_of(fields), victim_id=victim.person.person_id,
        respondent_id=respondent.person.person_id if respondent else None, extracted_at=command.extracted_at,
        recorded_at=fields.recorded_at, address_key=address_key(fields.address), consent=str(fields.consent),
        region=fields.region,
    )
    said = m.ReportCorrected(**_content(command, report, (victim, respondent), facts))
    agreed = reported(command, report, said.victim_ref, (facts, moment))
    return (*_kept(command, report, (victim, respondent), moment), *agreed, said)


def restated(before: KnownReport, stated: Stated, facts: Known) -> Sequence[Any]:
    """The next version about the same people: nobody is recognised anew."""
    victim = Recognised(facts["person", before.victim_id], False)
    respondent = Recognised(facts["person", before.respondent_id], False) if before.respondent_id else None
    report = advanced(before, consent=str(stated.fields.consent))
    command = m.RegisterReport(stated.fields, stated.content, stated.content_hash, stated.doubts)
    said = m.ReportCorrected(**_content(command, report, (victim, respondent), facts))
    return ReportKept(report, stated.fields, stated.content, stated.content_hash, stated.doubts), said


def _people(command: m.RegisterReport, facts: Known, moment: Moment) -> tuple[Recognised, Recognised | None]:
    victim = recognise(command.fields.victim, facts, moment.ids)
    respondent = recognise(command.fields.respondent, facts, moment.ids) if command.fields.respondent.known else None
    return victim, respondent


def _hers(victim: Person, facts: Known) -> list[KnownReport]:
    """Every report in which she is the victim."""
    person = root_of(victim, facts)
    rows = rows_of(person, facts)
    return [one for one in reports_about(person, facts) if one.victim_id in rows]


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
        "report_id": report.report_id, "version": report.version, "victim_ref": root_of(victim.person, facts).victim_ref,
        "respondent_ref": root_of(respondent.person, facts).respondent_ref if respondent else None,
        "household_ref": report.household_ref, "region": fields.region, "recorded_at": fields.recorded_at,
        "occurred_at": fields.occurred_at, "channel": str(fields.channel), "relation": str(fields.relation),
        "intoxication": str(fields.intoxication), "violence": tuple(str(one) for one in fields.violence),
        "injury": str(fields.injury), "injury_basis": "said", "weapon_seen": fields.weapon_seen,
        "children": fields.children, "victim_age": age_band(fields.victim.birth_date, report.recorded_at),
        "victim_sex": sex_of(fields.victim),
        "respondent_age": age_band(fields.respondent.birth_date, report.recorded_at), "complaint": fields.complaint,
        "consent": str(fields.consent), "mirrored": _mirrored(report, (victim, respondent), facts),
    }


def _mirrored(report: KnownReport, people: tuple[Recognised, Recognised | None], facts: Known) -> bool:
    """A supervisor looks before any measure against either of them."""
    return people[1] is not None and bool(mirrors_of(report, (people[0].person, people[1].person), facts))


def mirrors_of(report: KnownReport, people: tuple[Person, Person], facts: Known) -> list[KnownReport]:
    """Reports of the same two the other way round, within 72 hours."""
    her, him = (root_of(one, facts) for one in people)
    hers, his = rows_of(her, facts), rows_of(him, facts)
    return [
        other
        for other in reports_about(her, facts)
        if other.active
        and other.victim_id in his
        and other.respondent_id in hers
        and abs(other.recorded_at - report.recorded_at) <= MIRROR_WITHIN
    ]


def with_mirrors(report_id: str, events: Sequence[Any], facts: Known) -> Sequence[Any]:
    """These events about a report, and what is a mirror image now or no longer said again: each must know of the other."""
    after: ChainMap[Key, Any] = ChainMap({}, facts)  # type: ignore[arg-type]
    for event in events:
        after.update(evolve(after, event))
    found = {
        one.report_id: one
        for known in (facts, after)
        if (report := known.get(("report", report_id))) is not None
        for one in _mirrors(report, known)
    }
    changed = [one for _, one in sorted(found.items()) if bool(_mirrors(one, facts)) != bool(_mirrors(one, after))]
    return *events, *(said for one in changed for said in restated(one, after["stated", one.report_id], after))


def _mirrors(report: KnownReport, facts: Known) -> list[KnownReport]:
    her, him = facts.get(("person", report.victim_id)), facts.get(("person", str(report.respondent_id)))
    return mirrors_of(report, (her, him), facts) if report.active and her is not None and him is not None else []


def same_victim(command: m.RegisterReport, victim: Person, facts: Known) -> KnownReport | None:
    """Another victim under a number is another victim, never a correction."""
    rows = rows_of(root_of(victim, facts), facts)
    under: tuple[KnownReport, ...] = facts.get(("identity", identity_of(command.fields)), ())
    return next((one for one in under if one.victim_id in rows and one.active), None)
