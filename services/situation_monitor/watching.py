"""How does the watch on surges start, live and end? `python -m services.situation_monitor surges [anew]`."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence
from typing import Any

import faust

from plumbing.broker import reachable
from plumbing.identity import fresh_seed
from plumbing.postgres import Conflict, Database, LostConnection
from plumbing.preparing import prepare
from plumbing.service import Heard, Service
from plumbing.settings import Settings
from plumbing.step import Step
from services.situation_monitor.messages import KeepWatch, RaiseSurge
from services.situation_monitor.standing import Standing
from services.situation_monitor.starting_anew import start_anew
from services.situation_monitor.surges import Watch, group_of, new_app

log = logging.getLogger("qorgan.surges")
BEAT = 1.0
WHOLE_BEAT = 5.0


class Voice:
    """What the watch says goes through the step, as a command does; a database that is away is waited for."""

    def __init__(self, service: Service, settings: Settings, part: str) -> None:
        self._step = Step(service, Database(settings.dsn, f"{service.name}/{part}"), settings.clock)

    def say(self, told: Sequence[tuple[Any, str]]) -> None:
        """Commands with their keys, in one transaction."""
        batch = [Heard(command, f"watch/{fresh_seed('').hex()}", key) for command, key in told]
        while True:
            try:
                self._step.run(batch)
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
        group_of(settings).forget()
    elif group_of(settings).begin_anew_if_lost():
        log.warning("the windows were lost: they are counted again from the beginning of the topic")
    app = new_app(settings)
    voice = Voice(service, settings, "surges")
    watch = Watch(app, service.law, lambda seen: _raised(voice, seen))
    heart = Heart(watch, Voice(service, settings, "watch"), Standing(app, settings))
    threading.Thread(target=heart.beat, daemon=True).start()
    faust.Worker(app, loglevel="WARNING", quiet=True, redirect_stdouts=False, override_logging=False).execute_from_commandline()
    return 0


def _raised(voice: Voice, seen: RaiseSurge) -> None:
    voice.say([(seen, f"territory/{seen.territory}")])


class Heart:
    """Says how far each partition is counted, and starts the process anew if Faust stands still."""

    def __init__(self, watch: Watch, voice: Voice, standing: Standing) -> None:
        self._watch, self._voice, self._standing = watch, voice, standing

    def beat(self) -> None:
        told: dict[int, int] = {}
        last = 0.0
        while True:
            time.sleep(BEAT)
            reached, now = dict(self._watch.reached), time.monotonic()
            if reached == told and now - last <= WHOLE_BEAT:
                continue
            if reached:
                self._voice.say([(KeepWatch(partition, number), f"watch/{partition}") for partition, number in reached.items()])
            told, last = reached, now
            if self._standing.is_stuck(now):
                log.error("Faust stands still while counts lie there: the watch starts itself anew")
                start_anew()
