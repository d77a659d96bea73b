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
from services.police_intake.consent.messages import DecideDisclosure, Disclosure, WithdrawConsent
from services.police_intake.consent.notices import LAW
from services.police_intake.consent.possible import BY_DISCLOSURE
from services.police_intake.facts import KnownReport
from services.police_intake.opened import with_groups

Stated = Callable[[Transaction, Sequence[KnownReport]], Facts]  # what reports say, and everybody in them


def lives(tx: Transaction, messages: Sequence[WithdrawConsent]) -> list[list[str]]:
    """Every report about her, and the request."""
    own = store.lives_of_reports(tx, messages)
    return [[*keys, *(one.report_id for one in _hers(tx, [m.report_id]))] for m, keys in zip(messages, own, strict=True)]


def spoken(stated: Stated, tx: Transaction, messages: Sequence[WithdrawConsent]) -> Facts:
    """All reports about her with what they say, who is in them, and what stands of her say."""
    known = _hers(tx, [message.report_id for message in messages])
    facts = store.reports(tx, messages) | stated(tx, known)
    return facts | consent_store.says(tx, [one.report_id for one in known])


def disclosing(stated: Stated, tx: Transaction, messages: Sequence[Any]) -> Facts:
    """The report, her say, and for a decision a card for each need that holds a key."""
    ids = [message.report_id for message in messages]
    facts = stated(tx, store.known_reports(tx, ids)) | consent_store.says(tx, ids)
    facts.update(store.needs_of(tx, ids))
    for message in messages:
        if isinstance(message, DecideDisclosure):
            facts.update(_cards(facts, message.report_id))
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


def _hers(tx: Transaction, report_ids: Sequence[str]) -> list[KnownReport]:
    victims = [one.victim_id for one in store.known_reports(tx, report_ids)]
    rows = opened.people(tx, "person_id = ANY(%s)", (victims,))
    group = {one.person_id for one in with_groups(tx, rows, {})}
    return [one for one in store.known_reports(tx, [], sorted(group)) if one.victim_id in group]
