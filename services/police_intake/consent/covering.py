"""On what does a card of hers rest at this very moment: her consent, a disclosure, the law, or nothing? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from services.police_intake import messages as m
from services.police_intake.consent.contract import Contract
from services.police_intake.consent.messages import CardGrounded, Disclosure
from services.police_intake.consent.possible import BY_DISCLOSURE, BY_LAW, HIS, Sealed
from services.police_intake.report import Consent

if TYPE_CHECKING:
    from plumbing.service import Key
    from services.police_intake.facts import KnownReport

Known = Mapping["Key", Any]


def card(need: tuple[str, str], cards: Sequence[Sealed], report: KnownReport, known: tuple[Known, datetime]) -> Sequence[Any]:
    """The first card that rests on something now, and on what; nothing if none does. `need` is its kind and id."""
    kind, need_id = need
    for one in cards:
        if kind in HIS:
            return (m.RespondentCardSealed(need_id, one.sealed),)
        version = _rests_on(one, kind, report, known)
        if version is not None:
            digest = sha256(one.sealed).hexdigest()
            grounded = CardGrounded(digest, need_id, report.report_id, kind, one.ground, version, one.classes)
            return grounded, m.VictimCardSealed(need_id, one.sealed)
    return ()


def _rests_on(one: Sealed, kind: str, report: KnownReport, known: tuple[Known, datetime]) -> int | None:
    """Which version of what it rests on covers this card now; None: nothing does."""
    facts, now = known
    if one.ground == BY_LAW:
        return 0
    if one.ground == BY_DISCLOSURE:
        disclosure: Disclosure | None = facts.get(("disclosure", report.report_id))
        return disclosure.version if disclosure is not None and disclosure.covers(one.classes, now) else None
    if report.consent != Consent.YES:
        return None
    contract: Contract | None = facts.get(("consent", report.report_id))
    if contract is None:
        return 0  # a yes from before there were contracts covers what it covered then
    return contract.version if contract.covers(kind, one.classes, now) else None
