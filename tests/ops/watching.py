"""How does a test run a real Prometheus, and ask it?"""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from deploy.local import ports
from deploy.local.roles import SERVICES
from tests.house import tree
from tests.talking import ask

METRIC = re.compile(r"\bqorgan_[a-z_]+\b(?!:)")
LINE = re.compile(r"^ +(- (?=alert|record))?([a-z_]+): ?(.*)$", re.MULTILINE)
RULES = sorted((tree.ROOT / "deploy/prometheus/rules").glob("*.yaml"))
DASHBOARDS = sorted((tree.ROOT / "deploy/grafana/dashboards").glob("*.json"))


def rules() -> list[dict[str, str]]:
    """Every rule as a flat dict. The files keep to one key a line; that Prometheus reads them alike is tested."""
    return [rule for path in RULES for rule in _read(path.read_text("utf-8"))]


def _read(text: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for kind, name, value in LINE.findall(text):
        if kind:
            found.append({})
        if found and value:
            found[-1][name] = json.loads(value) if value.startswith('"') else value
    return found


def alerts() -> list[dict[str, str]]:
    return [rule for rule in rules() if "alert" in rule]


def panels() -> list[dict[str, Any]]:
    """Every panel of every dashboard, those inside rows too."""
    top = [panel for path in DASHBOARDS for panel in json.loads(path.read_text("utf-8"))["panels"]]
    return [inner for panel in top for inner in (panel, *panel.get("panels", ()))]


def queries() -> list[str]:
    """Every question that rules, alerts and dashboards ask."""
    asked = [rule["expr"] for rule in rules()]
    return asked + [target["expr"] for panel in panels() for target in panel.get("targets", ())]


def metrics_in(query: str) -> set[str]:
    """Names as they are exported; a recorded name (level:metric:operation) is none."""
    bare = re.sub(r"\b[a-z_]+:[a-z_]+:[a-z0-9_]+", "", re.sub(r'"[^"]*"', "", query))
    return set(METRIC.findall(bare))


def recorded_in(query: str) -> set[str]:
    return set(re.findall(r"\b[a-z_]+:qorgan_[a-z_]+:[a-z0-9_]+", query))


class Prometheus:
    """One server in a folder made by deploy.prometheus, impatient so that tests need not wait."""

    def __init__(self, room: Path) -> None:
        self.room, self.port = room, ports.kept(room / "port")
        config = (room / "prometheus.yaml").read_text("utf-8")
        (room / "prometheus.yaml").write_text(config.replace("15s", "1s"), "utf-8")
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = ["prometheus", f"--config.file={self.room}/prometheus.yaml", f"--storage.tsdb.path={self.room}/data",
                   f"--web.listen-address=127.0.0.1:{self.port}", "--log.level=warn"]
        with open(self.room / "log", "ab") as log:
            self._child = subprocess.Popen(command, stdout=log, stderr=log)
        self.wait(lambda: self._answers() and len(self.ask('up{job="qorgan"} == 1')) == len(SERVICES))

    def stop(self) -> None:
        if self._child is not None:
            self._child.terminate()
            self._child.wait(20)

    def ask(self, query: str) -> list[dict[str, Any]]:
        """Every series the query gives now; a query that does not parse fails."""
        status, told = ask("GET", f"http://127.0.0.1:{self.port}/api/v1/query?{urlencode({'query': query})}")
        assert status == 200, (query, told)
        return told["data"]["result"]

    def known(self) -> set[str]:
        """The names of all metrics the services told of, with their endings."""
        told = ask("GET", f"http://127.0.0.1:{self.port}/api/v1/targets/metadata")[1]["data"]
        endings = {"histogram": ("_bucket", "_count", "_sum")}
        return {one["metric"] + ending for one in told for ending in endings.get(one["type"], ("",))}

    def wait(self, true: Callable[[], Any], patience: float = 40) -> Any:
        until = time.monotonic() + patience
        while not (found := true()):
            assert time.monotonic() < until, f"waited {patience} s in vain; {(self.room / 'log').read_text('utf-8')[-2000:]}"
            time.sleep(0.2)
        return found

    def _answers(self) -> bool:
        try:
            return ask("GET", f"http://127.0.0.1:{self.port}/-/ready")[0] == 200
        except OSError:
            return False
