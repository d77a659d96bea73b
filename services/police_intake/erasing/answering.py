"""Who was told that a person is erased, who has destroyed the card, and what if somebody stays silent? Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from plumbing.clocks import ClockDue, ClockSet, ClockStopped
from plumbing.service import Key, Moment
from plumbing.tasks import TaskClosed, TaskOpened
from plumbing.texts import N_
from services.police_intake import messages as m
from services.police_intake.erasing.acts import (
    COMPLETE,
    DONE,
    HEALTH,
    SOCIAL,
    CardErasureAcknowledged,
    ErasureKept,
    Holder,
    terms_of,
)

Known = Mapping[Key, Any]
TASK, STEP = "erasure_silent", "erase-silent/"
TOLD = {m.VictimCardErased: SOCIAL, m.RespondentCardErased: HEALTH}
SILENT = {
    (SOCIAL,): N_("centres and akimats have not said that the card of an erased person is destroyed: is their service down?"),
    (HEALTH,): N_("narcology has not said that the card of an erased person is destroyed: ask whether a court has the file"),
    (HEALTH, SOCIAL): N_("neither narcology nor centres and akimats have said that the card of an erased person is destroyed"),
}


def told(kept: ErasureKept, cards: Sequence[Any], moment: Moment) -> Sequence[Any]:
    """The keys are gone here; it is complete once every holder has answered, and at once if nobody had to be told."""
    due = moment.now + terms_of(moment.law, moment.now).answer
    asked = {(TOLD[type(one)], one.need_id) for one in cards if type(one) in TOLD}
    holders = tuple(Holder(service, need_id, due) for service, need_id in sorted(asked))
    gone = replace(kept, state=DONE if holders else COMPLETE, ended_at=moment.now, holders=holders)
    clock = ClockSet(kept.person_id, f"{STEP}{due.isoformat()}", due, kept.person_id)
    return (gone, clock) if holders else (gone,)


def see_acknowledged(answer: CardErasureAcknowledged, facts: Known, moment: Moment) -> Sequence[Any]:
    """No key is left at this holder: whoever was erased with this need is acknowledged by it, and the first answer counts."""
    people: tuple[str, ...] = facts.get(("erased with", answer.need_id), ())
    return [event for person_id in people for event in _answered(facts["erasure", person_id], answer, moment)]


def ring(clock: ClockDue, facts: Known, moment: Moment) -> Sequence[Any]:
    """Somebody is silent: a person finds out whether it is down, or has to keep the card."""
    known: ErasureKept | None = facts.get(("erasure", clock.subject))
    if known is None or known.state != DONE or not known.silent:
        return ()
    due = moment.now + terms_of(moment.law, moment.now).answer
    return (TaskOpened(known.person_id, TASK, "duty_officer", SILENT[known.silent], due, known.person_id),)


def _answered(known: ErasureKept, answer: CardErasureAcknowledged, moment: Moment) -> Sequence[Any]:
    def heard(one: Holder) -> Holder:
        mine = (one.service, one.need_id) == (answer.service, answer.need_id)
        return replace(one, acknowledged_at=moment.now) if mine and one.acknowledged_at is None else one

    now = replace(known, holders=tuple(heard(one) for one in known.holders))
    if now == known:
        return ()
    if now.silent:
        return (now,)
    return replace(now, state=COMPLETE), ClockStopped(now.person_id, STEP), TaskClosed(now.person_id, TASK, "router")
