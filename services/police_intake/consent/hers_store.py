"""Which reports are about her, and what is known of them when she speaks? Reading, locks first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from plumbing.clocks import ClockDue
from plumbing.postgres import Transaction
from plumbing.service import Facts
from services.police_intake import opened, store
from services.police_intake.cards import cards_for
from services.police_intake.consent import store as consent_store
from services.police_intake.consent.messages import (
    DecideDisclosure,
    Disclosure,
    ReviewDisclosure,
    WithdrawConsent,
)
from services.police_intake.consent.notices import LAW
from services.police_intake.consent.possible import BY_DISCLOSURE, say_about
from services.police_intake.facts import KnownReport, Person, identity_of
from services.police_intake.officer.acts import AddAnswers
from services.police_intake.opened import with_groups
from services.police_intake.report import Consent
from services.police_intake.sealed import blind, lock_name

LookUp = Callable[[Transaction, Sequence[Any]], Facts]
Stated = Callable[[Transaction, Sequence[KnownReport]], Facts]  # what reports say, and everybody in them


def lives(tx: Transaction, messages: Sequence[WithdrawConsent]) -> list[list[str]]:
    """Every report about her, whoever registers one about her, and the request."""
    own = store.lives_of_reports(tx, messages)
    return [[*keys, *_life(tx, m.report_id, all_reports=True)] for m, keys in zip(messages, own, strict=True)]


def lives_of_answers(tx: Transaction, messages: Sequence[AddAnswers]) -> list[list[str]]:
    """What she answers may be told of her other reports, too: a no is about her, and a record may say one meanwhile."""
    own = store.lives_of_reports(tx, messages)
    noes = [m.answers.consent == Consent.NO for m in messages]
    return [[*keys, *_life(tx, m.report_id, no)] for m, keys, no in zip(messages, own, noes, strict=True)]


def incoming(look: LookUp, stated: Stated, tx: Transaction, messages: Sequence[Any]) -> Facts:
    """What `look` finds; and of whoever says no in a record of a report that is known already, all her reports."""
    facts = look(tx, messages)
    read = [getattr(message, "registers", message) for message in messages]
    noes = [one for one in read if one.fields.consent == Consent.NO and one.fields.recorded_at]
    if not noes:
        return facts
    asked = {"numbers": list(blind("number", [identity_of(one.fields) for one in noes])), "ids": [m.report_id for m in noes]}
    known = opened.reports(tx, "number_index = ANY(%(numbers)s) OR report_id = ANY(%(ids)s)", asked)
    return _about(stated, tx, [one.report_id for one in known]) | facts


def answering(look: LookUp, stated: Stated, tx: Transaction, messages: Sequence[AddAnswers]) -> Facts:
    """What `look` finds, and all her reports where she says no."""
    noes = [one.report_id for one in messages if one.answers.consent == Consent.NO]
    return _about(stated, tx, noes) | look(tx, messages)


def spoken(stated: Stated, tx: Transaction, messages: Sequence[WithdrawConsent]) -> Facts:
    """All reports about her with what they say, who is in them, and what stands of her say."""
    return store.reports(tx, messages) | _about(stated, tx, [message.report_id for message in messages])


def disclosing(stated: Stated, tx: Transaction, messages: Sequence[Any]) -> Facts:
    """The report, her say, and for a decision a card for each need that holds a key."""
    ids = [message.report_id for message in messages]
    facts = stated(tx, store.known_reports(tx, ids)) | consent_store.says(tx, ids)
    facts.update(store.needs_of(tx, ids))
    for message in messages:
        if isinstance(message, DecideDisclosure):
            facts.update(_cards(facts, message.report_id))
        if isinstance(message, ReviewDisclosure):
            facts.update(_own_cards(facts, message.report_id))
    return facts


def rung(tx: Transaction, messages: Sequence[ClockDue]) -> Facts:
    ids = [message.subject for message in messages]
    known = store.known_reports(tx, ids)
    return consent_store.of_clocks(tx, ids) | {("report", one.report_id): one for one in known}


def _cards(facts: Facts, report_id: str) -> Facts:
    disclosure: Disclosure | None = facts.get(("disclosure", report_id))
    ground = LAW.grounds.get(disclosure.reason) if disclosure else None
    stated = facts.get(("stated", report_id))
    if ground is None or stated is None:
        return {}
    found: Facts = {}
    for need in facts.get(("needs of", report_id), ()):
        if need.public_key is not None:
            allowed = Disclosure(report_id, 0, "", "", "", "", data_classes=ground.data_classes)
            made = cards_for((need.kind, need.public_key), stated.fields, ((), allowed), store.seal_card)
            cards = tuple(one for one in made if one.ground == BY_DISCLOSURE)
            found["card", f"{need.need_id}/{stated.content_hash}"] = cards
    return found


def _own_cards(facts: Facts, report_id: str) -> Facts:
    """What she herself has agreed to, to take the place of what was told without her."""
    stated, (scopes, _) = facts.get(("stated", report_id)), say_about(report_id, facts, LAW.scopes)
    return {
        ("card", f"{need.need_id}/{stated.content_hash}"):
            cards_for((need.kind, need.public_key), stated.fields, (scopes, None), store.seal_card)
        for need in facts.get(("needs of", report_id), ()) if stated is not None and need.public_key is not None
    }


def _about(stated: Stated, tx: Transaction, report_ids: Sequence[str]) -> Facts:
    """All reports about the women these are about, what they say, and her say on each."""
    known = _hers(tx, report_ids) if report_ids else []
    return stated(tx, known) | consent_store.says(tx, [one.report_id for one in known]) if known else {}


def _hers(tx: Transaction, report_ids: Sequence[str]) -> list[KnownReport]:
    group = {one.person_id for one in _rows(tx, report_ids)}
    return [one for one in store.known_reports(tx, [], sorted(group)) if one.victim_id in group]


def _life(tx: Transaction, report_id: str, all_reports: bool) -> list[str]:
    """The locks under which a record about her is taken (store.lives_of_incoming), and all her reports if asked for."""
    rows = _rows(tx, [report_id])
    names = [f"{one.folded_name}|{one.birth_date}" for one in rows if one.birth_date]
    locks = [lock_name(text) for text in (*names, *(one.iin for one in rows if one.iin))]
    return locks + [one.report_id for one in (_hers(tx, [report_id]) if all_reports else ())]


def _rows(tx: Transaction, report_ids: Sequence[str]) -> list[Person]:
    """All rows that stand for the women these reports are about."""
    victims = [one.victim_id for one in store.known_reports(tx, report_ids)]
    return with_groups(tx, opened.people(tx, "person_id = ANY(%s)", (victims,)), {})
