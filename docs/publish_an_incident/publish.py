"""How does a dispatch system publish an incident? `python publish.py KAFKA POLICE_INTAKE_URL INCIDENT.json …`

A Kafka that asks for names: the password's file in DISPATCH_PASSWORD_FILE, and DISPATCH_CA if it speaks TLS.
"""

import base64
import io
import json
import os
import sys
import tomllib
import urllib.request
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import fastavro
from kafka import KafkaProducer
from nacl.public import PublicKey, SealedBox

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"
TOPICS = tomllib.loads((SCHEMAS / "topics.toml").read_text("utf-8"))["topics"]
TOPIC = next(name for name, one in TOPICS.items() if one["owner"] == "police_dispatch")
VERSION = tomllib.loads((SCHEMAS / "ids.toml").read_text())["police_dispatch.IncidentReported"]["v1"]
SCHEMA = fastavro.parse_schema(json.loads((SCHEMAS / VERSION["file"]).read_text()))


def value(incident: dict, key: dict) -> bytes:
    """`incident`: {"incident_id": …, "open": {codes}, "sealed": {who and where}}; `key`: what GET /dispatch-key gives."""
    text = json.dumps(incident["sealed"], ensure_ascii=False).encode()
    text = text.ljust(-(-len(text) // 4096) * 4096)  # whole blocks: the length tells nothing of what was written
    sealed = SealedBox(PublicKey(base64.b64decode(key["public_key"]))).encrypt(text)
    times = {name: datetime.fromisoformat(at) for name, at in incident["open"].items() if name.endswith("_at") and at}
    record = {**incident["open"], **times, "incident_id": incident["incident_id"], "sealed_to": key["key_id"], "sealed": sealed}
    body = io.BytesIO()
    fastavro.schemaless_writer(body, SCHEMA, record)
    return b"\0" + VERSION["id"].to_bytes(4, "big") + body.getvalue()


def login(at: Mapping[str, str]) -> dict:
    if not (file := at.get("DISPATCH_PASSWORD_FILE")):
        return {}
    ca = at.get("DISPATCH_CA")
    return {"security_protocol": "SASL_SSL" if ca else "SASL_PLAINTEXT", "ssl_cafile": ca, "sasl_mechanism": "SCRAM-SHA-256",
            "sasl_plain_username": "police_dispatch", "sasl_plain_password": Path(file).read_text().strip()}


if __name__ == "__main__":
    kafka, police_intake, *files = sys.argv[1:]
    key = json.load(urllib.request.urlopen(f"{police_intake}/dispatch-key"))
    producer = KafkaProducer(bootstrap_servers=kafka.split(","), acks="all", **login(os.environ))
    for incident in (json.loads(Path(file).read_text("utf-8")) for file in files):
        producer.send(TOPIC, value(incident, key), incident["incident_id"].encode()).get(30)
