"""Under which keys is a report found among the facts, and what is found of anybody who is erased? Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbing.service import Facts, Key
    from services.police_intake.erasing.acts import PersonErased
    from services.police_intake.facts import KnownReport


def with_report(facts: Mapping[Key, Any], report: KnownReport, content_hash: str) -> Facts:
    changed: Facts = {("report", report.report_id): report}
    before: KnownReport | None = facts.get(("report", report.report_id))
    here = _places(report)
    for key in here | (_places(before) if before else set()):
        others = [one for one in facts.get(key, ()) if one.report_id != report.report_id]
        changed[key] = tuple(sorted([*others, report] if key in here else others, key=lambda one: one.report_id))
    if content_hash:
        changed["content", content_hash] = report.report_id
    return changed


def _places(report: KnownReport) -> set[Key]:
    """Under which keys a report is found: its number, and the people in it."""
    people = [one for one in (report.victim_id, report.respondent_id) if one]
    return {("identity", report.identity), *(("reports of", one) for one in people)}


def without(facts: Mapping[Key, Any], gone: PersonErased) -> Facts:
    """Random ids stay; nobody is recognised by what is erased."""
    changed: Facts = {}
    for person in (one for row in gone.people if (one := facts.get(("person", row))) is not None):
        key = ("named", f"{person.folded_name}|{person.birth_date}")
        changed[key] = tuple(one for one in changed.get(key, facts.get(key, ())) if one.person_id != person.person_id)
        changed["iin", str(person.iin)] = None
        changed["person", person.person_id] = replace(
            person, folded_name="", name="", birth_date=None, iin=None, erased=True
        )
    for report in (one for report_id in gone.reports if (one := facts.get(("report", report_id))) is not None):
        bare = replace(report, identity="", address_key="", erased=True)
        changed |= with_report({**facts, **changed}, bare, "")
    return changed
