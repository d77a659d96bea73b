"""How do the five services, and the watch beside one of them, run on one machine?"""

from __future__ import annotations

import http.client
import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from deploy.local import ports
from deploy.local.acls import users
from deploy.local.faults import Missing
from deploy.local.passwords import password, write_private
from deploy.local.processes import Plan, Server
from deploy.local.roles import SERVICES
from deploy.local.stack import Stack
from deploy.local.topics import CATALOGUE

ISSUER = "issuer"
CHECKOUT = Path(__file__).parents[2]
# What runs as a process of its own beside a service: its name here → the words behind `python -m`.
BESIDE = {"situation_monitor-surges": ("services.situation_monitor", "surges")}


def without_others(service: str, environment: Mapping[str, str]) -> dict[str, str]:
    """What one service may find around it: no other one's database, and the key to sealed incidents at police intake only."""
    theirs = tuple(f"QORGAN_DSN_{name.upper()}" for name in SERVICES if name != service)
    theirs += () if service == "police_intake" else ("QORGAN_DISPATCH_KEY_FILE",)
    return {name: value for name, value in environment.items() if not name.startswith(theirs)}


class Service(Server):
    """One service as a process: `python -m services.<name>`."""

    stop_patience = 15

    @property
    def command(self) -> tuple[str, ...]:
        return (f"services.{self.name}",)

    @property
    def principal(self) -> str:
        """Its name at Kafka: what runs beside a service speaks in the service's name."""
        return self.name.partition("-")[0]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, environment: Mapping[str, str]) -> None:
        """Start it, without waiting; `environment` comes on top of our own. A leftover ends first."""
        self.stop()
        port = ports.kept(self.port_file)
        ours = {"PYTHONUNBUFFERED": "1", "QORGAN_HTTP": f"127.0.0.1:{port}"}
        given = {**without_others(self.principal, {**os.environ, **environment}), **ours}
        self.process.spawn(Plan([sys.executable, "-m", *self.command], self.log, CHECKOUT, given, self.death_signal))

    def is_ready(self) -> bool:
        """`/readyz` answers 200; asked directly, since a proxy of the environment has no business here."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def wait_until_ready(self, patience: float = 60) -> None:
        until = time.monotonic() + patience
        while not self.is_ready():
            if self.pid is None:
                raise Missing(f"{self.name} ended at its start: {self.said()}")
            if time.monotonic() > until:
                raise Missing(f"{self.name} was not ready in time: {self.said()}")
            time.sleep(0.05)


class Beside(Service):
    """A process beside a service; it has no page: it is ready while it lives."""

    @property
    def command(self) -> tuple[str, ...]:
        return BESIDE[self.name]

    def is_ready(self) -> bool:
        return self.pid is not None


class Services:
    """All five, by name: `services["police_intake"]`; and what runs beside them."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.all = {name: Service(name, stack.folder, stack.attached) for name in SERVICES}
        self.own: dict[str, dict[str, str]] = {}  # what only one of them finds in its environment
        self.issuer = ""
        self.beside = {name: Beside(name, stack.folder, stack.attached) for name in BESIDE}

    @property
    def processes(self) -> list[Service]:
        return [*self.all.values(), *self.beside.values()]

    def __getitem__(self, name: str) -> Service:
        return self.all[name]

    def endpoints(self) -> dict:
        security = self.security()
        return {
            "kafka": self.stack.kafka, **({"kafka_security": security} if security else {}),
            "services": {name: service.url for name, service in self.all.items()},
            "postgres": {name: self.stack.dsn(name) for name in self.all},
            "postgres_admin": self.stack.admin_dsns(),
            "dispatch_key": f"{self.all['police_intake'].url}/dispatch-key",
            "keys": self.stack.keys,
            **({"issuer": self.issuer} if self.issuer else {}),
        }

    def security(self) -> dict | None:
        """Which file holds whose password, and by which authority the broker is known; None while its doors are open."""
        if not self.stack.secure or self.stack.outside_kafka:
            return None
        doors = self.stack.broker.doors
        return {"passwords": {user: str(doors.password_file(user)) for user in users(CATALOGUE)}, "ca": doors.certificate.ca}

    def start(self, extra: Mapping[str, str] | None = None) -> None:
        """Those that run are left alone; returns when all are ready."""
        environment = {**self.stack.environment(), **(extra or {})}
        for service in self.processes:
            if not (service.process.is_to_stay and service.is_ready()):
                own = {**self.stack.login(service.principal), **self.own.get(service.name, {})}
                service.start({**environment, **own})
        for service in self.processes:
            service.wait_until_ready()

    def stop(self) -> None:
        """All are asked before the first is waited for."""
        for service in self.processes:
            service.process.send(signal.SIGTERM)
        for service in self.processes:
            service.stop()


class IssuerServer(Service):
    """The local issuer as a process."""

    def __init__(self, folder: Path, attached: bool = True) -> None:
        super().__init__(ISSUER, folder, attached)

    def begin(self, services: Services) -> dict[str, str]:
        """Start it with all services as its clients, unless it runs so; gives what each service must find around it."""
        if self.pid is None:  # a running one sits on its port itself
            ports.kept(self.port_file)
        clients = {}
        for name, service in services.all.items():
            at = service.url if service.pid else f"http://127.0.0.1:{ports.kept(service.port_file)}"
            secret = password(self.folder, f"{ISSUER}-{name}")
            clients[name] = {"secret": secret, "redirect_uri": f"{at}/login/done"}
            services.own[name] = {"QORGAN_CLIENT_SECRET_FILE": str(self.folder / "passwords" / f"{ISSUER}-{name}")}
        told, file = json.dumps(clients), self.folder / ISSUER / "clients.json"
        if not (self.process.is_to_stay and self.is_ready() and file.exists() and file.read_text("utf-8") == told):
            write_private(file, told)
            self._begin_anew()
        return {"QORGAN_ISSUER": self.url, "QORGAN_DOORS": ""}

    def _begin_anew(self) -> None:
        self.stop()
        self.process.spawn(Plan(
            [sys.executable, "-m", "deploy.local.issuer", str(self.folder), self.url], self.log, CHECKOUT,
            {**os.environ, "PYTHONUNBUFFERED": "1"}, self.death_signal))
        self.wait_until_ready()
