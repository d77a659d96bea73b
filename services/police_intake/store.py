"""What does police intake know about what comes in? Reading, locks first; writing is in keeping.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plumbing.postgres import Transaction
from plumbing.sealing import seal
from plumbing.service import Facts
from services.police_intake import messages as m
from services.police_intake import opened, sealed
from services.police_intake.cards import cards_for
from services.police_intake.consent.notices import LAW
from services.police_intake.consent.possible import say_about
from services.police_intake.consent.store import says
from services.police_intake.facts import KnownReport, NeedSeen, identity_of, name_key, request_name
from services.police_intake.officer.acts import with_answers
from services.police_intake.opened import answers, with_groups
from services.police_intake.sealed import blind, lock_name

seal_card = seal


def lives_of_incoming(tx: Transaction, messages: Sequence[m.RegisterReport]) -> list[list[str]]:
    """What may be the same: the request, the number at its station, the identity numbers, the names and birth dates."""
    return [_lives(message) for message in messages]


def lives_of_reports(tx: Transaction, messages: Sequence[Any]) -> list[list[str]]:
    return [[message.report_id, *_request_lock(getattr(message, "request", None))] for message in messages]


def lives_of_set_aside(tx: Transaction, messages: Sequence[m.SetAside]) -> list[list[str]]:
    return [[lock_name(message.content_hash)] for message in messages]


def incoming(tx: Transaction, messages: Sequence[m.RegisterReport]) -> Facts:
    """Everything that tells whether these reports, or the people in them, are known."""
    facts = _requests(tx, [message.request for message in messages if message.request and message.request.key])
    hashes = [message.content_hash for message in messages]
    known_as = blind("content", hashes)
    rows = tx.rows(
        "SELECT content_index, report_id FROM report_versions WHERE content_index = ANY(%s)", (list(known_as),)
    )
    facts.update({("content", known_as[bytes(index)]): report_id for index, report_id in rows})
    facts.update(held_hashes(tx, hashes))
    people = _people(tx, messages, facts)
    identities = [identity_of(message.fields) for message in messages if message.fields.recorded_at]
    known = _reports(tx, identities, people, [one for message in messages for one in (message.report_id, message.new_id)])
    facts.update(answers(tx, [report.report_id for report in known]))
    facts.update(says(tx, [report.report_id for report in known]))
    index_reports(facts, known, identities, people)
    return _with_needs(tx, facts, messages, known)


def reports(tx: Transaction, messages: Sequence[Any]) -> Facts:
    facts = _requests(tx, [message.request for message in messages if getattr(message, "request", None)])
    known = _reports(tx, [], [], [message.report_id for message in messages])
    facts.update({("report", report.report_id): report for report in known})
    return facts | says(tx, [report.report_id for report in known])


def set_aside(tx: Transaction, messages: Sequence[m.SetAside]) -> Facts:
    return held_hashes(tx, [message.content_hash for message in messages])


def held_hashes(tx: Transaction, hashes: Sequence[str]) -> Facts:
    known_as = blind("content", hashes)
    rows = tx.rows("SELECT content_index, held_id FROM held_records WHERE content_index = ANY(%s)", (list(known_as),))
    return {("held", known_as[bytes(index)]): held_id for index, held_id in rows}


def needs_and_cards(tx: Transaction, messages: Sequence[Any]) -> Facts:
    """Needs as last seen and, where a card is asked for, the card sealed to its one-time key."""
    facts = reports(tx, messages)
    ids = [message.need_id for message in messages]
    facts.update({("need", need.need_id): need for need in _needs(tx, ids)})
    asked = [message.report_id for message in messages if isinstance(message, m.CardRequested)]
    written = sealed.latest(tx, asked) if asked else {}
    for message in messages:
        if isinstance(message, m.CardRequested) and message.report_id in written:
            say = say_about(message.report_id, facts, LAW.scopes)
            cards = cards_for((message.kind, message.public_key), written[message.report_id].fields, say, seal_card)
            facts["card", f"{message.need_id}/{message.public_key.hex()}"] = cards
    return facts


def _lives(message: m.RegisterReport) -> list[str]:
    fields = message.fields
    people = (fields.victim, fields.respondent)
    texts = [message.content_hash, *(name_key(one) for one in people), *(one.iin for one in people)]
    texts.append(identity_of(fields) if fields.recorded_at else None)
    return [
        *(lock_name(text) for text in texts if text),
        *(one for one in (message.report_id, message.new_id) if one),
        *_request_lock(message.request),
    ]


def _request_lock(request: m.Request | None) -> list[str]:
    return [lock_name(f"request/{request_name(request)}")] if request and request.key else []


def _requests(tx: Transaction, requests: Sequence[m.Request]) -> Facts:
    if not requests:
        return {}
    rows = tx.rows(
        "SELECT client, idempotency_key, body_hash, status, body FROM answered_requests"
        " WHERE client = ANY(%s) AND idempotency_key = ANY(%s)",
        ([one.client for one in requests], [one.key for one in requests]),
    )
    return {("request", f"{client}/{key}"): (body_hash, status, body) for client, key, body_hash, status, body in rows}


def _people(tx: Transaction, messages: Sequence[m.RegisterReport], facts: Facts) -> list[str]:
    read = [person for message in messages for person in (message.fields.victim, message.fields.respondent)]
    names, numbers = ({name_key(one) for one in read} - {""}, {one.iin for one in read if one.iin})
    rows = opened.people(
        tx, "iin_index = ANY(%s) OR name_index = ANY(%s)", (list(blind("iin", numbers)), list(blind("name", names)))
    )
    found = with_groups(tx, rows, facts)
    for person in found:
        if person.erased:
            continue
        key = ("named", f"{person.folded_name}|{person.birth_date}")
        facts[key] = (*facts.get(key, ()), person)
        if person.iin:
            facts["iin", person.iin] = person
    return [person.person_id for person in found]


def _reports(
    tx: Transaction, identities: Sequence[str], people: Sequence[str], ids: Sequence[str]
) -> list[KnownReport]:
    where = (
        "number_index = ANY(%(numbers)s) OR victim_id = ANY(%(people)s) OR respondent_id = ANY(%(people)s)"
        " OR report_id = ANY(%(ids)s)"
    )
    asked = {"numbers": list(blind("number", identities)), "people": list(people), "ids": list(ids)}
    return opened.reports(tx, where, asked)


def index_reports(facts: Facts, known: Sequence[KnownReport], identities: Sequence[str], people: Sequence[str]) -> None:
    for report in known:
        facts["report", report.report_id] = report
        if report.identity in identities:
            facts["identity", report.identity] = (*facts.get(("identity", report.identity), ()), report)
        for person_id in {report.victim_id, report.respondent_id} & set(people):
            facts["reports of", str(person_id)] = (*facts.get(("reports of", str(person_id)), ()), report)


def _with_needs(
    tx: Transaction, facts: Facts, messages: Sequence[m.RegisterReport], known: Sequence[KnownReport]
) -> Facts:
    """Needs that hold a key, and for each a new card: a correction is followed by one."""
    ids = [report.report_id for report in known]
    facts.update(needs_of(tx, ids) if ids else {})
    for report, need in ((one, need) for one in known for need in facts.get(("needs of", one.report_id), ())):
        for message in messages if need.public_key is not None else ():
            same_number = message.fields.recorded_at and report.identity == identity_of(message.fields)
            if report.report_id == message.report_id or same_number:
                fields = with_answers(message, facts.get(("answers", report.report_id))).fields
                say = say_about(report.report_id, facts, LAW.scopes)
                cards = cards_for((need.kind, need.public_key or b""), fields, say, seal_card)
                facts["card", f"{need.need_id}/{message.content_hash}"] = cards  # a number may have two victims
    return facts


def known_reports(tx: Transaction, ids: Sequence[str], people: Sequence[str] = ()) -> list[KnownReport]:
    """These reports, and all about these people."""
    return _reports(tx, [], people, ids)


def needs_of(tx: Transaction, ids: Sequence[str]) -> Facts:
    """The needs of each report."""
    links = tx.rows("SELECT report_id, need_id FROM report_needs WHERE report_id = ANY(%s) ORDER BY need_id", (list(ids),))
    needs = {need.need_id: need for need in _needs(tx, [need_id for _, need_id in links])}
    facts: Facts = {}
    for report_id, need_id in links:
        facts["needs of", report_id] = (*facts.get(("needs of", report_id), ()), needs[need_id])
    return facts


def _needs(tx: Transaction, ids: Sequence[str]) -> list[NeedSeen]:
    wanted = "SELECT need_id, kind, state, queue, sequence, public_key FROM needs_seen WHERE need_id = ANY(%s) ORDER BY need_id"
    rows = tx.rows(wanted, (list(ids),)) if ids else []
    return [NeedSeen(row[0], row[1], row[2], row[3], row[4], bytes(row[5]) if row[5] else None) for row in rows]
