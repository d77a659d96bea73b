"""What if doors are open? Then everybody is one actor, who may do everything; the pages say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plumbing.actors import ANYONE, acting


class OpenDoors:
    """Sets `actors.current` for all that a request does, in whatever thread."""

    def __init__(self, app: Callable[..., Any]) -> None:
        self._app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        with acting(ANYONE):
            await self._app(scope, receive, send)
