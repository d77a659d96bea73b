"""What is known of a person who is to be erased, and how do the keys go? SQL, locks first, like store.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from plumbing import vault
from plumbing.clocks import ClockDue
from plumbing.postgres import Transaction
from plumbing.service import Facts
from services.police_intake import opened, sealed, source_files, store
from services.police_intake.erasing import acts as e
from services.police_intake.erasing.asking import ERASURE, with_holders
from services.police_intake.facts import Person, name_key
from services.police_intake.names import fold_name
from services.police_intake.opened import with_groups
from services.police_intake.report import PersonFields

AT_ONCE = 2000
LATEST = "SELECT DISTINCT ON (person_id) * FROM erasures WHERE person_id = ANY(%s) ORDER BY person_id, requested_at DESC"
DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%Y%m%d")


def lives(tx: Transaction, messages: Sequence[Any]) -> list[list[str]]:
    """All rows of the human, what they are recognised by, every report about them, and records that wait for an officer."""
    found = []
    for message in messages:
        rows = _group(tx, [_subject(message)], {})
        about = store.known_reports(tx, [], [one.person_id for one in rows])
        named = [_subject(message), *(one.person_id for one in rows), *(one.report_id for one in about)]
        reports = {one.report_id for one in about}
        waiting = [one.held_id for one in _records(tx, rows, reports) if one.is_open] if rows and _looks(message) else []
        found.append([*named, *_locks(rows), *waiting])
    return found


def known(tx: Transaction, messages: Sequence[Any]) -> Facts:
    facts: Facts = {}
    facts.update(source_files.known(tx, [message for message in messages if isinstance(message, ClockDue)]))
    ids = [_subject(message) for message in messages]
    group = [one.person_id for one in _group(tx, ids, facts)]
    about = store.known_reports(tx, [], group)
    store.index_reports(facts, about, [], group)
    facts.update(store.needs_of(tx, [one.report_id for one in about]))
    rows = tx.rows(f"SELECT {ERASURE} FROM ({LATEST}) latest", (ids,))
    facts.update({kept.fact: kept for kept in with_holders(tx, [e.ErasureKept(*row) for row in rows])})
    for message in messages:
        if _looks(message) and ("person", _subject(message)) in facts:
            own = _group(tx, [_subject(message)], {})
            reports = {one.report_id for one in about if {one.victim_id, one.respondent_id} & {row.person_id for row in own}}
            facts["records about", _subject(message)] = tuple(_records(tx, own, reports))
            facts["locks of", _subject(message)] = tuple(_locks(own))
    return facts


def record(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    """How erasures stand; and for one that is done: the keys, the blind indexes and the locks' names."""
    last = {(event.person_id, event.requested_at): event for event, _ in events if isinstance(event, e.ErasureKept)}
    tx.insert(
        f"INSERT INTO erasures ({ERASURE}) VALUES %s ON CONFLICT (person_id, requested_at) DO UPDATE SET"
        " state = excluded.state, approved_by = excluded.approved_by, due_at = excluded.due_at,"
        " approved_actor = excluded.approved_actor, approved_at = excluded.approved_at, ended_at = excluded.ended_at,"
        " ended_by = excluded.ended_by",
        [
            (k.person_id, k.state, k.reason, k.requested_by, k.requested_at, k.approved_by, k.due_at, k.requested_actor,
             k.approved_actor, k.approved_at, k.ended_at, k.ended_by)
            for k in last.values()
        ],
    )
    tx.insert(
        "INSERT INTO erasure_holders (person_id, requested_at, need_id, service, due_at, acknowledged_at) VALUES %s"
        " ON CONFLICT (person_id, requested_at, need_id, service) DO UPDATE SET acknowledged_at = excluded.acknowledged_at",
        [(k.person_id, k.requested_at, one.need_id, one.service, one.due_at, one.acknowledged_at)
         for k in last.values() for one in k.holders],
    )
    for event, at in events:
        if isinstance(event, e.PersonErased):
            _erase(tx, event, at)


def _erase(tx: Transaction, gone: e.PersonErased, at: datetime) -> None:
    owners = [
        *map(sealed.person_key, gone.people), *map(sealed.report_key, gone.reports), *map(sealed.record_key, gone.records),
    ]
    vault.here().destroy(tx, owners, at)
    people, reports, records = list(gone.people), list(gone.reports), list(gone.records)
    tx.run(
        "UPDATE persons SET sealed = NULL, iin_index = NULL, name_index = NULL, erased_at = %s WHERE person_id = ANY(%s)",
        (at, people),
    )
    tx.run(
        "UPDATE reports SET sealed = NULL, number_index = NULL, wants_woman = 'not_asked', erased_at = %s"
        " WHERE report_id = ANY(%s)",
        (at, reports),
    )
    tx.run(
        "UPDATE report_versions SET sealed = NULL, content_index = NULL, iin_indexes = '{}' WHERE report_id = ANY(%s)",
        (reports,),
    )
    tx.run("UPDATE victim_answers SET sealed = NULL WHERE report_id = ANY(%s)", (reports,))
    tx.run("UPDATE held_records SET sealed = NULL, content_index = NULL, erased_at = %s WHERE held_id = ANY(%s)", (at, records))
    tx.run("DELETE FROM locks WHERE key = ANY(%s)", (list(gone.locks),))


def _subject(message: Any) -> str:
    return str(message.subject if isinstance(message, ClockDue) else message.person_id)


def _looks(message: Any) -> bool:
    """Is it to be known who else may be meant? For a request, and when the days are over."""
    return isinstance(message, e.RequestErasure) or (isinstance(message, ClockDue) and message.step.startswith("erase/"))


def _group(tx: Transaction, ids: Sequence[str], facts: Facts) -> list[Person]:
    return with_groups(tx, opened.people(tx, "person_id = ANY(%s)", (list(ids),)), facts)


def _locks(rows: Sequence[Person]) -> list[str]:
    names = [name_key(PersonFields(one.name, one.birth_date)) for one in rows if not one.erased]
    return [sealed.lock_name(text) for text in (*names, *(one.iin for one in rows)) if text]


def _records(tx: Transaction, rows: Sequence[Person], reports: set[str]) -> Iterator[e.RecordAbout]:
    """Every record kept apart that bears one of these rows: they are read open, since none of them is a report."""
    last = ""
    while True:
        found = tx.rows(
            "SELECT held_id, verdict, outcome, report_id, kept_at, sealed FROM held_records WHERE held_id > %s"
            " AND sealed IS NOT NULL ORDER BY held_id LIMIT %s",
            (last, AT_ONCE),
        )
        if not found:
            return
        contents = sealed.records(tx, [(row[0], row[5]) for row in found])
        for (held_id, verdict, outcome, report_id, kept_at, _), content in zip(found, contents, strict=True):
            surely, maybe = _bears(" \n ".join((content or {}).values()), rows)
            # What was settled as no report is nobody's any more: there the name is enough. Settled as one, it is its person's.
            if report_id in reports or surely or (maybe and not report_id):
                yield e.RecordAbout(held_id, verdict, outcome is None, surely or report_id in reports, kept_at)
        last = found[-1][0]


def _bears(text: str, rows: Sequence[Person]) -> tuple[bool, bool]:
    """(is one of them in it by number or by name and birth date, is one in it by name at all)."""
    if any(one.iin and one.iin in text for one in rows):
        return True, True
    words = f" {fold_name(text)} "
    named = [one for one in rows if one.folded_name and f" {one.folded_name} " in words]
    return any(one.birth_date and any(day in text for day in _days(one)) for one in named), bool(named)


def _days(person: Person) -> tuple[str, ...]:
    """A birth date as forms and journals write it."""
    born = person.birth_date
    return () if born is None else tuple(f"{born:{form}}" for form in DAYS)
