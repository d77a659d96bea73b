"""What does police intake know about what an officer acts on? Reading, locks first, like store.py."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import TypeAdapter

from plumbing.postgres import Transaction
from plumbing.service import Facts
from services.police_intake import opened, sealed, store
from services.police_intake.cards import cards_for
from services.police_intake.consent import store as consent_store
from services.police_intake.consent.notices import LAW
from services.police_intake.consent.possible import say_about
from services.police_intake.facts import KnownReport, Person
from services.police_intake.messages import RegisterReport, TakeBack
from services.police_intake.officer import acts as o
from services.police_intake.officer.candidates import candidates
from services.police_intake.opened import answers, with_groups
from services.police_intake.report import ReportFields
from services.police_intake.risk import store as risk_store
from services.police_intake.sealed import lock_name
from services.police_intake.stating import Stated, answered

_FIELDS = TypeAdapter(ReportFields)


def lives_of_completed(tx: Transaction, messages: Sequence[o.CompleteRecord]) -> list[list[str]]:
    lives = store.lives_of_incoming(tx, [message.registers for message in messages])
    return [[message.held_id, *keys] for message, keys in zip(messages, lives, strict=True)]


def lives_of_closed(tx: Transaction, messages: Sequence[o.CloseRecord]) -> list[list[str]]:
    return [[message.held_id] for message in messages]


def lives_of_people(tx: Transaction, messages: Sequence[o.JudgePersons | o.PartPersons]) -> list[list[str]]:
    """Whoever registers a report about one of these waits, and so does whoever acts on one."""
    lives = []
    for message in messages:
        rows = _rows(tx, [message], {})
        names = [f"{one.folded_name}|{one.birth_date}" for one in rows if one.birth_date]
        locks = [lock_name(text) for text in (*names, *(one.iin for one in rows if one.iin))]
        reports = _about(tx, [one.person_id for one in rows])
        lives.append([*(one.person_id for one in rows), *locks, *(one.report_id for one in reports)])
    return lives


def completed(tx: Transaction, messages: Sequence[o.CompleteRecord]) -> Facts:
    return incoming(tx, [message.registers for message in messages]) | held(tx, messages)


def incoming(tx: Transaction, messages: Sequence[RegisterReport]) -> Facts:
    """What tells whether these are known, and what the reports say that are, or were, their mirror images."""
    return _with_mirrors(tx, store.incoming(tx, messages))


def taken_back(tx: Transaction, messages: Sequence[TakeBack]) -> Facts:
    return _with_mirrors(tx, store.reports(tx, messages))


def _with_mirrors(tx: Transaction, facts: Facts) -> Facts:
    """Everybody in these reports, and all reports about the same people, with what they say and the risk for them."""
    known = _of_two(facts)
    others = with_reports(tx, _of_two(with_reports(tx, known))) if known else {}
    graded = risk_store.awaited(tx, [one.report_id for key, one in facts.items() if key[0] == "report"])
    return {**others, **facts, **graded}


def _of_two(facts: Facts) -> list[KnownReport]:
    reports = [one for key, one in facts.items() if key[0] == "report"]
    return [one for one in reports if one.active and not one.erased and one.respondent_id is not None]


def held(tx: Transaction, messages: Sequence[o.CompleteRecord | o.CloseRecord]) -> Facts:
    """The verdict of one that waits, or how it was settled."""
    rows = tx.rows(
        "SELECT held_id, verdict, outcome, report_id, closed_by FROM held_records WHERE held_id = ANY(%s)",
        ([message.held_id for message in messages],),
    )
    return {
        ("held record", held_id): o.RecordClosed(held_id, outcome, report_id or "", by) if outcome else verdict
        for held_id, verdict, outcome, report_id, by in rows
    }


def stated(tx: Transaction, messages: Sequence[o.AddAnswers]) -> Facts:
    """The reports as they stand, the people in them, and a new card for each need that holds a key."""
    ids = [message.report_id for message in messages]
    known = store.known_reports(tx, ids)
    facts = with_reports(tx, known)
    facts.update(answers(tx, ids))
    facts.update(consent_store.says(tx, ids))
    facts.update(store.needs_of(tx, ids))
    for message in messages:
        facts.update(_cards(facts, message))
    return facts


def _cards(facts: Facts, message: o.AddAnswers) -> Facts:
    holders = [need for need in facts.get(("needs of", message.report_id), ()) if need.public_key is not None]
    if not holders:
        return {}
    new = answered(facts["stated", message.report_id], message)
    scopes, disclosure = say_about(message.report_id, facts, LAW.scopes)
    say = ([message.terms.data_classes] if message.terms else scopes, disclosure)
    found: Facts = {}
    for need in holders:
        cards = cards_for((need.kind, need.public_key), new.fields, say, store.seal_card)
        found["card", f"{need.need_id}/{new.content_hash}"] = cards
    return found


def people(tx: Transaction, messages: Sequence[o.JudgePersons | o.PartPersons]) -> Facts:
    facts: Facts = {}
    rows = _rows(tx, messages, facts)
    facts.update(with_reports(tx, _about(tx, [one.person_id for one in rows])))
    ids = [message.person_id for message in messages]
    judged = tx.rows(
        "SELECT DISTINCT ON (person_id, other_id) person_id, other_id, verdict FROM person_judgements"
        " WHERE person_id = ANY(%s) ORDER BY person_id, other_id, judged_at DESC",
        (ids,),
    )
    facts.update({("judged", f"{one}/{other}"): verdict for one, other, verdict in judged if verdict != "parted"})
    for person_id in ids:
        facts["candidates", person_id] = tuple(candidates(tx, person_id))
    return facts


def _rows(tx: Transaction, messages: Sequence[o.JudgePersons | o.PartPersons], facts: Facts) -> list[Person]:
    ids = [one for message in messages for one in (message.person_id, getattr(message, "other_id", "")) if one]
    return with_groups(tx, opened.people(tx, "person_id = ANY(%s)", (ids,)), facts)


def _about(tx: Transaction, people_ids: Sequence[str]) -> list[KnownReport]:
    return store.known_reports(tx, [], people_ids)


def with_reports(tx: Transaction, known: Sequence[KnownReport]) -> Facts:
    """Reports, what they say, and everybody in them."""
    ids = sorted({one for report in known for one in (report.victim_id, report.respondent_id) if one})
    facts: Facts = {}
    group = [one.person_id for one in with_groups(tx, opened.people(tx, "person_id = ANY(%s)", (ids,)), facts)]
    store.index_reports(facts, store.known_reports(tx, [one.report_id for one in known], group), [], group)
    written = sealed.latest(tx, [one.report_id for one in known])
    doubts = dict(tx.rows(
        "SELECT report_id, v.doubts FROM report_versions v JOIN reports r USING (report_id, version) WHERE report_id = ANY(%s)",
        (list(written),),
    ))
    # What was kept as taken back has no content of its own: only live reports are stated.
    for report_id, one in written.items():
        fields = _FIELDS.validate_python(one.fields)
        facts["stated", report_id] = Stated(fields, one.content, one.content_hash, tuple(doubts[report_id]))
    return facts
