"""What is a shift of an inspector for the protection of women, and how is it entered and ended? Frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbing.service import Facts, Key


@dataclass(frozen=True)
class EnterShift:
    """Command: this inspector is on shift in this district. inspector: an id of the staff, never a citizen's number."""

    station: str
    inspector: str
    is_woman: bool
    since: datetime
    until: datetime
    by: str


@dataclass(frozen=True)
class EndShift:
    """Command: the shift ends now; one that has not begun is taken off the roster."""

    shift_id: str
    by: str


@dataclass(frozen=True)
class Shift:
    """Kept: a shift as it stands. station: the district's, as reports write it; until: the first moment nobody is there.

    ended_by: who ended it before its time; "" if nobody did.
    """

    shift_id: str
    station: str
    region: str
    inspector: str
    is_woman: bool
    since: datetime
    until: datetime
    entered_by: str
    ended_by: str = ""

    def is_on(self, at: datetime) -> bool:
        return self.since <= at < self.until

    def meets(self, since: datetime, until: datetime) -> bool:
        """Do the two share a moment?"""
        return self.since < until and since < self.until

    def changed_facts(self, facts: Mapping[Key, Any]) -> Facts:
        own: Key = ("shifts of", self.inspector)
        others = {one.shift_id: one for one in facts.get(own, ())}
        return {("shift", self.shift_id): self, own: tuple({**others, self.shift_id: self}.values())}
