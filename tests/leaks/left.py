"""What did a day leave behind: in logs, on pages, on the wire, in tables?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx2
import psycopg2
from kafka import KafkaConsumer, TopicPartition

from tests.checker.words import SERVICES, Words
from tests.leaks.canaries import Canaries
from tests.world import World

POLICE = "police_intake"
POLICE_COLUMNS = {f"{POLICE}.{name}" for name in (
    "audit.name", "reports.closed_by", "held_records.closed_by", "victim_answers.by", "person_judgements.by",
    "answered_requests.idempotency_key", "answered_requests.client", "acts.by", "import_runs.file_name", "import_runs.file_path",
    "consents.by", "consent_withdrawals.by", "disclosures.asked_by", "disclosures.decided_by", "disclosures.reviewed_by",
)}
CARDS = {
    "social_registry": {"victim.name", "victim.phone", "safe_contact", "address"}, "health_narcology": {"respondent.name", "respondent.iin"},
    "referral_router": set(), "situation_monitor": set(),
}
PAGES = ("/worklist", "/worklist.json", "/notices", "/register", "/register.json", "/beds", "/cases", "/cases.json", "/measures.json", "/roster.json", "/needs", "/needs.json",
         "/dead-letters", "/picture", "/picture/regions.csv", "/openapi.json")


class Left:
    """The evidence of one day."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world, self.folder, self.canaries = world, folder, Canaries(7)
        self.answers: list[httpx2.Response] = []
        self.printed: dict[str, str] = {}
        self._client = httpx2.Client(timeout=20, follow_redirects=False)

    def logs(self) -> dict[str, str]:
        folder = self.world.stack.folder  # Kafka's own data end in .log too
        files = [path for path in folder.rglob("*") if path.suffix in (".log", ".out") and folder / "kafka" not in path.parents]
        return {str(path): path.read_text("utf-8", "replace") for path in files} | self.printed

    def metrics(self) -> dict[str, str]:
        return {name: self._client.get(f"{self.world.url(name)}/metrics").text for name in SERVICES}

    def pages(self) -> dict[str, str]:
        html = {"Accept": "text/html"}
        needs = self.world.sql("social_registry", "SELECT need_id FROM referrals")
        paths = (*PAGES, *(f"/referrals/{need}" for (need,) in needs))
        return {name: "".join(self._client.get(self.world.url(name) + path, headers=html).text for path in paths) for name in CARDS}

    def said(self) -> list[tuple[str, bytes]]:
        """Everything on the wire but what was forged here: key, headers and value in one."""
        places = [TopicPartition(name, part) for name, entry in Words().topics.items() for part in range(entry["partitions"])]
        with closing(KafkaConsumer(bootstrap_servers=self.world.stack.kafka, group_id=None, auto_offset_reset="earliest")) as consumer:
            consumer.assign(places)
            ends, found = consumer.end_offsets(places), []
            until = time.monotonic() + 30
            while any(consumer.position(place) < end for place, end in ends.items()) and time.monotonic() < until:
                found += [record for records in consumer.poll(timeout_ms=200).values() for record in records]
        ours = [one for one in found if any(name == "qorgan_number" for name, _ in one.headers)]
        return [(one.topic, b"\n".join([one.key, one.value, *(value for _, value in one.headers)])) for one in ours]

    def columns(self, *services: str) -> dict[str, set[str]]:
        return {place: found for name in services for place, text in self._texts(name) if (found := self.canaries.found_in(text))}

    def _texts(self, service: str) -> Iterator[tuple[str, str]]:
        """Every column of every table as text; the bytes and ids of what was forged here are its sender's."""
        with closing(psycopg2.connect(self.world.stack.dsn(service))) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT table_schema, table_name, column_name FROM information_schema.columns"
                           " WHERE table_schema IN ('public', 'keys', 'vault') AND table_name NOT LIKE 'new\\_%%'")
            for schema, table, column in cursor.fetchall():
                if (table, column) not in (("dead_letters", "value"), ("dead_letters", "message_id")):
                    cursor.execute(f'SELECT string_agg("{column}"::text, E\'\\n\') FROM {schema}.{table}')
                    yield f"{service}.{table}.{column}", cursor.fetchone()[0] or ""

    def causes_of(self, service: str) -> list[str]:
        return [cause for (cause,) in self.world.sql(service, "SELECT cause FROM dead_letters")]

    def causes(self) -> list[str]:
        return [cause for service in SERVICES for cause in self.causes_of(service)]
