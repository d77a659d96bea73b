"""What does one service's process do from start to a clean stop? `python -m services.<name> [part …]`."""

from __future__ import annotations

import faulthandler
import gc
import logging
import os
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from fastapi import FastAPI
from kafka.record.util import crc32c_c

from plumbing import doors, letters_page, logs, metrics, recovery
from plumbing.alerts.recipients import read_recipients
from plumbing.alerts.sending import Sender
from plumbing.audit import heads
from plumbing.audit import page as audit_page
from plumbing.audit.verbs import audit
from plumbing.broker import BrokerAway
from plumbing.deciding import Decided
from plumbing.logs import Word
from plumbing.migrate import ChangedMigration
from plumbing.minutes import Minutes
from plumbing.outages import Outages
from plumbing.pages import Desk
from plumbing.places import AnotherKafka
from plumbing.postgres import Conflict, Database, LostConnection
from plumbing.preparing import prepare
from plumbing.relay import Relay, SendFailed
from plumbing.service import Service
from plumbing.serving import serve
from plumbing.settings import MissingSetting, Settings, read_settings
from plumbing.step import Step
from plumbing.stream import KafkaError, Stream
from plumbing.vault.opening import open_vault
from plumbing.vault.verbs import KEY_VERBS

log = logging.getLogger("qorgan")
STOP_WITHIN = 12.0  # seconds from SIGTERM to the end, whatever a thread waits for; then others would kill it
PARTS = ("step", "relay", "minutes", "web", "alerts")


class Process:
    """The threads of one service; any part can run alone, and several workers share the partitions."""

    def __init__(self, service: Service, settings: Settings) -> None:
        self.service, self.settings = service, settings
        self.stopping, self.wake = threading.Event(), threading.Event()
        self.exit_code = 0
        self.recipients = read_recipients(settings.alerts, service.name, settings.language)

    def run(self, parts: tuple[str, ...]) -> int:
        if crc32c_c is None:
            raise MissingSetting("kafka-python has no C checksum and reads six times slower: `make setup` installs it.")
        self.settings.decide_doors()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        gc.set_threshold(50_000, 20, 20)  # a batch makes many short-lived objects and hardly a circle
        heads.signer(self.settings)  # a key that won't do is said now, and not at the first head
        metrics.build(self.service.name)
        prepare(self.service, self.settings, self.stopping)
        if not self.stopping.is_set():
            self._work(parts)
        if not self.exit_code:
            log.info("%s has stopped", Word(self.service.name))
        return self.exit_code

    def _work(self, parts: tuple[str, ...]) -> None:
        outages = {part: Outages(f"{part} waits and tries again", self.stopping) for part in PARTS}
        work = self._by_part(outages)
        threads = [
            threading.Thread(target=self._keep, args=(part, work[part], outages[part]), name=part, daemon=True)
            for part in parts
        ]
        for thread in threads:
            thread.start()
        log.info("%s is up: %s", Word(self.service.name), Word(", ".join(parts)))
        self.stopping.wait()
        self._leave(threads)

    def _by_part(self, outages: Mapping[str, Outages]) -> dict[str, Callable[[], None]]:
        stream = Stream(self.settings, self.new_step("step"), self.stopping)
        relay = Relay(self.settings, self.stopping, self.wake)
        stream.went_on, relay.went_on = outages["step"].over, outages["relay"].over
        return {
            "step": stream.run,
            "relay": relay.run,
            "minutes": lambda: Minutes(self.settings, self.new_step("minutes"), self.stopping).run(),
            "web": lambda: serve(self._desk(), _more_pages, self.stopping),
            "alerts": lambda: Sender(self.settings, self.recipients, self.stopping).run(),
        }

    def _leave(self, threads: Sequence[threading.Thread]) -> None:
        """All end by themselves; one that is in the hands of a silent broker or database is not waited for."""
        until = time.monotonic() + STOP_WITHIN
        for thread in threads:
            thread.join(timeout=max(until - time.monotonic(), 0))
        if still := [thread.name for thread in threads if thread.is_alive()]:
            words = (Word(self.service.name), Word(", ".join(still)))
            log.warning("%s ends while %s waits for an answer; what is not committed is done again", *words)
            logging.shutdown()
            os._exit(self.exit_code)

    def _desk(self) -> Desk:
        return Desk(self.service, self.settings, self.new_step, doors.close)

    def new_step(self, part: str) -> Step:
        step = Step(self.service, Database(self.settings.dsn, f"{self.service.name}/{part}"), self.settings.clock)
        step.after_commit = self._committed
        return step

    def _committed(self, decided: Decided, took: float) -> None:
        self.wake.set()
        said = Counter(event.event for _, events, _ in decided.events for event in events if hasattr(event, "event"))
        metrics.batch(self.service.name, took, len(decided.events) + len(decided.letters), said)

    def _keep(self, part: str, work: Callable[[], None], outages: Outages) -> None:
        """Run a part until the stop; wait out what may come back, end the process over what may not."""
        while not self.stopping.is_set():
            try:
                work()
            except AnotherKafka as error:
                self._end(3, f"{error}: run `python -m services.{self.service.name} recover` if that is meant.")
            except (BrokerAway, SendFailed, LostConnection, Conflict, KafkaError) as error:
                outages.wait(error)
            except Exception:
                log.exception("%s came upon a fault of ours: the process ends and is to be started again", Word(part))
                self._end(70, "")

    def _end(self, code: int, sentence: str) -> None:
        if sentence:
            log.error("%s", Word(sentence))
        self.exit_code = code
        self.stopping.set()


def _more_pages(app: FastAPI, desk: Desk) -> None:
    """What every service has besides; after that no route may be without a rule."""
    letters_page.add(app, desk)
    audit_page.add(app, desk)
    doors.check(app, desk)


def main(service: Service, own_verbs: Mapping[str, recovery.Verb] | None = None) -> int:
    """The command line of every service: parts to run, `recover`, `redrive`, and the service's own verbs."""
    logs.begin(os.environ.get("QORGAN_LOG", "INFO"))
    logging.getLogger("kafka").setLevel(os.environ.get("QORGAN_KAFKA_LOG", "CRITICAL"))
    faulthandler.register(signal.SIGUSR1)  # where does every thread stand? Told to the log of a process that seems stuck
    words = sys.argv[1:]
    verbs = {**recovery.VERBS, **KEY_VERBS, "audit": audit, **(own_verbs or {})}
    try:
        settings = read_settings(service.name)
        open_vault(settings.keys, service.name)
        if words and words[0] in verbs:
            return verbs[words[0]](service, settings, words[1:])
        unknown = [word for word in words if word not in PARTS]
        if unknown:
            known = f"a part ({', '.join(PARTS)}) nor a verb ({', '.join(sorted(verbs))})"
            print(f"{unknown[0]} is neither {known}.", file=sys.stderr)
            return 2
        return Process(service, settings).run(tuple(words) or PARTS)
    except (MissingSetting, BrokerAway, ChangedMigration) as error:
        print(error, file=sys.stderr)
        return 1
