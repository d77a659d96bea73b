"""Who asked that this person be erased, and until when is it taken back?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from services.police_intake.erasing import asking
from services.police_intake.erasing.acts import terms_of

if TYPE_CHECKING:
    from plumbing.pages import Desk


def told(desk: Desk, person_id: str) -> dict[str, Any]:
    """What the page of a person says of erasures, of whichever row of this human they were asked for."""
    erasures = desk.look(lambda tx: asking.of_human(tx, person_id))
    asked = erasures[0].person_id if erasures else person_id
    terms = terms_of(desk.service.law, desk.now())
    return {
        "erasures": erasures, "delay_days": terms.delay.days,
        "erasure_due_at": desk.look(lambda tx: asking.second_person_by(tx, asked)),
    }
