"""How do a broker and a database stand up together, ready for the services?"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO

from deploy.local import roles, topics
from deploy.local.broker import Broker
from deploy.local.database import Database
from deploy.local.faults import Missing
from deploy.local.passwords import audit_key, dispatch_key_file
from deploy.local.roles import SERVICES

NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
LOCK = ".lock"


def outside_dsns() -> dict[str, str]:
    """The databases of an outside server; all of them or none."""
    found = {name: os.environ.get(f"QORGAN_DSN_{name.upper()}", "") for name in SERVICES}
    lacking = [f"QORGAN_DSN_{name.upper()}" for name, dsn in found.items() if not dsn]
    if 0 < len(lacking) < len(found):
        raise Missing(f"an outside database is set for some services only: set {', '.join(lacking)} too, "
                      "or unset the others.")
    return {} if lacking else found


class Stack:
    """A broker and a database in one folder; attached: both end when this process does.

    An outside broker (`QORGAN_KAFKA`) or database (all `QORGAN_DSN_<SERVICE>`) is taken as it is.
    """

    def __init__(self, folder: Path, postgres: str = "wheel", attached: bool = True, secure: bool = False) -> None:
        if postgres not in ("wheel", "system"):
            raise Missing(f"{postgres!r} is no PostgreSQL we know: say wheel or system.")
        self.folder, self.attached = Path(folder).resolve(), attached
        self.broker = Broker(self.folder, attached, secure=secure)
        self.database = Database(self.folder, postgres, attached)
        self.outside_kafka = os.environ.get("QORGAN_KAFKA", "")
        self.outside_dsns = outside_dsns()
        self._held: IO[str] | None = None

    @property
    def secure(self) -> bool:
        """Everybody is asked for name and password; once so, a folder stays so."""
        return self.broker.doors.closed

    @property
    def kafka(self) -> str:
        return self.outside_kafka or self.broker.address

    @property
    def admin_dsn(self) -> str:
        if self.outside_dsns:
            raise Missing("the database is an outside one: its superuser is not ours.")
        return self.database.dsn("postgres")

    def dsn(self, service: str) -> str:
        return self.outside_dsns.get(service) or self.database.dsn(service)

    def desk_dsn(self, service: str) -> str:
        """The pages' own role; empty for an outside database that has none."""
        return self._beside(service, "desk")

    def admin_dsns(self) -> dict[str, str]:
        """For backup and audit: a role a database that reads everything, behind no wall; none that is not known."""
        found = {name: self._beside(name, "admin") for name in SERVICES}
        return {name: dsn for name, dsn in found.items() if dsn}

    def _beside(self, service: str, role: str) -> str:
        if self.outside_dsns:
            return os.environ.get(f"QORGAN_DSN_{service.upper()}_{role.upper()}", "")
        return self.database.dsn(f"{service}_{role}", service)

    @property
    def keys(self) -> str:
        """Where the services' keys are: an outside key service, or folders here that only their owner may enter."""
        outside = os.environ.get("QORGAN_KEYS", "")
        if not outside:
            for name in SERVICES:
                (self.folder / "keys" / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        return outside or str(self.folder / "keys")

    def environment(self) -> dict[str, str]:
        """What the services must find in their environment; people are invented and doors open, if nobody says otherwise."""
        dsns = {f"QORGAN_DSN_{name.upper()}": self.dsn(name) for name in SERVICES}
        invented = {"QORGAN_SYNTHETIC_IIN": os.environ.get("QORGAN_SYNTHETIC_IIN", "allow")}
        keys = {"QORGAN_DISPATCH_KEY_FILE": str(dispatch_key_file(self.folder)), "QORGAN_KEYS": self.keys}
        desks = {f"QORGAN_DSN_{name.upper()}_DESK": self.desk_dsn(name) for name in SERVICES}
        audit = {"QORGAN_AUDIT_KEY_FILE": str(audit_key(self.folder)), "QORGAN_AUDIT_HEADS": str(self.folder / "audit")}
        return {"QORGAN_KAFKA": self.kafka, "QORGAN_DOORS": "open", **dsns, **desks, **audit, **invented, **keys}

    def login(self, user: str) -> dict[str, str]:
        """What a process that speaks to Kafka as this user must find besides; an outside Kafka's users are not ours to make."""
        return {} if self.outside_kafka else self.broker.doors.login(user)

    def start(self) -> None:
        """Broker, database, roles, databases and topics; again: recovers what was killed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        self.hold()
        self.refuse_another()
        try:
            with ThreadPoolExecutor(2) as pool:
                for side in [pool.submit(self._start_broker), pool.submit(self._start_database)]:
                    side.result()
            self.broker.doors.keep()
        except BaseException:
            self.stop()
            raise

    def _start_broker(self) -> None:
        if not self.outside_kafka:
            self.broker.start()
        self.create_topics()

    def _start_database(self) -> None:
        if not self.outside_dsns:
            self.database.start()
            roles.create(self.admin_dsn, {name: self.database.passwords(name) for name in SERVICES})

    def create_topics(self) -> None:
        if self.outside_kafka:
            topics.create(self.kafka, login=os.environ)
        else:
            self.broker.furnish()

    def create_database(self, name: str) -> str:
        """A fresh database with a role of the same name; gives its dsn. One of that name is dropped first."""
        if not NAME.fullmatch(name):
            raise ValueError(f"{name!r}: small Latin letters, digits and _ only")
        self.drop_database(name)
        roles.create(self.admin_dsn, {name: self.database.passwords(name)})
        return self.database.dsn(name)

    def drop_database(self, name: str) -> None:
        roles.drop(self.admin_dsn, name)

    def stop(self) -> None:
        """Nothing of ours runs afterwards."""
        self._stop_servers()
        self.let_go()

    def _stop_servers(self) -> None:
        with ThreadPoolExecutor(2) as pool:
            for side in [pool.submit(self.broker.stop), pool.submit(self.database.stop)]:
                side.result()

    def wipe(self) -> None:
        """Stop and forget everything."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def empty(self) -> None:
        """Stop and forget everything, and hold the folder all the while."""
        self.hold()
        self._stop_servers()
        for inner in self.folder.iterdir():
            if inner.is_dir():
                shutil.rmtree(inner, ignore_errors=True)
            elif inner.name != LOCK:
                inner.unlink(missing_ok=True)

    def hold(self) -> None:
        """One stack at a time works in a folder; the lock goes with stop() or with this process."""
        if self._held is None:
            held = open(self.folder / LOCK, "w")      # noqa: SIM115, kept open: it is the lock
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                held.close()
                raise Missing(f"another Qorgan works in {self.folder}: end it first.") from None
            self._held = held
        if self.attached and (self.broker.process.is_anothers or self.database.process.is_anothers):
            raise Missing(f"a Qorgan runs in the background of {self.folder}: say make down first.")

    def refuse_another(self) -> None:
        """Raises Missing if another PostgreSQL than ours runs in this folder."""
        if not self.outside_dsns:
            self.database.refuse_another()

    def let_go(self) -> None:
        if self._held is not None:
            self._held.close()
            self._held = None
