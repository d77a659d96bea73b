"""What is decided when a shift is entered or ended? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from plumbing.service import CommandRefused, Key, Moment
from services.police_intake.roster.shifts import EndShift, EnterShift, Shift

LONGEST = timedelta(days=7)  # house rule: a slip of the year would cover a district with nobody


def enter(command: EnterShift, facts: Mapping[Key, Any], moment: Moment) -> Sequence[Any]:
    """On the roster; or refused in words, with nothing changed."""
    if command.until <= command.since:
        return (CommandRefused("ends-before-start", "a shift does not end before it begins"),)
    if command.until - command.since > LONGEST:
        return (CommandRefused("too-long", "a shift is at most seven days long"),)
    region = facts.get(("district", command.station))
    if region is None:
        return (CommandRefused("unknown-district", "no report was ever written at such a station"),)
    met = [one for one in facts.get(("shifts of", command.inspector), ()) if one.meets(command.since, command.until)]
    if any(one.station != command.station for one in met):
        return (CommandRefused("two-districts", "this inspector is on shift in another district then"),)
    if met:
        return (CommandRefused("on-shift", "this inspector is on shift here then"),)
    told = (command.station, region, command.inspector, command.is_woman, command.since, command.until, command.by)
    return (Shift(moment.ids.new(), *told),)


def end(command: EndShift, facts: Mapping[Key, Any], moment: Moment) -> Sequence[Any]:
    """From now on nobody counts on it; what was is not rewritten."""
    shift: Shift | None = facts.get(("shift", command.shift_id))
    if shift is None:
        return (CommandRefused("unknown-shift", "there is no such shift"),)
    if shift.until <= max(moment.now, shift.since):
        return (CommandRefused("shift-over", "this shift is over"),)
    return (replace(shift, until=max(moment.now, shift.since), ended_by=command.by),)
