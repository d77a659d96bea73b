"""Is this a person we know? Pure. Without an IIN that fits, or name and birth date, only a person merges people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from plumbing.identity import Ids
from plumbing.service import Key
from plumbing.texts import N_
from services.police_intake.facts import KnownReport, Person, address_key, identity_of, name_key
from services.police_intake.names import fits, fold_name
from services.police_intake.report import PersonFields, Relation, ReportFields

SAME_HOME = (Relation.SPOUSE, Relation.PARTNER, Relation.CHILD, Relation.PARENT, Relation.IN_LAW)


@dataclass(frozen=True, repr=False)
class Recognised:
    """Who it is; `changed` if the row must be written, `doubt` if a person should look for a double."""

    person: Person
    changed: bool
    doubt: str = ""


def recognise(read: PersonFields, facts: Mapping[Key, Any], ids: Ids) -> Recognised:
    """The same id only on a trusted IIN that fits the name, or on name and birth date with no IIN against it."""
    named: tuple[Person, ...] = facts.get(("named", name_key(read)), ()) if name_key(read) else ()
    iin = read.iin if read.iin_trusted else None
    holder: Person | None = facts.get(("iin", iin)) if iin else None
    if holder is not None:
        if fits(holder.name, read.name):
            return Recognised(holder, False)
        return _new(read, None, ids, N_("one identity number, two names"))
    one_each = {root_of(one, facts).person_id: one for one in reversed(named)}  # rows said to be one human are one
    free = [one for one in one_each.values() if iin is None or one.iin is None]
    if len(free) == 1 and (iin is None or len(one_each) == 1):
        known = free[0]
        return Recognised(replace(known, iin=iin), True) if iin else Recognised(known, False)
    return _new(read, iin, ids, N_("same name and birth date as another person") if named else "")


def root_of(person: Person, facts: Mapping[Key, Any]) -> Person:
    """The row whose ids stand for this human: its own, unless a named person said whom it is the same as."""
    while person.same_as is not None:
        person = facts["person", person.same_as]
    return person


def human_of(person_id: str | None, facts: Mapping[Key, Any]) -> Person | None:
    """The human whom this row is about; None if nobody is named."""
    person: Person | None = facts.get(("person", person_id or ""))
    return root_of(person, facts) if person is not None else None


def rows_of(person: Person, facts: Mapping[Key, Any]) -> list[str]:
    """All rows under this one, itself first."""
    under: list[str] = [person.person_id]
    for person_id in under:
        under += facts.get(("members", person_id), ())
    return under


def reports_about(person: Person, facts: Mapping[Key, Any]) -> list[KnownReport]:
    """Every report that names this row or one under it, once."""
    found = {one.report_id: one for row in rows_of(person, facts) for one in facts.get(("reports of", row), ())}
    return list(found.values())


def age_band(born: date | None, on: datetime) -> str:
    """child under 18, adult to 62, elder from 63, else unknown."""
    if born is None:
        return "unknown"
    years = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return "child" if years < 18 else "elder" if years >= 63 else "adult"


def sex_of(read: PersonFields) -> str:
    """What the form says, else what the identity number's seventh digit says (odd: male)."""
    if read.sex != "unknown":
        return read.sex
    return "unknown" if read.iin is None else "male" if int(read.iin[6]) % 2 else "female"


def household_of(fields: ReportFields, victim: Person, respondent: Person | None, facts: Mapping[Key, Any]) -> str:
    """The household this report belongs to, or "" for a new one.

    A household is where the victim lives: the one of her earlier reports; else the one of another victim under
    the same station, year and number with the same respondent (mother and child); else, for people of one home,
    the one of an earlier report about the same respondent at the same address.
    """
    hers = rows_of(root_of(victim, facts), facts)
    own = [one for one in reports_about(root_of(victim, facts), facts) if one.victim_id in hers]
    if own:
        return _latest(own)
    if respondent is None:
        return ""
    rows = rows_of(root_of(respondent, facts), facts)
    his = [one for one in reports_about(root_of(respondent, facts), facts) if one.respondent_id in rows]
    siblings = [one for one in his if one.identity == identity_of(fields)]
    if siblings:
        return _latest(siblings)
    place = address_key(fields.address)
    same = [one for one in his if place and one.address_key == place and fields.relation in SAME_HOME]
    return _latest(same) if same else ""


def _latest(reports: list[KnownReport]) -> str:
    return max(reports, key=lambda one: (one.recorded_at, one.report_id)).household_ref


def _new(read: PersonFields, iin: str | None, ids: Ids, doubt: str) -> Recognised:
    person = Person(ids.new(), fold_name(read.name), read.name, read.birth_date, iin, ids.new(), ids.new())
    return Recognised(person, True, doubt)
