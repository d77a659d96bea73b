"""Which forms does the coordinator have, and what does each order?"""

from __future__ import annotations

from typing import Literal

from plumbing.forms import Fields, Name
from services.referral_router.commands import AskAgain, NoteNeed, SettleNeed


class SettleFields(Fields):
    """How a need with a person ended."""

    need_id: str
    outcome: str
    by: Name

    def order(self) -> tuple[SettleNeed, str]:
        return SettleNeed(self.need_id, self.outcome, self.by), self.need_id


class AskFields(Fields):
    """Begin a new round."""

    need_id: str
    by: Name

    def order(self) -> tuple[AskAgain, str]:
        return AskAgain(self.need_id, self.by), self.need_id


class NoteFields(Fields):
    """What was said, and by whom."""

    need_id: str
    said: str
    by: Name
    channel: Literal["page", "telephone"]
    answered_by: Name = ""

    def order(self) -> tuple[NoteNeed, str]:
        return NoteNeed(self.need_id, self.said, self.by, self.channel, self.answered_by), self.need_id
