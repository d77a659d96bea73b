"""What must be there before anybody can try to take it? Two reports in two regions, told and answered by machines that may."""

from __future__ import annotations

import json
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import psycopg2

PATIENCE = 60
ENTER = {"act": "enter", "by": "red team", "code": "police_notice"}
NOTICE = "SELECT need_id FROM referrals WHERE kind = 'notice' AND state = 'waiting' AND facility_code = 'akimat-KZ-11' LIMIT 1"
ENTRY = "SELECT entry_id FROM register_entries WHERE region <> 'KZ-55' LIMIT 1"
PERSON = {"birth_date": "1990-03-04", "sex": "female"}
REPORT = {"consent": "yes", "children": 1, "intoxication": "alcohol", "relation": "spouse",
          "respondent": {"name": "Сейітов Арман", "birth_date": "1985-07-08", "sex": "male"}}


def prepare(at: dict[str, Any], folder: Path) -> None:
    """Only where people are invented: it reports two of them, and enters a family in the register of another region."""
    if _found(at["postgres"]["social_registry"], ENTRY):
        return
    machines = json.loads((folder / "staff.json").read_text("utf-8"))["machines"]
    recorded = (datetime.now(UTC) - timedelta(minutes=5)).isoformat()
    with _door(at, machines, "dispatch", "police_intake") as police:
        for territory, name in (("551010000", "Ахметова Айгүл"), ("111010000", "Оспанова Дана")):
            body = {**REPORT, "kui_number": f"red-{territory}", "station": "red team", "territory": territory, "recorded_at": recorded,
                    "victim": {**PERSON, "name": name}}
            police.post("/reports", json=body, headers={"Idempotency-Key": f"red-{territory}-{recorded}"}).raise_for_status()
    notice = _wait(at["postgres"]["social_registry"], NOTICE)
    with _door(at, machines, "demo", "social_registry") as akimat:
        akimat.post("/worklist/act", data={**ENTER, "need_id": notice})
    _wait(at["postgres"]["social_registry"], ENTRY)


def _door(at: dict[str, Any], machines: dict[str, Any], machine: str, service: str) -> httpx2.Client:
    asked = {"grant_type": "client_credentials", "audience": service}
    told = httpx2.post(f"{at['issuer']}/token", data=asked, auth=(machine, machines[machine]["secret"]), trust_env=False)
    headers = {"Authorization": f"Bearer {told.json()['access_token']}"}
    return httpx2.Client(base_url=at["services"][service], headers=headers, trust_env=False, timeout=20)


def _wait(dsn: str, question: str) -> str:
    until = time.monotonic() + PATIENCE
    while not (found := _found(dsn, question)):
        if time.monotonic() > until:
            raise LookupError(f"waited {PATIENCE} s in vain for {question}")
        time.sleep(0.2)
    return found


def _found(dsn: str, question: str) -> str:
    with closing(psycopg2.connect(dsn, connect_timeout=5)) as connection, connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    return str(row[0]) if row else ""
