"""What do the pages of measures ask of the law: the lives, where all is over, and which rule says no?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plumbing.forms import Form

if TYPE_CHECKING:
    from plumbing.pages import Desk
    from services.police_intake.measures.lives import MeasureLaw


def law_of(desk: Desk) -> MeasureLaw:
    law: MeasureLaw = desk.service.law.measures
    return law


def cited(desk: Desk, form: Form) -> Any:
    """The rule that says no, with what it cites; None if no rule does."""
    if form.refused is None or form.refused.kind != "against-a-rule":
        return None
    found = [rule for rule in law_of(desk).terms.rules if rule.id == form.refused.state]
    return next((rule for rule in reversed(found) if rule.in_force(desk.now().date())), found[-1])


def over(desk: Desk) -> list[str]:
    """Where nothing has to be done any more, as `kind state`."""
    return [f"{life.kind} {state}" for life in law_of(desk).lives.values() for state in life.ends]
