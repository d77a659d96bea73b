"""How does a dispatch system seal and publish, for tests? With the very program that docs/ gives to outsiders."""

from __future__ import annotations

import base64
import importlib.util
import json
import secrets
from collections.abc import Sequence
from copy import deepcopy
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

from plumbing.codec import Codec
from plumbing.sealing import Secret, pair_of
from plumbing.service import Heard
from services.police_intake.dispatch.incident import IncidentReported
from services.police_intake.dispatch.keys import SETTING, key_id
from tests import stores
from tests.stores import NOW

FOLDER = Path(__file__).parents[2] / "docs" / "publish_an_incident"
_spec = importlib.util.spec_from_file_location("publish", FOLDER / "publish.py")
assert _spec is not None and _spec.loader is not None
publish = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(publish)
_numbers = count()
EXAMPLE = json.loads((FOLDER / "incident.json").read_text("utf-8"))


def key_file(folder: Path, monkeypatch: Any, *privates: str) -> list[dict[str, str]]:
    """A file of these private keys (one, if none is given), and what GET /dispatch-key would give for each."""
    lines = privates or (secrets.token_hex(32),)
    file = folder / "dispatch"
    file.write_text("\n".join(lines) + "\n", "ascii")
    file.chmod(0o600)
    monkeypatch.setenv(SETTING, str(file))
    pairs = [pair_of(Secret(bytes.fromhex(line))) for line in lines]
    return [{"key_id": key_id(one.public), "public_key": base64.b64encode(one.public).decode()} for one in pairs]


def incident(number: str = "3862", *, codes: dict[str, Any] | None = None, **sealed: Any) -> dict[str, Any]:
    """An incident of an hour ago; what differs is said."""
    one = deepcopy(EXAMPLE)
    one["incident_id"] = f"incident-{number}"
    one["open"] |= {"recorded_at": (NOW - timedelta(hours=1)).isoformat(), **(codes or {})}
    one["sealed"] |= {"kui_number": number, **sealed}
    return one


def said(one: dict[str, Any], key: dict[str, str]) -> IncidentReported:
    """As police intake hears it."""
    return Codec().decode(publish.value(one, key), {IncidentReported.event: IncidentReported})


def heard(messages: Sequence[IncidentReported]) -> list[Heard]:
    return [Heard(one, f"m/{place}/{one.name}", one.incident_id) for place, one in enumerate(messages)]


def hear(desk: Any, *messages: IncidentReported) -> None:
    for one in messages:
        desk.step.run([Heard(one, f"m/{next(_numbers)}", one.incident_id.replace("\0", ""))])


def rows(desk: Any, question: str) -> list[tuple[Any, ...]]:
    return stores.rows(desk.settings.dsn, question)


def told(door: Any, number: str = "3862") -> dict[str, Any]:
    """What the dispatch system is answered."""
    return dict(door.get(f"/incidents/incident-{number}").json())
