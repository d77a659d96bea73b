"""What does police intake say, order and keep about the risk for her? Frozen, only the fields used here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plumbing.service import Key

Said = tuple[tuple[str, str], ...]  # (id of a question, yes, no or unknown)

# Why a named person sees it otherwise than the grid: codes, so that nobody's story is kept here.
UP = ("seen_at_scene", "told_by_others", "weapon_found", "order_broken", "repeated", "feeling")
DOWN = ("typed_wrongly", "answered_again", "circumstances_changed", "person_far_away")


@dataclass(frozen=True)
class RiskGraded:
    """All that leaves police of it: a code that orders work."""

    event = "police_intake.RiskGraded"
    report_id: str
    version: int
    grade: str
    leaves_region: bool


@dataclass(frozen=True, repr=False)
class AssessRisk:
    """Command: what she was asked and answered. `seen`: the step that stood on the page; 0 if there was none."""

    report_id: str
    grid: str
    answers: Said
    asked_apart: bool
    leaves_region: bool
    by: str
    actor: str = ""
    seen: int = 0


@dataclass(frozen=True)
class RaiseRisk:
    """Command: one named person sees more danger than the grid does."""

    report_id: str
    grade: str
    reason: str
    by: str
    actor: str = ""
    seen: int = 0


@dataclass(frozen=True)
class ProposeLower:
    """Command: a first person sees less danger; nothing changes until a second one does, too."""

    report_id: str
    grade: str
    reason: str
    by: str
    actor: str = ""
    seen: int = 0


@dataclass(frozen=True)
class DecideLower:
    """Command: a second person lowers the grade, or leaves it."""

    report_id: str
    seen: int
    lower: bool
    by: str
    actor: str = ""


@dataclass(frozen=True, repr=False)
class RiskStep:
    """Kept: one step about the risk for her. Never changed: what is said next is the next version.

    step: assessed, raised, lowering (asked for), lowered or left. grade: what stands after it. computed: what the grid made of
    the latest answers; empty before there are any. proposed: a lower grade that waits for a second person, else empty.
    answers: hers, of an assessment; sealed where they are kept.
    """

    report_id: str
    version: int
    step: str
    grade: str
    computed: str
    proposed: str
    reason: str
    grid: str
    asked_apart: bool
    leaves_region: bool
    by: str
    actor: str
    answers: Said = ()

    @property
    def fact(self) -> Key:
        return "risk", self.report_id
