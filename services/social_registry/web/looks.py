"""What of a person does each page show? Names of fields for the audit, never what stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from plumbing.audit.drafts import Seen

if TYPE_CHECKING:
    from services.social_registry.facts import Entry
    from services.social_registry.reading import Shown

LIFE = ("state", "adults", "children", "until")


def referral(found: Shown) -> list[Seen]:
    """One life, with the card while it can be opened."""
    return [Seen("need", found.referral.need_id, (*LIFE, *_card(found)))]


def entry(found: tuple[Entry, str]) -> list[Seen]:
    return [Seen("entry", found[0].entry_id, ("state", "level", "ground", "children", "due_on"))]


def notices(found: Sequence[Shown | None]) -> list[Seen]:
    """Of the notices behind an entry only the cards are shown."""
    return [Seen("need", one.referral.need_id, _card(one)) for one in found if one and one.card]


def _card(found: Shown) -> tuple[str, ...]:
    return tuple(f"card.{name}" for name in sorted(found.card)) if found.card else ()
