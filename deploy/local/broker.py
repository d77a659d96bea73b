"""How does one real Kafka broker live in a folder?"""

from __future__ import annotations

import base64
import logging
import os
import shutil
import time
from pathlib import Path

from deploy.local import acls, ports, topics
from deploy.local.errands import errand, scratch
from deploy.local.faults import Missing
from deploy.local.jars import cache_folder, jars
from deploy.local.java import Java, Word, environment, from_file
from deploy.local.passwords import write_private
from deploy.local.principals import ADMIN
from deploy.local.processes import Plan, Server
from deploy.local.security import Doors, latin

logging.getLogger("kafka").addHandler(logging.NullHandler())

SETTINGS = """\
process.roles=broker,controller
node.id=1
{doors}controller.listener.names=CONTROLLER
controller.quorum.bootstrap.servers=127.0.0.1:0
log.dirs={data}
auto.create.topics.enable=false
default.replication.factor=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=8
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
min.insync.replicas=1
group.initial.rebalance.delay.ms=0
log.cleaner.dedupe.buffer.size=8388608
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
"""


class Broker(Server):
    """A broker and its data under `folder`. Attached: it ends when this process does."""

    def __init__(self, folder: Path, attached: bool = True, training: Path | None = None, secure: bool = False) -> None:
        super().__init__("kafka", folder, attached)
        self.data, self.training, self.doors = folder / "kafka", training, Doors(folder, secure)
        self._java: Java | None = None

    @property
    def java(self) -> Java:
        if self._java is None:
            self._java = Java(cache_folder(), jars(cache_folder()))
        return self._java

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self, patience: float = 60) -> None:
        """Ready when it returns; on the data that are there, or on new ones. Running already: nothing."""
        self.doors.check()
        if self.doors.closed and self.data.exists() and not self.doors.has_users:
            raise Missing("Kafka's data here are of a time before passwords: make down, move "
                          f"{self.data} away, then make recover SECURE=1; it says everything again from the journals.")
        if self.process.is_to_stay and self.is_ready():
            return
        self.stop()
        until = time.monotonic() + patience
        while not self._try_once(until):
            pass

    def _try_once(self, until: float) -> bool:
        """Start once; False if the start is worth another try. Raises Missing when it is not."""
        ports.kept(self.port_file)
        self._format()
        seen = self.log.stat().st_size if self.log.exists() else 0
        self._spawn()
        while time.monotonic() < until:
            if self.pid is None:
                self._after_a_failure(seen)
                return False
            if self.is_ready():
                return True
            time.sleep(0.05)
        self.stop()
        raise Missing(f"Kafka was not ready in time: {self.said()}")

    def _spawn(self) -> None:
        configuration = self._configure(self.folder / "kafka.properties", self.data)
        command = self.java.command(self.log, ["kafka.Kafka", configuration], self.training)
        self.process.spawn(Plan(command, self.folder / "kafka.out", self.folder, environment(),
                                death_signal=self.death_signal))

    def _after_a_failure(self, seen: int) -> None:
        """Mend what can be mended: a port taken between choice and start, a damaged AOT cache."""
        code = self.process.returncode or 0
        with open(self.log, "rb") as log:
            log.seek(seen)
            said = log.read()
        if code < 0 and self.java.aot.exists():
            self.java.forget_aot()
        elif b"Address already in use" in said:
            ports.renewed(self.port_file)
        else:
            raise Missing(f"Kafka ended with code {code}: {self.said()}")

    def is_ready(self) -> bool:
        if not ports.is_open(self.port):
            return False
        from kafka.errors import KafkaError
        try:
            client = topics.admin(self.address, self.doors.login(ADMIN), patience=1000)
        except Missing:
            return False
        try:
            return bool(client.describe_cluster()["brokers"])
        except KafkaError:
            return False
        finally:
            client.close()

    def _configure(self, configuration: Path, data: Path) -> Path:
        write_private(configuration, SETTINGS.format(doors=self.doors.settings(self.port), data=latin(str(data))))
        return configuration

    def _format(self) -> None:
        """Make empty data elsewhere, then rename: a killed format leaves nothing half done."""
        if self.data.exists():
            return
        with scratch(self.data) as new:
            done = errand(self._format_command(new), env=environment())
            if done.returncode < 0 and self.java.aot.exists():
                self.java.forget_aot()
                done = errand(self._format_command(new), env=environment())
            if done.returncode:
                raise Missing(f"Kafka could not make its data: {(done.stderr or done.stdout).strip()[:300]}")
            os.replace(new / "data", self.data)

    def _format_command(self, new: Path) -> list[Word]:
        cluster = base64.urlsafe_b64encode(os.urandom(16)).decode().rstrip("=")
        configuration = self._configure(new / "format.properties", new / "data")
        # With a blank instead of = an id that begins with - would be taken for an option.
        command = self.java.command(self.log, ["kafka.tools.StorageTool", "format", "--standalone",
                                               f"--cluster-id={cluster}", "-c", configuration, *self.doors.first_users()])
        return from_file(command, new / "format.words")

    def wipe(self) -> None:
        """A new, empty cluster at the same address, with the same topics."""
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)
        self.start()
        self.furnish()

    def furnish(self) -> None:
        """Topics and, if the doors are closed, users and rights: what is lacking is made."""
        login = self.doors.login(ADMIN)
        topics.create(self.address, login=login)
        if self.doors.closed:
            client = topics.admin(self.address, login)
            try:
                users = acls.users(topics.CATALOGUE)
                acls.grant(client, self.doors.passwords(users), topics.CATALOGUE)
            finally:
                client.close()
