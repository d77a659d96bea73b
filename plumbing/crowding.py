"""How many requests are worked on at once, so that a crowd at one door never takes the database's last connection?"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from anyio import to_thread

AT_ONCE = 16  # each holds a connection; five services with all their parts stay below 200


@asynccontextmanager
async def few_at_once(_app: Any) -> AsyncIterator[None]:
    """Over the life of an application: who comes when all are busy waits in line."""
    to_thread.current_default_thread_limiter().total_tokens = AT_ONCE
    yield
