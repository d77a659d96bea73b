"""Where and when are there more reports than usual? A Faust app: windows of an hour and a territory over the counts.

What it knows may be lost: Faust keeps the windows in a topic of its own, and without that they are counted again from
the counts themselves (watching.py). What it finds goes through the step, where a surge is raised once.
"""

from __future__ import annotations

import asyncio
import logging
import os
import ssl
import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import faust
import faust.exceptions
from faust.serializers import codecs

from plumbing.catalogue import catalogue
from plumbing.codec import Codec, Unreadable
from plumbing.groups import Group
from plumbing.settings import KafkaLogin, Settings
from services.situation_monitor.decisions import surging
from services.situation_monitor.messages import RaiseSurge, ReportCounted
from services.situation_monitor.starting_anew import start_anew
from services.situation_monitor.windows import HOUR, WEEK, WEEKS_KEPT, Window, weeks_before, window_from

log = logging.getLogger("qorgan.surges")
APP_ID = "situation-monitor-surges"
TABLE = "windows"
REMEMBERED_MAX = 10_000  # windows; one that is forgotten is said once more
CHANGELOG = f"{APP_ID}-{TABLE}-changelog"
Raise = Callable[[RaiseSurge], None]


class CountCodec(faust.Codec):
    """Our wire format for Faust. It never raises: Faust lets go of what it cannot read before anyone is told."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._codec = Codec()

    def _loads(self, s: bytes) -> Any:
        try:
            return self._codec.decode(s, {ReportCounted.event: ReportCounted})
        except Unreadable as error:
            log.warning("a count is passed over; the service itself sets it aside: %s", error)
            return None

    def _dumps(self, s: Any) -> bytes:
        return self._codec.encode(s)


def new_app(settings: Settings) -> faust.App:
    """As careful as Faust can be: at least once, own acknowledgement, one reader a partition, no page."""
    codecs.register("qorgan", CountCodec())
    nothing = Path(tempfile.gettempdir(), f"qorgan-surges-{os.getuid()}")  # Faust makes it, and with memory:// leaves it empty
    return faust.App(
        APP_ID, broker=[f"kafka://{one}" for one in settings.kafka.split(",")], store="memory://",
        datadir=nothing, topic_partitions=_topic().partitions,
        topic_replication_factor=1, consumer_auto_offset_reset="earliest", web_enabled=False, topic_disable_leader=True,
        table_standby_replicas=0, broker_commit_interval=0.5, broker_max_poll_records=500,
        broker_session_timeout=settings.session_timeout, broker_heartbeat_interval=settings.session_timeout / 6,
        stream_wait_empty=False, broker_credentials=_credentials(settings.login),
    )


def group_of(settings: Settings) -> Group:
    """What Kafka keeps of all workers of this app."""
    return Group(settings.kafka, APP_ID, CHANGELOG, settings.login)


def _credentials(login: KafkaLogin) -> Any:
    trust = ssl.create_default_context(cafile=login.ca) if login.ca else None
    if login.user:
        word = login.password()
        return faust.SASLCredentials(username=login.user, password=word, mechanism="SCRAM-SHA-256", ssl_context=trust)
    return faust.SSLCredentials(trust) if trust else None


class Watch:
    """The windows of one worker's partitions, and how far each partition has been counted."""

    def __init__(self, app: faust.App, law: Any, raise_surge: Raise) -> None:
        self._law, self._raise, self._raised = law, raise_surge, set[tuple[str, datetime]]()
        self.reached: dict[int, int] = {}
        partitions = _topic().partitions
        self._table = app.Table(TABLE, partitions=partitions, key_type=str).tumbling(HOUR, expires=WEEK * WEEKS_KEPT)
        topic = app.topic(_topic().name, partitions=partitions, key_serializer="raw", value_serializer="qorgan")
        app.agent(topic, concurrency=1, name="surges")(self.watch)

    async def watch(self, stream: Any) -> None:
        """Each count is let go only after it was taken; over a fault of ours the process ends, and a new one reads it."""
        async for event in stream.noack().events():
            try:
                await self._take(event)
            except asyncio.CancelledError:
                raise
            except faust.exceptions.PartitionsMismatch:
                log.warning("Kafka has not told all partitions yet: the watch starts itself anew")
                start_anew()
            except Exception:
                log.exception("the watch came upon a fault of ours: the process ends and is to be started again")
                os._exit(70)  # nothing may run on: whatever does would acknowledge the count
            event.ack()

    async def _take(self, event: Any) -> None:
        number, count = _number(event.message.headers), event.value
        if isinstance(count, ReportCounted) and count.outcome == "registered" and count.district:
            before = self._look(count.district, count.recorded_hour)
            after = before.with_one(number)
            self._table.table[count.district, self._range(count.recorded_hour)] = after.as_list()
            if after != before:
                await self._ask(count, after)
        self.reached[event.message.partition] = number

    async def _ask(self, count: ReportCounted, window: Window) -> None:
        district, hour = count.district, count.recorded_hour
        if (district, hour) in self._raised:
            return
        weeks = weeks_before(hour, lambda then: self._look(district, then))
        seen = RaiseSurge(district, count.region, hour, window.reports, weeks)
        if surging(self._law, seen, hour):  # whether it is of long ago, the decision asks: it knows the time
            await asyncio.to_thread(self._raise, seen)
            self._remember(district, hour)

    def _remember(self, district: str, hour: datetime) -> None:
        """What is said twice is raised once; but who says it for every report of a busy hour costs a transaction each."""
        if len(self._raised) >= REMEMBERED_MAX:
            self._raised.clear()
        self._raised.add((district, hour))

    def _look(self, district: str, hour: datetime) -> Window:
        return window_from(self._table.table.get((district, self._range(hour))))

    def _range(self, hour: datetime) -> Any:
        window: Any = self._table.table.window
        return window.current(hour.timestamp())


def _topic() -> Any:
    return catalogue().topic_of(ReportCounted.event)


def _number(headers: Any) -> int:
    found = dict(headers or ()).get("qorgan_number", b"0")
    return int(found)
