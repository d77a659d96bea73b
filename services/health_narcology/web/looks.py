"""What of a person does each list show? Names of fields for the audit, never what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plumbing.audit.drafts import Seen
from services.health_narcology.web.cards import card


def on_board(found: tuple[Sequence[tuple[Any, str, bytes | None]], int]) -> list[Seen]:
    """Referrals on one page of a list: those whose card is opened."""
    return _cards((one.need_id, one.sealed, key) for one, _, key in found[0])


def in_cases(found: tuple[Sequence[tuple[Any, bytes | None, bytes | None]], int]) -> list[Seen]:
    return _cards((case.need_id, sealed, key) for case, sealed, key in found[0])


def _cards(sealed: Any) -> list[Seen]:
    opened = [(need_id, card(value, key)) for need_id, value, key in sealed]
    return [Seen("need", need_id, tuple(f"card.{name}" for name in sorted(one))) for need_id, one in opened if one]
