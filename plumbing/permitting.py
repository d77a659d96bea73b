"""What may whoever asks now see and do here? The rules of one service, asked by its pages for the current actor."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plumbing import actors
from plumbing.actors import NOBODY, Actor
from plumbing.authorising import EVERYWHERE, Object, Place, Rules, allowed, fields_of, rules_of, scope_of
from plumbing.problems import Problem

if TYPE_CHECKING:
    from plumbing.pages import Desk

NAME = "access.toml"
NOWHERE = Place("–", "–", "–")  # where nothing stands: the lists of who may see none of a kind are empty


def read_access(folder: Path) -> Rules:
    """The rules of a service's folder and plumbing's; a service without a file of its own has plumbing's."""
    files = [path for path in (folder / NAME, Path(__file__).with_name(NAME)) if path.exists()]
    return rules_of([tomllib.loads(path.read_text("utf-8")) for path in files])


class Access:
    """One service's rules for the actor of the request under way; the service itself never asks here."""

    def __init__(self, folder: Path) -> None:
        self.rules = read_access(folder)

    def may(self, action: str, kind: str, *places: Place) -> bool:
        """Without places: may the actor do this with any of this kind? With them: with this one, which stands there?"""
        return allowed(self.rules, _actor(), action, Object(kind, places or None))

    def demand(self, action: str, kind: str, *places: Place) -> None:
        """For what has no id yet: raises Problem 403 if it may not be done at these places."""
        if not self.may(action, kind, *places):
            raise Problem(403, "not-yours", "your role may not do this here")

    def may_ask(self, route: str) -> bool:
        """May the actor ask this route, of whatever object? For links on pages."""
        ask = self.rules.routes.get(route)
        return ask is not None and (ask.action in ("open", "known") or bool(ask.ids) or self.may(ask.action, ask.kind))

    def scope(self, action: str, kind: str) -> Place:
        """To what a list must be narrowed; everywhere: to nothing."""
        found = scope_of(self.rules, _actor(), action, kind)
        return NOWHERE if found is None else found

    def narrowed(self, asked: dict[str, Any], action: str, kind: str) -> dict[str, Any]:
        """What a list was asked to show, narrowed to the actor's own place whatever was asked."""
        own = {name: value for name, value in vars(self.scope(action, kind)).items() if value}
        return {**asked, **own}

    def shown(self, fields: dict[str, Any], action: str, kind: str) -> dict[str, Any]:
        """The fields the actor may read; the others are there, and empty."""
        readable = fields_of(self.rules, _actor(), action, kind)
        return {name: value if readable is None or name in readable else None for name, value in fields.items()}

    def places(self, desk: Desk, kind: str, ids: Sequence[str]) -> dict[str, Object]:
        """What these ids are and where they stand; what is not there is not in the answer.

        Asked as the service: who asks sees only a part behind the wall, and would take it for where a life stands now.
        """
        if desk.service.places is None:
            return {}
        told = desk.service.places
        found: dict[str, Object] = desk.as_service(lambda tx: told(tx, kind, ids))
        return found

    def own(self, desk: Desk, rows: Iterable[Sequence[Any]], action: str, kind: str) -> list[Any]:
        """Of rows that begin with an id, those whose object the actor may do this with."""
        listed = list(rows)
        if self.scope(action, kind) == EVERYWHERE or not listed:
            return listed
        found = self.places(desk, kind, [row[0] for row in listed])
        return [row for row in listed if row[0] in found and allowed(self.rules, _actor(), action, found[row[0]])]

    def first_own(self, desk: Desk, part: Callable[..., list[Any]], what: tuple[str, str], most: int) -> list[Any]:
        """The first so many of a long list that are the actor's own: what is others' goes first, and then the rest is cut.

        part: gives, for a transaction, the rows from the `skip`-th on, as many as it likes; none at the end
        what: (action, kind)
        """
        found: list[Any] = []
        skip = 0
        while len(found) < most and (rows := desk.look(partial(part, skip=skip))):
            found += self.own(desk, rows, *what)
            skip += len(rows)
        return found[:most]

    def home(self) -> str:
        """The first page of this service that the actor may see."""
        return next((path for path in self.rules.homes if self.may_ask(f"GET {path}")), "/logged-out")


def _actor() -> Actor:
    return actors.current.get() or NOBODY
