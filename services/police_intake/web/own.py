"""Which stations, which station's reports, and which tasks are there for whoever asks?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.datastructures import FormData

from plumbing import actors
from services.police_intake import stations_store

if TYPE_CHECKING:
    from plumbing.pages import Desk

TASKS_MAX = 500


def stations(desk: Desk) -> list[str]:
    """The stations to choose from: one's own, one's region's, or all."""
    own = desk.access.scope("list", "report")
    found: list[str] = desk.look(lambda tx: stations_store.stations(tx, own.region, own.station))
    return found or ([own.station] if own.station else [])


def tasks(desk: Desk, open_tasks: Callable[..., list[Any]], station: str) -> list[Any]:
    """The first of the open tasks of a station, or of nobody can tell which, that whoever asks may list."""
    return desk.access.first_own(desk, partial(open_tasks, now=desk.now(), station=station), ("list", "task"), TASKS_MAX)


def own_station(typed: Any) -> Any:
    """A form as it came; who belongs to a station writes for that station, whatever was typed."""
    actor = actors.known()
    if actor is None or not actor.station:
        return typed
    return FormData([*((name, value) for name, value in typed.multi_items() if name != "station"), ("station", actor.station)])
