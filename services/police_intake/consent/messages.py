"""What does police intake hear, say and order about her consent? Frozen, only the fields used here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plumbing.service import Key
    from services.police_intake.messages import Request


@dataclass(frozen=True)
class ConsentGiven:
    event = "police_intake.ConsentGiven"
    report_id: str
    version: int
    victim_ref: str
    notice: str
    purposes: tuple[str, ...]
    recipients: tuple[str, ...]
    data_classes: tuple[str, ...]
    until: datetime
    how: str


@dataclass(frozen=True)
class ConsentWithdrawn:
    event = "police_intake.ConsentWithdrawn"
    report_id: str
    version: int
    victim_ref: str


@dataclass(frozen=True)
class DisclosureAllowed:
    event = "police_intake.DisclosureAllowed"
    report_id: str
    version: int
    victim_ref: str
    reason: str
    until: datetime


@dataclass(frozen=True)
class ConsentWithdrawalPassedOn:
    """The router has told so many holders."""

    event = "referral_router.ConsentWithdrawalPassedOn"
    report_id: str
    version: int
    holders: int


@dataclass(frozen=True)
class ConsentWithdrawalAcknowledged:
    """One of them has destroyed the key of her card."""

    event = "referral_router.ConsentWithdrawalAcknowledged"
    report_id: str
    version: int
    need_id: str


@dataclass(frozen=True)
class WithdrawConsent:
    """Command: she agrees no longer, whatever report it was said about."""

    report_id: str
    by: str
    how: str = "spoken"
    request: Request | None = None


@dataclass(frozen=True)
class AskDisclosure:
    """Command: a first person asks that something be told without her yes. `actor`: who is signed in, if anybody is."""

    report_id: str
    reason: str
    by: str
    actor: str = ""


@dataclass(frozen=True)
class DecideDisclosure:
    """Command: a second person allows it, or does not."""

    report_id: str
    version: int
    allow: bool
    by: str
    actor: str = ""


@dataclass(frozen=True)
class ReviewDisclosure:
    """Command: a third person says afterwards whether it was right."""

    report_id: str
    version: int
    lawful: bool
    by: str
    actor: str = ""


@dataclass(frozen=True)
class Withdrawal:
    """Kept: how far her withdrawal has come. `holders` is None until the router says how many were told."""

    report_id: str
    version: int
    by: str
    how: str
    holders: int | None = None
    acknowledged: tuple[str, ...] = ()

    @property
    def fact(self) -> Key:
        return "withdrawal", f"{self.report_id}/{self.version}"

    @property
    def complete(self) -> bool:
        return self.holders is not None and len(self.acknowledged) >= self.holders


@dataclass(frozen=True)
class Disclosure:
    """Kept: what was asked, allowed and reviewed without her yes, and by whom.

    state: asked, allowed, refused, or ended (she objected, or it was found wrong). verdict: empty, lawful or unlawful.
    """

    report_id: str
    version: int
    reason: str
    state: str
    asked_by: str
    asked_actor: str
    decided_by: str = ""
    decided_actor: str = ""
    until: datetime | None = None
    data_classes: tuple[str, ...] = ()
    verdict: str = ""
    reviewed_by: str = ""

    @property
    def fact(self) -> Key:
        return "disclosure", self.report_id

    def covers(self, classes: tuple[str, ...], now: datetime) -> bool:
        allowed = self.state == "allowed" and self.until is not None and now < self.until
        return allowed and set(classes) <= set(self.data_classes)


@dataclass(frozen=True)
class CardGrounded:
    """Kept: on what a card of hers rested when it was sealed."""

    digest: str
    need_id: str
    report_id: str
    kind: str
    ground: str
    version: int
    data_classes: tuple[str, ...]
