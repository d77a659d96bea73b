"""What does an entry of the medico-social register hear and say? It names nobody and no home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class RegisterAct:
    """Command: what a person of the akimat did with an entry (see transitions_of_entries.toml).

    `seen` is the entry's count of changes that the person had before them: a second click, or a colleague
    who was quicker, is told so instead of doing it twice. `child` is the number of a child entry; `channel` as with StaffAct.
    """

    entry_id: str
    act: str
    by: str
    code: str
    seen: int
    child: int = 0
    channel: str = "page"


@dataclass(frozen=True)
class RegisterEntryOpened:
    event = "social_registry.RegisterEntryOpened"
    entry_id: str
    region: str
    ground: str
    children: int
    due_on: date


@dataclass(frozen=True)
class RegisterEntryAssessed:
    event = "social_registry.RegisterEntryAssessed"
    entry_id: str
    level: str
    children: int
    due_on: date


@dataclass(frozen=True)
class RegisterEntryReviewed:
    event = "social_registry.RegisterEntryReviewed"
    entry_id: str
    level: str
    children: int
    due_on: date


@dataclass(frozen=True)
class RegisterEntryClosed:
    event = "social_registry.RegisterEntryClosed"
    entry_id: str
    code: str


@dataclass(frozen=True)
class ChildEntryListed:
    event = "social_registry.ChildEntryListed"
    entry_id: str
    children: int


@dataclass(frozen=True)
class ChildEntryClosed:
    event = "social_registry.ChildEntryClosed"
    entry_id: str
    children: int
