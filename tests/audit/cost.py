"""What do audit and wall cost? `python -m tests.audit.cost [ROUNDS]`: rows a second; a report, a look, a batch with and without."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from starlette.testclient import TestClient

from deploy.local import roles
from deploy.local.database import Database as Server
from plumbing import wall
from plumbing.actors import ANYONE, acting
from plumbing.audit import store
from plumbing.identity import new_id
from plumbing.pages import Desk
from plumbing.postgres import Database
from plumbing.preparing import prepare
from plumbing.service import Heard
from plumbing.serving import application
from plumbing.settings import Settings
from plumbing.step import Step
from services.police_intake.wiring import SERVICE
from tests.audit.making import draft
from tests.police_intake.intake import command, person

NAME = "police_intake"
_numbers = count(1)


@contextmanager
def running() -> Iterator[Settings]:
    """One PostgreSQL of our own, with the tables of police intake."""
    folder = Path(tempfile.mkdtemp(prefix="qorgan-cost-"))
    server = Server(folder, os.environ.get("QORGAN_TEST_POSTGRES") or "wheel")
    try:
        server.start()
        roles.create(server.dsn("postgres"), {NAME: server.passwords(NAME)})
        settings = Settings(NAME, "127.0.0.1:1", server.dsn(NAME), dsn_desk=server.dsn(f"{NAME}_desk", NAME))
        prepare(SERVICE, settings)
        yield settings
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def per_second(work: Callable[[], int], seconds: float = 3) -> float:
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        done += work()
    return round(done / (time.perf_counter() - began))


def append(database: Database, rows: int) -> int:
    with database.transaction() as tx:
        store.append(tx, [draft(number) for number in range(rows)])
    return rows


def _report(number: int) -> Any:
    """Of people nobody has reported yet."""
    she, he = person(f"Сейітова Зәуре {number}"), person(f"Жұмабайов Ерлан {number}", "1998-02-20")
    return command(kui_number=str(number), victim=she, respondent=he, address=f"ул. Абая, {number}")


def taken(step: Step, reports: int) -> float:
    """Milliseconds for one transaction with so many reports."""
    batch = [Heard(_report(next(_numbers)), f"command/{new_id()}", new_id()) for _ in range(reports)]
    began = time.perf_counter()
    step.run(batch)
    return (time.perf_counter() - began) * 1000


def with_and_without(work: Callable[[], float], rounds: int) -> dict[str, float]:
    """Medians, turn by turn: with somebody who acts, and as before, with nobody to write down."""
    found: dict[str, list[float]] = {"without": [], "with": []}
    for _ in range(rounds):
        found["without"].append(work())
        with acting(ANYONE):
            found["with"].append(work())
    told = {name: round(median(times), 3) for name, times in found.items()}
    return {**told, "ratio": round(told["with"] / told["without"], 3)}


def looked(settings: Settings, rounds: int) -> dict[str, float]:
    """Milliseconds for a report's state over HTTP, and for the same with nothing written down."""
    desk = Desk(SERVICE, settings, lambda part: Step(SERVICE, Database(settings.dsn, part)))
    door = TestClient(application(desk))
    with closing(Database(settings.dsn, "cost")) as database, database.transaction() as tx:
        report_id = tx.rows("SELECT report_id FROM reports LIMIT 1")[0][0]
    kept = desk._write_down
    times: dict[str, list[float]] = {"without": [], "with": []}
    for _ in range(rounds):
        for name, write in (("without", lambda rows: None), ("with", kept)):
            desk._write_down = write  # type: ignore[method-assign]
            began = time.perf_counter()
            assert door.get(f"/reports/{report_id}").status_code == 200
            times[name].append((time.perf_counter() - began) * 1000)
    return {name: round(median(one), 3) for name, one in times.items()}


def walls(step: Step, rounds: int) -> dict[str, float]:
    """Milliseconds of a batch of 200 reports in the pipeline's own step, with the walls of its tables down, and up."""
    names = [one.table for one in wall.read(SERVICE.folder).walled]
    times: dict[str, list[float]] = {"without": [], "with": []}
    for name, how in (("without", "DISABLE"), ("with", "ENABLE")) * rounds:
        with step.database.transaction() as tx:
            tx.run("; ".join(f"ALTER TABLE {table} {how} ROW LEVEL SECURITY" for table in names))
        times[name].append(taken(step, 200))
    return {name: round(median(one), 3) for name, one in times.items()}


def main(rounds: int) -> int:
    with running() as settings, closing(Database(settings.dsn, "cost")) as database:
        step = Step(SERVICE, database)
        taken(step, 50)
        told = {
            "rows_a_second_one_a_transaction": per_second(lambda: append(database, 1)),
            "rows_a_second_200_a_transaction": per_second(lambda: append(database, 200)),
            "report_ms": with_and_without(lambda: taken(step, 1), rounds),
            "import_of_200_ms": with_and_without(lambda: taken(step, 200), max(3, rounds // 20)),
            "look_ms": looked(settings, rounds),
            "walls_200_ms": walls(step, max(5, rounds // 10)),
        }
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200))
