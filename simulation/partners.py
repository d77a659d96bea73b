"""What does an invented facility answer to what the router says? Most hold and are reached, some refuse, some are silent."""

from __future__ import annotations

from random import Random
from typing import Any

from services.referral_router import messages as m
from services.referral_router import said

KEY = b"k" * 32


def answers(rng: Random, spoken: Any) -> Any:
    """The one answer to a message of the router, or None for silence and for what needs none."""
    if not hasattr(spoken, "need_id"):
        return None  # a count: nobody is asked
    head = (spoken.need_id, getattr(spoken, "attempt", 0))
    lot = rng.random()
    if isinstance(spoken, said.ShelterReferralIssued):
        return _asked(lot, m.PlaceHeld(*head, KEY), m.SocialRefused(*head, "full"))
    if isinstance(spoken, said.HealthReferralIssued):
        if spoken.kind == "examination":
            return m.ExaminationDecided(*head, KEY if lot < 0.5 else None) if lot < 0.8 else None
        return _asked(lot, m.BedHeld(*head, KEY), m.HealthRefused(*head, "no_bed"))
    if isinstance(spoken, said.ChildNoticeIssued):
        return m.NoticeDecided(*head, KEY if lot < 0.3 else None) if lot < 0.8 else None
    if isinstance(spoken, said.ShelterHoldConfirmed):
        return _expected(lot, m.GuestArrived(*head), m.SocialHoldEnded(*head, "no_show"))
    if isinstance(spoken, said.HealthHoldConfirmed):
        return _expected(lot, m.PatientAdmitted(*head), m.HealthHoldEnded(*head, "not_brought"))
    return _let_go(lot, spoken, head)


def _asked(lot: float, held: Any, refused: Any) -> Any:
    return held if lot < 0.7 else refused if lot < 0.9 else None


def _expected(lot: float, arrived: Any, ended: Any) -> Any:
    return arrived if lot < 0.7 else ended if lot < 0.85 else None


def _let_go(lot: float, spoken: Any, head: tuple[str, int]) -> Any:
    if lot > 0.95:
        return None
    if isinstance(spoken, said.HealthReferralWithdrawn):
        return m.HealthAcknowledged(*head)
    return m.SocialAcknowledged(*head) if isinstance(spoken, said.Withdrawal) else None
