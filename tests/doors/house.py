"""How do tests get a closed door? A real issuer process, and a service's real application with its own database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.local import ports
from deploy.local.issuer.signing import Signer
from deploy.local.passwords import write_private
from deploy.local.processes import Plan
from deploy.local.services import CHECKOUT, Service
from deploy.local.services import ISSUER as NAME
from plumbing import doors, letters_page
from plumbing.audit import page as audit_page
from plumbing.pages import Desk
from plumbing.serving import application
from plumbing.settings import Settings
from tests import stores
from tests.served import served

SECRET = "the-secret-of-a-test-0123456789"


class TestIssuer(Service):
    """The issuer that `make up SECURE=1` starts, for services whose ports are drawn beforehand."""

    __test__ = False

    def __init__(self, folder: Path, names: Sequence[str]) -> None:
        super().__init__(NAME, folder)
        ports.kept(self.port_file)
        self.ports = {name: ports.choose() for name in names}
        clients = {
            name: {"secret": SECRET, "redirect_uri": f"http://127.0.0.1:{port}/login/done"} for name, port in self.ports.items()
        }
        write_private(folder / NAME / "clients.json", json.dumps(clients))
        write_private(folder / "client.secret", SECRET)
        command = [sys.executable, "-m", "deploy.local.issuer", str(folder), self.url]
        self.process.spawn(Plan(command, self.log, CHECKOUT, None, self.death_signal))
        self.wait_until_ready()

    @property
    def kept(self) -> dict[str, Any]:
        """Passwords and secrets, as whoever owns the machine reads them."""
        return json.loads((self.folder / "staff.json").read_text("utf-8"))

    @property
    def signer(self) -> Signer:
        """The issuer's own key, for tokens that an issuer gone wrong would sign."""
        return Signer(self.folder, self.url)


@dataclass(frozen=True)
class Closed:
    """One service behind closed doors."""

    url: str
    desk: Desk
    app: Any
    issuer: TestIssuer

    @property
    def door(self) -> doors.Door:
        return self.app.state.door


def closed_desk(service: Any, issuer: TestIssuer, messages: Sequence[Any] = (), **settings: Any) -> Desk:
    dsn = stores.fresh_database(service)
    made = Settings(
        service.name, "127.0.0.1:1", dsn, http_port=issuer.ports[service.name], issuer=issuer.url,
        client_secret_file=str(issuer.folder / "client.secret"), **settings,
    )
    desk = Desk(service, made, lambda part: stores.pinned_step(service, dsn), doors.close)
    desk.step.run(stores.heard(list(messages)))
    return desk


@contextmanager
def opened(desk: Desk, issuer: TestIssuer) -> Iterator[Closed]:
    """The application as `serve` builds it, at the address the issuer knows."""
    app = application(desk)
    letters_page.add(app, desk)
    audit_page.add(app, desk)
    doors.check(app, desk)
    with served(app, desk.settings.http_port):
        yield Closed(desk.settings.url, desk, app, issuer)
