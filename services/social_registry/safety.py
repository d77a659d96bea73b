"""Who at the centre tells her before he is out, by when, and what if nobody does? Pure.

Police are answered nothing: by an answer they would learn whether she is here. Who is not here is no task of ours; the
inspector is told by police itself, always.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from plumbing.service import CommandRefused, Key, Moment
from plumbing.tasks import TaskClosed, TaskOpened
from plumbing.texts import N_
from services.social_registry import messages as m
from services.social_registry.facts import OCCUPYING, SAFETY, Facility, Referral

Known = Mapping[Key, Any]
BEFORE = timedelta(hours=1)  # told an hour before he is out, or within an hour: docs/facts.md §7, indicator 21, a proposal
REASONS = {
    "released": N_("he comes out an hour after this time: tell her before, and note it here"),
    "absconded": N_("he has left treatment and is missing: tell her now, and note it here"),
    "discharged": N_("he is discharged from treatment: tell her now, and note it here"),
    "detox_exit": N_("he leaves detoxification an hour after this time: tell her before, and note it here"),
    "order_ending": N_("an order against him ends an hour after this time: tell her before, and note it here"),
}
KINDS = tuple(SAFETY + kind for kind in REASONS)


def take(told: m.OffenderStatusForSafety, facts: Known, moment: Moment) -> Sequence[Any]:
    """A task of her centre, which climbs until a named person has told her. Said again, its hour is the new one."""
    referral: Referral | None = facts.get(("referral", told.need_id))
    if referral is None or referral.kind != "shelter" or referral.state not in OCCUPYING or told.kind not in REASONS:
        return ()
    facility: Facility = facts["facility", referral.facility_code]
    due = max(moment.now + BEFORE, told.effective_at - BEFORE)
    task = (told.need_id, SAFETY + told.kind, facility.code, REASONS[told.kind], due, told.need_id, facility.region)
    return (TaskOpened(*task),)


def acknowledge(command: m.AcknowledgeSafety, facts: Known, moment: Moment) -> Sequence[Any]:
    if ("referral", command.need_id) not in facts or SAFETY + command.kind not in KINDS:
        return (CommandRefused("unknown", "there is no such warning here"),)
    return (TaskClosed(command.need_id, SAFETY + command.kind, command.by),)


def no_more(referral: Referral, by: str) -> list[TaskClosed]:
    """She is here no longer: the inspector tells her."""
    return [TaskClosed(referral.need_id, kind, by) for kind in KINDS] if referral.kind == "shelter" else []
