"""How do the four services run beside a stack, on one machine?"""

from __future__ import annotations

import http.client
import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from deploy.local import ports
from deploy.local.faults import Missing
from deploy.local.processes import Plan, Server
from deploy.local.roles import SERVICES
from deploy.local.stack import Stack

CHECKOUT = Path(__file__).parents[2]


class Service(Server):
    """One service as a process: `python -m services.<name>`."""

    stop_patience = 15

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, environment: Mapping[str, str]) -> None:
        """Start it, without waiting; `environment` comes on top of our own. A leftover ends first."""
        self.stop()
        port = ports.kept(self.port_file)
        ours = {"PYTHONUNBUFFERED": "1", "QORGAN_HTTP": f"127.0.0.1:{port}"}
        self.process.spawn(Plan(
            [sys.executable, "-m", f"services.{self.name}"], self.log, CHECKOUT,
            {**os.environ, **environment, **ours}, self.death_signal))

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



class Services:
    """All four, by name: `services["police_intake"]`."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.all = {name: Service(name, stack.folder, stack.attached) for name in SERVICES}

    def __getitem__(self, name: str) -> Service:
        return self.all[name]

    def endpoints(self) -> dict:
        return {
            "kafka": self.stack.kafka,
            "services": {name: service.url for name, service in self.all.items()},
            "postgres": {name: self.stack.dsn(name) for name in self.all},
        }

    def start(self, extra: Mapping[str, str] | None = None) -> None:
        """Those that run are left alone; returns when all are ready."""
        environment = {**self.stack.environment(), **(extra or {})}
        for service in self.all.values():
            if not (service.process.is_to_stay and service.is_ready()):
                service.start(environment)
        for service in self.all.values():
            service.wait_until_ready()

    def stop(self) -> None:
        """All are asked before the first is waited for."""
        for service in self.all.values():
            service.process.send(signal.SIGTERM)
        for service in self.all.values():
            service.stop()
