"""Which commands does a coordinator give, and what is kept of a note?"""

from __future__ import annotations

from dataclasses import dataclass

OUTCOMES = ("helped", "declined", "outside", "not_reached")
SAID = ("taken_over", "will_answer", "no_place", "found_elsewhere", "not_reached")
CHANNELS = ("page", "telephone")


@dataclass(frozen=True)
class SettleNeed:
    """Command: the person whose task it is says how a need ended (helped, declined, outside)."""

    need_id: str
    outcome: str
    by: str


@dataclass(frozen=True)
class AskAgain:
    """Command: begin a new round, since something is different now."""

    need_id: str
    by: str


@dataclass(frozen=True)
class NoteNeed:
    """Command: keep what was said, by whom and to whom; the answer itself is recorded by the owner of the place."""

    need_id: str
    said: str
    by: str
    channel: str = "page"
    answered_by: str = ""


@dataclass(frozen=True)
class NeedNoted:
    need_id: str
    said: str
    by: str
    channel: str
    answered_by: str
