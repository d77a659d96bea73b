"""How does a test say forged messages to one service, on topics and a database of its own?"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from kafka import KafkaProducer

from deploy.local import topics
from plumbing import stream as stream_module
from plumbing.broker import connection
from plumbing.catalogue import SCHEMAS, Catalogue
from plumbing.codec import Codec
from plumbing.postgres import Database
from plumbing.settings import OPEN_KAFKA, KafkaLogin, Settings, login_from
from plumbing.step import Step
from plumbing.stream import Stream
from services.referral_router.wiring import SERVICE
from tests import stores
from tests.failures.reports import registered

ROUTER, REPORT = "referral_router", "police_intake.ReportRegistered"
_numbers = count(1)


class Forge:
    """A router that hears from scratch topics only, and a producer that says what it is told, in any order."""

    def __init__(self, kafka: str, catalogue: Catalogue, login: KafkaLogin = OPEN_KAFKA) -> None:
        self.kafka, self.catalogue, self.dsn, self.login = kafka, catalogue, stores.fresh_database(SERVICE), login
        self.producer = KafkaProducer(**connection(kafka, login), acks="all")
        self.codec, self._stopping = Codec(), threading.Event()
        self._threads: list[threading.Thread] = []
        self.raised: list[BaseException] = []

    def topic(self, event: str) -> str:
        return self.catalogue.topic_of(event).name

    def report(self, name: str) -> bytes:
        """The value of a report by this name; its lives are its own."""
        return self.codec.encode(registered(name))

    def say(self, number: int, key: str, value: bytes, *, event: str = REPORT, partition: int = 0, owner: str = "") -> None:
        owner = owner or event.split(".")[0]
        headers = [("ce_id", f"{owner}/{partition}/{number}".encode()), ("ce_source", f"/qorgan/{owner}".encode()),
                   ("qorgan_number", str(number).encode())]
        self.producer.send(self.topic(event), value, key.encode(), headers, partition).get(10)

    def listen(self, batch_max: int = 1000) -> None:
        """Start one more worker of the router."""
        settings = Settings(ROUTER, self.kafka, self.dsn, batch_max=batch_max, session_timeout=6, login=self.login)
        worker = Stream(settings, Step(SERVICE, Database(self.dsn, "forge")), self._stopping)
        self._threads.append(threading.Thread(target=self._run, args=(worker,), daemon=True))
        self._threads[-1].start()

    def _run(self, worker: Stream) -> None:
        try:
            worker.run()
        except BaseException as error:
            self.raised.append(error)

    def assessed(self) -> list[str]:
        """Names of the reports the router has decided about."""
        return sorted(name for (name,) in self.rows("SELECT report_id FROM reports"))

    def rows(self, question: str) -> list[tuple[Any, ...]]:
        return stores.rows(self.dsn, question)

    def wait_for(self, names: list[str], patience: float = 15) -> None:
        until = time.monotonic() + patience
        while self.assessed() != sorted(names):
            assert not self.raised, self.raised
            assert time.monotonic() < until, f"{self.assessed()} instead of {sorted(names)}"
            time.sleep(0.05)

    def close(self) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(5)
        self.producer.close()


@contextmanager
def forge(kafka: str, folder: Path, monkeypatch: Any, login: Mapping[str, str] = topics.NO_LOGIN) -> Iterator[Forge]:
    """Scratch topics under the catalogue's names with a prefix; what the router says goes to its journal only."""
    prefix = f'[topics."scratch-{next(_numbers)}-'
    text = (SCHEMAS / "topics.toml").read_text("utf-8").replace('[topics."', prefix)
    for path in SCHEMAS.iterdir():
        if path.name != "topics.toml":
            (folder / path.name).symlink_to(path)
    (folder / "topics.toml").write_text(text, "utf-8")
    topics.create(kafka, folder / "topics.toml", login)
    catalogue = Catalogue(folder)
    monkeypatch.setattr(stream_module, "catalogue", lambda: catalogue)
    with closing(Forge(kafka, catalogue, login_from(login))) as one:
        yield one
