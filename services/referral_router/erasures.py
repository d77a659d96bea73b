"""What do police hear when a holder says that the card of somebody who was erased is destroyed? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from services.referral_router.said import CardErasureAcknowledged

if TYPE_CHECKING:
    from plumbing.service import Key, Moment
    from services.referral_router.facts import Need


@dataclass(frozen=True)
class HolderForgot:
    """Nothing opens the card at this agency any more, or nothing ever did."""

    holder: ClassVar[str]
    need_id: str


@dataclass(frozen=True)
class SocialForgot(HolderForgot):
    """A centre or akimat has destroyed her card."""

    event = "social_registry.CardErasureAcknowledged"
    holder = "social_registry"


@dataclass(frozen=True)
class HealthForgot(HolderForgot):
    """A detox centre or clinic has destroyed his card."""

    event = "health_narcology.CardErasureAcknowledged"
    holder = "health_narcology"


def pass_on(answer: HolderForgot, facts: Mapping[Key, Any], moment: Moment) -> Sequence[Any]:
    """Once for each answer, and of the need only what police gave it: not who was asked, nor how it stands."""
    need: Need | None = facts.get(("need", answer.need_id))
    return () if need is None else (CardErasureAcknowledged(need.report_id, need.need_id, answer.holder),)
