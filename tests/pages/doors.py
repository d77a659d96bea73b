"""How is one service's door opened for a browser? On a real PostgreSQL, without Kafka, in a second."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from plumbing import letters_page
from plumbing.pages import Desk
from plumbing.service import Service
from plumbing.serving import application
from plumbing.settings import Settings
from tests import stores
from tests.served import served


@dataclass(frozen=True)
class Door:
    """A service's open door: where it is, and the desk behind it, for a test that acts beside the browser."""

    url: str
    desk: Desk


def desk_of(service: Service, messages: Sequence[Any] = ()) -> Desk:
    """A desk on a database of its own, in which these messages were heard; its time stands still at stores.NOW."""
    dsn = stores.fresh_database(service)
    settings = Settings(service.name, "127.0.0.1:1", dsn, dsn_desk=stores.desk_of(dsn))
    desk = Desk(service, settings, lambda part: stores.pinned_step(service, dsn))
    desk.step.run(stores.heard(messages))
    return desk


@contextmanager
def opened(desk: Desk) -> Iterator[Door]:
    app = application(desk)
    letters_page.add(app, desk)
    with served(app) as port:
        yield Door(f"http://127.0.0.1:{port}", desk)
