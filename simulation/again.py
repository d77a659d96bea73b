"""Does every past decision come out the same? `make replay` asks the running Qorgan, else an invented month."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from deploy.local import endpoints, roles
from deploy.local.database import Database as Server
from deploy.local.verbs import VAR
from plumbing.postgres import Database
from plumbing.preparing import prepare
from plumbing.replay_verb import tell
from plumbing.replaying import Replay
from plumbing.service import Service
from plumbing.settings import Settings
from plumbing.step import Step
from plumbing.vault.opening import open_vault
from services.police_intake.wiring import SERVICE as POLICE
from services.referral_router.wiring import SERVICE as ROUTER
from simulation.month import Month
from simulation.year import generate_year

SEED, YEAR, MONTH = 2022, 2026, 10
REPORTS_A_YEAR = int(os.environ.get("REPORTS", "20000"))


def main() -> int:
    dsn = endpoints.read(VAR).get("postgres", {}).get(ROUTER.name, "")
    if dsn and roles.answers(dsn):
        print("deciding again what the running router has decided …", flush=True)
        return _replay(dsn)
    folder = Path(tempfile.mkdtemp(prefix="qorgan-replay-"))
    server = Server(folder, os.environ.get("QORGAN_TEST_POSTGRES") or "wheel")
    try:
        return _invented(server, folder)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _invented(server: Server, folder: Path) -> int:
    server.start()
    services = (POLICE, ROUTER)
    (folder / "keys" / "replay").mkdir(mode=0o700, parents=True)
    open_vault(str(folder / "keys"), "replay")
    roles.create(server.dsn("postgres"), {service.name: server.passwords(service.name) for service in services})
    reports = [one for one in generate_year(SEED, YEAR, REPORTS_A_YEAR) if one.at.month == MONTH]
    print(f"{len(reports)} reports of an invented month pass through police and router …", flush=True)
    police, router = (_step(service, server.dsn(service.name)) for service in services)
    with closing(police.database), closing(router.database):
        Month(police, router, SEED).live(reports)
    return _replay(server.dsn(ROUTER.name))


def _step(service: Service, dsn: str) -> Step:
    prepare(service, Settings(service.name, "", dsn))
    return Step(service, Database(dsn, f"{service.name}/month"))


def _replay(dsn: str) -> int:
    with closing(Database(dsn, "referral_router/replay")) as database:
        return tell(Replay(ROUTER, database).run())


if __name__ == "__main__":
    sys.exit(main())
