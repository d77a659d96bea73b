"""What do the pages of measures ask first: which measure, which lives and papers there are, and which rule says no?"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from plumbing.identity import is_id
from plumbing.problems import Problem
from services.police_intake.measures.lives import NOTHING, POLICE

if TYPE_CHECKING:
    from plumbing.forms import Form
    from plumbing.pages import Desk
    from services.police_intake.measures.lives import Act, Measure, MeasureLaw
    from services.police_intake.measures.papers import Paper


def law_of(desk: Desk) -> MeasureLaw:
    law: MeasureLaw = desk.service.law.measures
    return law


def papers_of(desk: Desk) -> tuple[Paper, ...]:
    """Every paper that is printed of some measure."""
    return law_of(desk).papers


def one(desk: Desk, measure_id: str, asked: Callable[..., Measure | None]) -> Measure:
    """The measure that a page's address or form names; asked: finds it by its id."""
    found: Measure | None = desk.look(lambda tx: asked(tx, measure_id)) if is_id(measure_id) else None
    if found is None:
        raise Problem(404, "unknown-measure", "there is no such measure")
    return found


def cited(desk: Desk, form: Form) -> Any:
    """The rule that says no, with what it cites; None if no rule does."""
    if form.refused is None or form.refused.kind != "against-a-rule":
        return None
    found = [rule for rule in law_of(desk).terms.rules if rule.id == form.refused.state]
    return next((rule for rule in reversed(found) if rule.in_force(desk.now().date())), found[-1])


def beginnings(desk: Desk) -> list[tuple[str, list[Act]]]:
    """(kind, acts) of what may begin on a report and is against no other measure."""
    lives = law_of(desk).lives.values()
    found = [(life.kind, [act for act in life.offered(NOTHING, POLICE) if not act.against]) for life in lives]
    return [(kind, acts) for kind, acts in found if acts]


def against(desk: Desk, kind: str) -> list[Act]:
    """What may begin against a measure of this kind."""
    return [act for life in law_of(desk).lives.values() for act in life.offered(NOTHING, POLICE) if kind in act.against]


def over(desk: Desk) -> list[str]:
    """Where nothing has to be done any more, as `kind state`."""
    return [f"{life.kind} {state}" for life in law_of(desk).lives.values() for state in life.ends]
