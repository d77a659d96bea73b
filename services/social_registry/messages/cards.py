"""What does the social registry hear and say of her card? Frozen, only the fields used here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class VictimCardSealed:
    event = "police_intake.VictimCardSealed"
    need_id: str
    sealed: bytes


@dataclass(frozen=True)
class CardWithdrawn:
    event = "referral_router.CardWithdrawn"
    need_id: str
    attempt: int


@dataclass(frozen=True)
class VictimCardErased:
    event = "police_intake.VictimCardErased"
    need_id: str


@dataclass(frozen=True)
class CardDestroyed:
    event = "social_registry.CardDestroyed"
    need_id: str
    attempt: int
    public_key: bytes | None


@dataclass(frozen=True)
class CardErasureAcknowledged:
    """Nothing here opens the card of who was erased; said alike whether anything ever did."""

    event = "social_registry.CardErasureAcknowledged"
    need_id: str
