"""Where is the Qorgan that is looked at: addresses from a file, from the environment, or both?"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.faults import last_line
from deploy.local.principals import OPERATIONS
from deploy.local.processes import Process

WORDS_MAX = 120
RESTART = "make down, then make up"
BESIDE = ("_desk", "_admin")  # roles beside a service's own, in settings of the same kind


@dataclass(frozen=True)
class Site:
    """Addresses, the folder of its logs, and how many seconds anything may wait before it is red."""

    kafka: str
    services: Mapping[str, str]
    databases: Mapping[str, str]
    folder: Path
    patience: float
    login: Mapping[str, str] = field(default_factory=dict)     # the environment of who asks Kafka
    issuer: str = ""

    def start(self, server: str, again: bool = False) -> str:
        """The command that starts kafka, postgres or a service, or all again; for an outside one, whose it is."""
        if not self._has(server):
            return f"{'restart' if again else 'start'} {server} where it runs; it is not one of this folder"
        return RESTART if again else "make up"

    def _has(self, server: str) -> bool:
        """Was it started in this folder? Then its address has the port that is kept here."""
        file = self.folder / f"{server}.port"
        addresses = {"kafka": self.kafka, "postgres": next(iter(self.databases.values()), ""), **self.services}
        port = file.read_text().strip() if file.exists() else "none"
        return re.search(rf":{port}(?!\d)", addresses.get(server, "")) is not None

    def died(self, name: str) -> str:
        """Why nothing answers, as far as the folder tells."""
        if not self._has(name):
            return "nothing listens at its address: it does not run, or the network is cut"
        if Process(self.folder / f"{name}.pid").pid is not None:
            return f"its process lives but does not listen (yet); {self.log(name)}"
        return f"its process is gone: it was killed, or it ended; {self.log(name)}"

    def log(self, name: str) -> str:
        log = self.folder / f"{name}.log"
        if not log.exists():
            return "its log is not in this folder"
        said = last_line(log) or "nothing"
        return f"{log} ends with: {said[:WORDS_MAX]}{'…' if len(said) > WORDS_MAX else ''}"


def find(file: Path, patience: float, environment: Mapping[str, str] | None = None) -> Site:
    """The file `make up` wrote, overruled by QORGAN_KAFKA, QORGAN_DSN_<SERVICE> and QORGAN_URL_<SERVICE>."""
    given = os.environ if environment is None else environment
    written = _read(file)
    kafka = given.get("QORGAN_KAFKA") or written.get("kafka", "")
    return Site(
        kafka, _overruled(written.get("services", {}), "QORGAN_URL_", given),
        _overruled(written.get("postgres", {}), "QORGAN_DSN_", given), file.resolve().parent, patience,
        _login(written.get("kafka_security"), given),
        given.get("QORGAN_ISSUER") or written.get("issuer", ""),
    )


def _login(written: dict | None, given: Mapping[str, str]) -> Mapping[str, str]:
    """As operations, who may only describe; or as whom the environment says."""
    if not written or given.get("QORGAN_KAFKA"):
        return {name: value for name, value in given.items() if name.startswith("QORGAN_KAFKA_")}
    file = written["passwords"][OPERATIONS]
    return {"QORGAN_KAFKA_USER": OPERATIONS, "QORGAN_KAFKA_PASSWORD_FILE": file, "QORGAN_KAFKA_CA": written["ca"]}


def _read(file: Path) -> dict:
    try:
        return json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def _overruled(written: Mapping[str, str], prefix: str, given: Mapping[str, str]) -> dict[str, str]:
    own = {name.removeprefix(prefix).lower(): value for name, value in given.items() if name.startswith(prefix) and value}
    services = {name: value for name, value in own.items() if not name.endswith(BESIDE)}
    return {**written, **services}
