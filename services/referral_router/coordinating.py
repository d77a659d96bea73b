"""What may a coordinator do with a need besides settling it: ask again, and note what was said by telephone? Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from plumbing.clocks import ClockStopped
from plumbing.service import CommandRefused, Moment
from plumbing.tasks import TaskClosed
from services.referral_router.agreeing import may_ask
from services.referral_router.asking import Known, ask_next, call_back, keep
from services.referral_router.choosing import ASKED_KIND
from services.referral_router.commands import CHANNELS, SAID, AskAgain, NeedNoted, NoteNeed
from services.referral_router.facts import WITH_PERSON, WITHDRAWING, Need, NeedKept
from services.referral_router.moves import replaced


def ask_again(command: AskAgain, facts: Known, moment: Moment) -> Sequence[Any]:
    """A new round. Who was asked last lets go first and says so, so that nobody is referred twice."""
    need: Need | None = facts.get(("need", command.need_id))
    if need is None or need.kind not in ASKED_KIND:
        return (CommandRefused("never-asked", "there is no such need, or nobody is ever asked for it"),)
    if need.state != WITH_PERSON:
        return (CommandRefused("wrong-state", f"this need is with nobody: it is {need.state}", need.state),)
    if not may_ask(need, facts, moment.now):
        return (CommandRefused("no-consent", "she has not agreed, or no longer: ask her first", need.state),)
    done = (TaskClosed(need.need_id, "need", command.by), ClockStopped(need.need_id, "arrival/"))
    fresh = replace(need, round_from=len(need.tried))
    if need.tried:
        waiting = replaced(fresh, state=WITHDRAWING, queue="")
        return *done, *keep(waiting, need), *call_back(waiting, need.attempt, "no_answer", moment)
    asked = ask_next(fresh, need, facts, moment)
    if any(isinstance(event, NeedKept) and event.need.state == WITH_PERSON for event in asked):
        return (CommandRefused("nobody-fits", "nobody who could be asked is known", need.state),)
    return *done, *asked


def note(command: NoteNeed, facts: Known, moment: Moment) -> Sequence[Any]:
    if facts.get(("need", command.need_id)) is None or command.said not in SAID or command.channel not in CHANNELS:
        return (CommandRefused("unknown", "there is no such need or note"),)
    return (NeedNoted(command.need_id, command.said, command.by, command.channel, command.answered_by),)
