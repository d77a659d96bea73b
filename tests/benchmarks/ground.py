"""On what does everything run: one broker, one database server, and the reports that are to be carried?"""

from __future__ import annotations

import tempfile
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from deploy.local import roles
from deploy.local.services import Services
from deploy.local.stack import Stack
from plumbing.postgres import Database
from plumbing.preparing import prepare
from plumbing.settings import Settings
from plumbing.step import Step
from plumbing.vault.opening import open_vault
from services.police_intake.journal.record import read_row
from services.police_intake.taking import Taking
from services.police_intake.wiring import SERVICE as POLICE
from simulation.day import GeneratedReport, generate_day
from simulation.journal import write_journal
from simulation.reports import LOCAL
from tests.benchmarks.measuring import ask
from tests.benchmarks.resting import Quiet

SEED = 2026
SPREAD = 600  # minutes over which the reports were recorded, up to now: all are fresh, places are asked for
OTHERS = ("referral_router", "social_registry", "health_narcology", "situation_monitor")


class Ground:
    """A stack of its own, and databases that can be laid again as they were."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="qorgan-bench-"))
        self.stack = Stack(self.folder)
        self.services = Services(self.stack)

    def begin(self) -> None:
        self.stack.start()
        for name in self.services.all:
            self.save(name, "empty")

    def preload(self, reports: int, under: str) -> int:
        """Registered by the import of a journal, as a station would send it, and not yet said; gives how many."""
        path = self.folder / "journal.csv"
        write_journal(path, fresh(reports), datetime.now(LOCAL) + timedelta(minutes=1))
        self.lay("police_intake", "empty")
        settings = Settings("police_intake", self.stack.kafka, self.stack.dsn("police_intake"))
        open_vault(self.stack.keys, "police_intake")
        prepare(POLICE, settings)
        with closing(Database(settings.dsn, "benchmark")) as database:
            Taking(Step(POLICE, database), read_row).take(path)
        self.save("police_intake", under)
        return self.count("police_intake", "reports")

    def open(self) -> None:
        """All services have opened their facilities and heard of each other; kept as `begun`."""
        for name in self.services.all:
            self.lay(name, "empty")
        self.services.start()
        with Quiet({name: self.stack.dsn(name) for name in self.services.all}) as quiet:
            quiet.wait(60)
        self.services.stop()
        for name in OTHERS:
            self.save(name, "begun")

    def end(self) -> None:
        self.services.stop()
        self.stack.wipe()

    def save(self, name: str, under: str) -> None:
        """Keep a database as it is now; nobody may be in it."""
        self._copy(f"{under}_{name}", name)

    def lay(self, name: str, saved: str) -> None:
        """The database as it was kept."""
        self._copy(name, f"{saved}_{name}")

    def count(self, service: str, table: str, condition: str = "true") -> int:
        return int(ask(self.stack.dsn(service), f"SELECT count(*) FROM {table} WHERE {condition}")[0][0])

    def _copy(self, new: str, old: str) -> None:
        owner = next(name for name in roles.SERVICES if new.endswith(name))
        with roles.superuser(self.stack.admin_dsn) as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{new}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{new}" OWNER "{owner}" TEMPLATE "{old}"')


def fresh(number: int) -> list[GeneratedReport]:
    """The reports of one invented day, moved into the last hours."""
    now = datetime.now(LOCAL)
    found = []
    for place, report in enumerate(generate_day(SEED, now.date(), number)):
        ago = timedelta(minutes=SPREAD * (number - place) // number + 2)
        at = (now - ago).replace(second=0, microsecond=0)
        times = {"recorded_at": at.isoformat(), "occurred_at": (at - timedelta(minutes=30)).isoformat()}
        found.append(GeneratedReport(at, {**report.body, **times}))
    return found
