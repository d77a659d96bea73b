"""How does the watch on surges start, live and end? `python -m services.situation_monitor surges [anew]`."""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Sequence
from typing import Any

import faust

from plumbing import groups
from plumbing.broker import reachable
from plumbing.identity import fresh_seed
from plumbing.postgres import Conflict, Database, LostConnection
from plumbing.preparing import prepare
from plumbing.service import Heard, Service
from plumbing.settings import Settings
from plumbing.step import Step
from services.situation_monitor.messages import KeepWatch, RaiseSurge
from services.situation_monitor.surges import APP_ID, CHANGELOG, Watch, new_app

log = logging.getLogger("qorgan.surges")
STALLED_AFTER = 15.0
BEAT = 1.0
WHOLE_BEAT = 5.0


class Voice:
    """What the watch says goes through the step, as a command does; a database that is away is waited for."""

    def __init__(self, service: Service, settings: Settings, part: str) -> None:
        self._step = Step(service, Database(settings.dsn, f"{service.name}/{part}"), settings.clock)

    def say(self, command: Any, key: str) -> None:
        while True:
            try:
                self._step.run([Heard(command, f"watch/{fresh_seed('').hex()}", key)])
                return
            except (LostConnection, Conflict) as error:
                log.warning("the watch waits for its database: %s", error)
                time.sleep(1)


def surges_verb(service: Service, settings: Settings, words: Sequence[str]) -> int:
    """Watch until told to stop; `anew` throws the windows away first, and all is counted again from the topic."""
    prepare(service, settings)
    while not reachable(settings.kafka):
        time.sleep(0.5)  # Faust itself ends at once where no broker answers
    if list(words) == ["anew"]:
        groups.forget(settings.kafka, APP_ID, CHANGELOG)
    elif groups.begin_anew_without(settings.kafka, APP_ID, CHANGELOG):
        log.warning("the windows were lost: they are counted again from the beginning of the topic")
    app = new_app(settings)
    voice = Voice(service, settings, "surges")
    watch = Watch(app, service.law, lambda seen: _raised(voice, seen))
    beating = threading.Thread(target=_beat, args=(app, watch, Voice(service, settings, "watch")), daemon=True)
    beating.start()
    faust.Worker(app, loglevel="WARNING", quiet=True, redirect_stdouts=False).execute_from_commandline()
    return 0


def _raised(voice: Voice, seen: RaiseSurge) -> None:
    voice.say(seen, f"territory/{seen.territory}")


def _beat(app: faust.App, watch: Watch, voice: Voice) -> None:
    """Say how far each partition is counted, and start the process anew if Faust stands still in its recovery."""
    stalled = Stalled()
    told: dict[int, int] = {}
    last = 0.0
    while True:
        time.sleep(BEAT)
        reached, now = dict(watch.reached), time.monotonic()
        if reached != told or now - last > WHOLE_BEAT:
            for partition, number in reached.items():
                voice.say(KeepWatch(partition, number), f"watch/{partition}")
            told, last = reached, now
        if stalled.looks(app, now):
            log.error("Faust has stood still in its recovery: the watch starts itself anew")
            os.execv(sys.executable, [sys.executable, "-m", "services.situation_monitor", "surges"])


class Stalled:
    """Faust may stop for ever when a worker leaves: in recovery, and nothing recovered any more."""

    def __init__(self) -> None:
        self._seen: Any = None
        self._since = time.monotonic()

    def looks(self, app: Any, now: float) -> bool:
        recovery = app.tables.recovery
        seen = recovery.active_remaining_total() if recovery.in_recovery else None
        if seen is None or seen != self._seen:
            self._seen, self._since = seen, now
        return seen is not None and now - self._since > STALLED_AFTER
