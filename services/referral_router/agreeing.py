"""Does her say cover what is about to be asked, and what becomes of a report's yes when it does not? Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from plumbing.texts import N_
from services.referral_router.consents import HerSay, HolderTold, told_of
from services.referral_router.said import ConsentWithdrawalAcknowledged

if TYPE_CHECKING:
    from plumbing.service import Key
    from services.referral_router.facts import Need
    from services.referral_router.messages import ReportContent

Known = Mapping["Key", Any]
GIVEN, WITHDRAWN = "given", "withdrawn"
PURPOSE, RECIPIENT = "shelter", "crisis_centre"  # the one thing that is asked for on her yes alone
DISCLOSED = "disclosed"
ASK_HER_AGAIN = ("womens_protection_inspector", N_("her consent has ended or does not cover this: ask her again first"))


class Answered(Protocol):
    """What a holder says about one attempt at a need."""

    @property
    def need_id(self) -> str: ...

    @property
    def attempt(self) -> int: ...


def as_agreed(content: ReportContent, facts: Known) -> ReportContent:
    """The report with what stands of her say: a yes taken back is a no, however a later extract repeats it."""
    said: HerSay | None = facts.get(("her say", content.report_id))
    if said is None:
        return content  # from before there were contracts: her yes covers what it covered then
    word = "no" if content.consent == "yes" and not stands(said) and said.version else content.consent
    word = DISCLOSED if word != "yes" and said.disclosed else word
    return content if word == content.consent else replace(content, consent=word)


def may_ask(need: Need, facts: Known, now: datetime) -> bool:
    """Asked before every attempt: purpose, receiver and term, or a disclosure that two people have allowed."""
    said: HerSay | None = facts.get(("her say", need.report_id)) if need.kind == PURPOSE else None
    if said is None:
        return True
    if said.disclosed and said.disclosed_until is not None and now < said.disclosed_until:
        return True
    if not said.version:
        return not said.disclosed
    return stands(said) and said.until is not None and now < said.until


def stands(said: HerSay) -> bool:
    return said.state == GIVEN and PURPOSE in said.purposes and RECIPIENT in said.recipients


def acknowledged(answer: Answered, facts: Known) -> list[Any]:
    """Police are told, once, that one more holder has let go of what she took back: of two withdrawals the earlier first."""
    silent = [one for one in told_of(answer.need_id, facts) if not one.acknowledged and one.attempt == answer.attempt]
    if not silent:
        return []
    told = silent[0]
    return [replace(told, acknowledged=True), acknowledgement(told)]


def acknowledgement(told: HolderTold) -> ConsentWithdrawalAcknowledged:
    return ConsentWithdrawalAcknowledged(told.report_id, told.version, told.need_id)


def taken_back(need: Need, facts: Known) -> bool:
    """Has she taken back what this place rests on? A guest who is there keeps it all the same: her card goes, she does not."""
    said: HerSay | None = facts.get(("her say", need.report_id)) if need.kind == PURPOSE else None
    return said is not None and (said.state == WITHDRAWN or (said.state == GIVEN and not stands(said)))
