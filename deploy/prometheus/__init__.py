"""Where does Prometheus find the services, and by which rules does it judge them?"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from urllib.parse import urlsplit

from deploy.local import endpoints

HERE = Path(__file__).parent


def targets(services: dict[str, str]) -> list[dict]:
    """What Prometheus reads as a file of targets: one group a service, named by the label its figures carry too."""
    return [{"targets": [urlsplit(url).netloc], "labels": {"service": name}} for name, url in sorted(services.items())]


def prepare(folder: Path) -> Path:
    """Configuration, rules and targets in `folder`/prometheus, from the addresses in `folder`; again: up to date."""
    room = folder / "prometheus"
    room.mkdir(parents=True, exist_ok=True)
    shutil.copytree(HERE / "rules", room / "rules", dirs_exist_ok=True)
    shutil.copy(HERE / "prometheus.yaml", room)
    found = endpoints.read(folder).get("services", {})
    (room / "targets.json").write_text(json.dumps(targets(found), indent=2) + "\n", encoding="utf-8")
    return room
