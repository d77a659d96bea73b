"""What do the tests of the register have in common: a home, an entry in any state, and what a person does with it?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from services.social_registry import decisions, register
from services.social_registry import messages as m
from services.social_registry.facts import Child, Entry
from tests.social_registry.lives import AKIMAT, KEYS, LAW, MOMENT, known, referral

HOME, DUE_ON = "household", date(2026, 12, 6)
ENTRY = Entry("entry", HOME, AKIMAT.code, AKIMAT.region, "police_notice", "opened", "", DUE_ON, ("need",), (Child(1), Child(2)))
MOVES = LAW.entries.moves


def entry(state: str, **changes: Any) -> Entry:
    level = "" if state == "opened" else "C"
    if state == "closed":
        changes = {"due_on": None, "code": "need_ended", "children": (Child(1, "closed", "need_ended"),), **changes}
    return replace(ENTRY, state=state, level=level, **changes)


def at_home(kept: Entry | None = None, notice: str = "entered", need: str = "need") -> dict[Any, Any]:
    """Facts about a home: its notice in this state, and perhaps its entry."""
    facts = known(kept=replace(referral("notice", notice), need_id=need)) | {("keys", need): KEYS}
    if kept is not None:
        facts["entry", kept.entry_id] = facts["home", HOME] = kept
    return facts


def enter(kept: Entry | None = None, notice: str = "waiting", need: str = "need", code: str = "police_notice") -> Any:
    """What follows when Dana opens an entry from the notice."""
    name = "enter" if notice == "waiting" else "enter_after_visit"
    return decisions.act(m.StaffAct(need, name, "Dana", code), at_home(kept, notice, need), MOMENT)


def do(name: str, kept: Entry, code: str | None = None, **other: Any) -> Any:
    """What follows when Dana does this to the entry, having seen it as it is."""
    chosen = (*MOVES[name].codes, "")[0] if code is None else code
    command = m.RegisterAct(kept.entry_id, name, "Dana", chosen, **{"seen": kept.changes, "child": 0, **other})
    return register.act(command, at_home(kept), MOMENT)


def taken_back(kept: Entry, notice: str = "entered", reason: str = "unfounded", need: str = "need") -> Any:
    return decisions.withdraw(m.ChildNoticeWithdrawn(need, 1, reason), at_home(kept, notice, need), MOMENT)


def in_days(number: int) -> date:
    """The day so many days after the moment of these tests, in Kazakhstan."""
    return (MOMENT.now + timedelta(hours=5)).date() + timedelta(days=number)
