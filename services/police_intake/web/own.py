"""Which stations, and which station's reports, are there for whoever asks?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.datastructures import FormData

from plumbing import actors
from services.police_intake import stations_store

if TYPE_CHECKING:
    from plumbing.pages import Desk


def stations(desk: Desk) -> list[str]:
    """The stations to choose from: one's own, one's region's, or all."""
    own = desk.access.scope("list", "report")
    found: list[str] = desk.look(lambda tx: stations_store.stations(tx, own.region, own.station))
    return found or ([own.station] if own.station else [])


def own_station(typed: Any) -> Any:
    """A form as it came; who belongs to a station writes for that station, whatever was typed."""
    actor = actors.known()
    if actor is None or not actor.station:
        return typed
    return FormData([*((name, value) for name, value in typed.multi_items() if name != "station"), ("station", actor.station)])
