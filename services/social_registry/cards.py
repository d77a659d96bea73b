"""What is decided about her card: kept, taken back, or forgotten? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from plumbing.service import Key, Moment
from services.social_registry import messages as m
from services.social_registry.facts import OCCUPYING, CardForgotten, ReferralKept

Known = Mapping[Key, Any]


def keep_card(card: m.VictimCardSealed, facts: Known, moment: Moment) -> Sequence[Any]:
    """A card comes after a confirmed hold; one for a hold that is over is not kept."""
    referral = facts.get(("referral", card.need_id))
    if referral is None or referral.state not in (*OCCUPYING, "decided", "entered") or referral.public_key is None:
        return ()  # no key: nobody could read it, and nobody keeps it
    return (ReferralKept(replace(referral, sealed=card.sealed)),)


def forget_card(told: m.VictimCardErased, facts: Known, moment: Moment) -> Sequence[Any]:
    """She was erased where she is known: here, too, nothing opens her card. Places and what was decided stay.

    It is acknowledged without a card, too: silence must mean nothing but silence, and an answer nothing of a centre.
    """
    referral = facts.get(("referral", told.need_id))
    gone = CardForgotten(told.need_id), m.CardErasureAcknowledged(told.need_id)
    return gone if referral is None else (ReferralKept(replace(referral, sealed=None)), *gone)


def destroy_card(withdrawn: m.CardWithdrawn, facts: Known, moment: Moment) -> Sequence[Any]:
    """Her card goes, she does not: who is there stays as an anonymous guest until she wants to leave.

    A home with children that is to be visited, or stands in the register, gets a new key: for what the law lets be told.
    """
    referral = facts.get(("referral", withdrawn.need_id))
    gone = m.CardDestroyed(withdrawn.need_id, withdrawn.attempt, None)
    if referral is None or referral.attempt != withdrawn.attempt or referral.public_key is None:
        return (gone,)
    without = replace(referral, sealed=None, public_key=None)
    if referral.state not in ("decided", "entered"):
        return ReferralKept(without), gone
    keys = facts["keys", referral.need_id]
    again = ReferralKept(replace(without, public_key=keys.public), keys)
    return ReferralKept(without), again, replace(gone, public_key=keys.public)
