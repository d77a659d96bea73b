"""What is decided about an entry of the medico-social register? Pure: (message, facts, moment) → events.

Nobody but a person of the akimat opens an entry, and nobody is told of it here: no parent, no other agency.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from plumbing.service import CommandRefused, Key, Moment
from plumbing.transitions import Move
from services.social_registry import messages as m
from services.social_registry.facts import Child, Entry, EntryKept, Facility, Referral, ReferralKept
from services.social_registry.looking import no_more, review_in, task, task_again
from services.social_registry.terms import NoTerm, Stage, day_of, days, no_term, term

Known = Mapping[Key, Any]
Context = tuple[Known, Moment]
NOTIFIED = "notified"  # a home with a notice and no entry


def enter(referral: Referral, command: m.StaffAct, facts: Known, moment: Moment) -> Sequence[Any]:
    """A person opens an entry from a notice; a home whose entry is open gets no second one: the notice joins it."""
    home: Entry | None = facts.get(("home", referral.household_ref))
    move = moment.law.entries.moves["open"]
    if home is not None and not move.allows("entry", home.state):
        return _joined(home, referral.need_id, moment)
    facility: Facility = facts["facility", referral.facility_code]
    due_on = day_of(moment.now + days(term(moment.law, Stage("opened"), moment.now)))
    opened = Entry(
        home.entry_id if home else moment.ids.new(), referral.household_ref, facility.code, facility.region,
        command.code, move.to, "", due_on,
        (*(home.notices if home else ()), referral.need_id), _children(home, referral.children),
        home.looks + 1 if home else 1, home.changes + 1 if home else 1,
    )
    said = m.RegisterEntryOpened(opened.entry_id, opened.region, opened.ground, opened.listed, due_on)
    return EntryKept(opened, referral.household_ref), said, *task(opened, moment)


def act(command: m.RegisterAct, facts: Known, moment: Moment) -> Sequence[Any]:
    """What a person did with an entry; refused with the state it was in if the table has no such move."""
    entry: Entry | None = facts.get(("entry", command.entry_id))
    move: Move | None = moment.law.entries.moves.get(command.act)
    if entry is None or move is None or not move.label:
        return (CommandRefused("unknown", "there is no such entry or act here"),)
    refused = _refused(move, entry, command)
    if refused is not None:
        return (refused,)
    try:
        return ACTS[move.name](entry, move, command, (facts, moment))
    except NoTerm:
        return (no_term(),)


def take_back(need_id: str, home: Entry | None, moment: Moment) -> Sequence[Any]:
    """A notice is taken back: an entry that rested on it alone is closed, and what it said of a family is forgotten."""
    if home is None or need_id not in home.notices:
        return ()
    left = tuple(one for one in home.notices if one != need_id)
    if left:
        return (EntryKept(replace(home, notices=left, changes=home.changes + 1), home.household_ref),)
    gone = Entry(
        home.entry_id, "", home.facility_code, home.region, "", moment.law.entries.moves["unfounded"].to, "", None,
        (), (), home.looks, home.changes + 1, "unfounded",
    )
    return EntryKept(gone, home.household_ref), m.RegisterEntryClosed(home.entry_id, gone.code), *no_more(home, "router")


def _joined(home: Entry, need_id: str, moment: Moment) -> Sequence[Any]:
    """It was reported again: what was due soon is due as before, a review that was far off is due soon."""
    notices = tuple(dict.fromkeys((*home.notices, need_id)))
    kept = replace(home, notices=notices, looks=home.looks + 1, changes=home.changes + 1)
    return EntryKept(kept, home.household_ref), *no_more(home, ""), *task_again(kept, moment)


def _children(home: Entry | None, number: int) -> tuple[Child, ...]:
    """New child entries behind those that were closed when the home stood on the register before."""
    before = home.children if home else ()
    return (*before, *(Child(len(before) + n) for n in range(1, number + 1)))


def _refused(move: Move, entry: Entry, command: m.RegisterAct) -> CommandRefused | None:
    child = next((one.state for one in entry.children if one.number == command.child), "unlisted")
    what, state = ("entry", entry.state) if move.kind == "entry" or entry.state == "closed" else ("child entry", child)
    if entry.state == "closed" or not move.allows(move.kind, state):
        return CommandRefused("wrong-state", f"this cannot be done: the {what} is {state}", state)
    if command.seen != entry.changes:
        return CommandRefused("seen-otherwise", f"somebody was quicker: the entry is {entry.state}", entry.state)
    if move.codes and command.code not in move.codes:
        return CommandRefused("unknown-code", f"choose one of {', '.join(move.codes)}")
    if move.name == "list_child" and command.child != len(entry.children) + 1:
        return CommandRefused("unknown-child", f"the next child entry is number {len(entry.children) + 1}")
    return None


def _look(entry: Entry, move: Move, command: m.RegisterAct, context: Context) -> Sequence[Any]:
    _, moment = context
    due_on = day_of(moment.now + days(term(moment.law, Stage("assessed", command.code), moment.now)))
    kept = replace(
        entry, state=move.to, level=command.code, due_on=due_on, looks=entry.looks + 1, changes=entry.changes + 1
    )
    said = getattr(m, move.says)(entry.entry_id, command.code, entry.listed, due_on)
    return EntryKept(kept, entry.household_ref), said, *no_more(entry, command.by), review_in(kept, moment)


def _close(entry: Entry, move: Move, command: m.RegisterAct, context: Context) -> Sequence[Any]:
    facts, _ = context
    children = tuple(_ended(child, command.code) for child in entry.children)
    closed = replace(
        entry, state=move.to, due_on=None, children=children, changes=entry.changes + 1, code=command.code
    )
    cards = [facts.get(("referral", need_id)) for need_id in entry.notices]
    return (
        EntryKept(closed, entry.household_ref),
        m.RegisterEntryClosed(entry.entry_id, command.code),
        *no_more(entry, command.by),
        *(ReferralKept(replace(one, state="closed")) for one in cards if one and one.state == "entered"),
    )


def _list_child(entry: Entry, move: Move, command: m.RegisterAct, context: Context) -> Sequence[Any]:
    kept = replace(entry, children=(*entry.children, Child(command.child, move.to)), changes=entry.changes + 1)
    return EntryKept(kept, entry.household_ref), m.ChildEntryListed(entry.entry_id, kept.listed)


def _close_child(entry: Entry, move: Move, command: m.RegisterAct, context: Context) -> Sequence[Any]:
    if entry.listed == 1:
        return _close(entry, context[1].law.entries.moves["close"], command, context)
    children = tuple(_ended(one, command.code) if one.number == command.child else one for one in entry.children)
    kept = replace(entry, children=children, changes=entry.changes + 1)
    return EntryKept(kept, entry.household_ref), m.ChildEntryClosed(entry.entry_id, kept.listed)


def _ended(child: Child, code: str) -> Child:
    return replace(child, state="closed", code=code) if child.state == "listed" else child


ACTS: Mapping[str, Callable[[Entry, Move, m.RegisterAct, Context], Sequence[Any]]] = {
    "assess": _look, "review": _look, "close": _close, "list_child": _list_child, "close_child": _close_child,
}
