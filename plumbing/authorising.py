"""May this actor do this with this object? Rules are data; what no rule allows is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plumbing.actors import Actor

SCOPES = ("station", "region", "facility", "country")


class WrongAccess(RuntimeError):
    """The rules of a door cannot be used; the text names what is wrong."""


@dataclass(frozen=True)
class Place:
    """Where something stands; "" is: at no such place, or nobody knows."""

    region: str = ""
    station: str = ""
    facility: str = ""


EVERYWHERE = Place()


@dataclass(frozen=True)
class Object:
    """What is asked for. `places` None: the kind as such (a list, a form); else where this one stands, in any of them."""

    kind: str
    places: tuple[Place, ...] | None = None


@dataclass(frozen=True)
class May:
    """One rule: how far this role may do this; `fields`, if any, are all it may read of such an object."""

    scope: str
    fields: frozenset[str] | None = None


@dataclass(frozen=True)
class Ask:
    """What a route needs: an action on an object whose id is in the path, or (`form:…`) in a field of the form.

    `open`: for everybody, as a style sheet; `known`: for everybody who has logged in.
    """

    action: str
    kind: str = ""
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rules:
    """All that one service's data say about its doors."""

    mays: Mapping[tuple[str, str, str], May] = field(default_factory=dict)
    routes: Mapping[str, Ask] = field(default_factory=dict)
    homes: tuple[str, ...] = ()
    reserved: frozenset[str] = frozenset()

    def knows(self, role: str) -> bool:
        return any(role == known for known, _, _ in self.mays)


def allowed(rules: Rules, actor: Actor, action: str, thing: Object) -> bool:
    """One place decides. Doors that are open are open for everything; else a rule and its scope must both say yes."""
    if actor.is_anyone:
        return True
    may = rules.mays.get((actor.role, action, thing.kind))
    if may is None:
        return False
    return thing.places is None or any(_within(may.scope, actor, place) for place in thing.places)


def scope_of(rules: Rules, actor: Actor, action: str, kind: str) -> Place | None:
    """To what a list is narrowed for this actor: everywhere, one place, or None: nothing of it is theirs."""
    if actor.is_anyone:
        return EVERYWHERE
    may = rules.mays.get((actor.role, action, kind))
    if may is None:
        return None
    if may.scope == "country":
        return EVERYWHERE
    own = getattr(actor, may.scope)
    return Place(**{may.scope: own}) if own else None


def fields_of(rules: Rules, actor: Actor, action: str, kind: str) -> frozenset[str] | None:
    """Which fields of such an object the actor may read; None: all of them."""
    may = rules.mays.get((actor.role, action, kind))
    if actor.is_anyone:
        return None
    return may.fields if may else frozenset()


def _within(scope: str, actor: Actor, place: Place) -> bool:
    """Somebody of no place, or something whose place nobody knows, is in no scope but the whole country."""
    return scope == "country" or (getattr(actor, scope) != "" and getattr(actor, scope) == getattr(place, scope))


def rules_of(texts: Sequence[Mapping[str, Any]]) -> Rules:
    """What the access.toml of a service and of plumbing say together; nonsense is refused."""
    mays: dict[tuple[str, str, str], May] = {}
    for one in (one for text in texts for one in text.get("may", ())):
        for key, may in _mays(one):
            if key in mays:
                raise WrongAccess(f"{' '.join(key)} is told twice")
            mays[key] = may
    routes = {route: _ask(told) for text in texts for route, told in text.get("routes", {}).items()}
    homes = tuple(home for text in texts for home in text.get("homes", ()))
    reserved = frozenset(route for text in texts for route in text.get("reserved", ()))
    return Rules(mays, routes, homes, reserved)


def _mays(one: Mapping[str, Any]) -> Iterable[tuple[tuple[str, str, str], May]]:
    """A rule may name several roles, actions and objects of one scope."""
    scope = one["scope"]
    if scope not in SCOPES:
        raise WrongAccess(f"{scope!r} is no scope: {', '.join(SCOPES)}")
    fields = frozenset(one["fields"]) if "fields" in one else None
    named = (_many(one[name]) for name in ("role", "action", "object"))
    return [((role, action, kind), May(scope, fields)) for role, action, kind in product(*named)]


def _many(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _ask(told: str) -> Ask:
    action, *rest = told.split()
    return Ask(action, rest[0] if rest else "", tuple(rest[1:]))
