"""What does it cost that everything lies sealed? `python -m tests.benchmarks.sealing [REPORTS] [ROUNDS]`, sealed and open by turns."""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from deploy.local import roles
from deploy.local.database import Database as Server
from plumbing import vault
from plumbing.postgres import Database
from plumbing.preparing import prepare
from plumbing.service import Heard
from plumbing.settings import Settings
from plumbing.step import Step
from plumbing.vault.opening import open_vault
from plumbing.vault.sealing import Vault
from services.police_intake.messages import RegisterReport
from services.police_intake.web.body import ReportBody
from services.police_intake.web.reading import content_of, read_report
from services.police_intake.wiring import SERVICE
from simulation.day import generate_day

FIELD, FIELDS, OWNERS, BATCH = b"x" * 600, 20_000, 2_000, 200
Piece = tuple[str, str, bytes]


class Unsealed(Vault):
    """What there was before: every text lies open, and no key is kept."""

    def seal_many(self, tx: Any, pieces: Sequence[Piece]) -> list[bytes | None]:
        return [text for _, _, text in pieces]

    def open_many(self, tx: Any, pieces: Any) -> list[bytes | None]:
        return [None if text is None else bytes(text) for _, _, text in pieces]


def main() -> int:
    reports, rounds = (int(word) for word in (sys.argv[1:] + ["2000", "3"][len(sys.argv) - 1 :])[:2])
    folder = Path(tempfile.mkdtemp(prefix="qorgan-sealing-"))
    (folder / "keys" / "bench").mkdir(mode=0o700, parents=True)
    sealing = open_vault(str(folder / "keys"), "bench")
    server = Server(folder, os.environ.get("QORGAN_TEST_POSTGRES") or "wheel")
    try:
        server.start(120)
        told = {**_fields(server, folder, sealing), **_pipeline(server, sealing, (reports, rounds))}
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(told))
    return 0


def _fields(server: Server, folder: Path, sealing: Vault) -> dict[str, float]:
    """Fields of 600 bytes a second and core, keys made, wrapped, kept and read again with them."""
    pieces = [(f"person/{n % OWNERS}", f"t/c/{n}", FIELD) for n in range(FIELDS)]
    with closing(_database(server, "fields")) as database, database.transaction() as tx:
        sealed = _took(lambda: sealing.seal_many(tx, pieces))
        places = [(owner, place, one) for (owner, place, _), one in zip(pieces, sealed[0], strict=True)]
        opened = _took(lambda: sealing.open_many(tx, places))
        index = _took(lambda: [sealing.index("iin", place) for _, place, _ in pieces])
    rates = {name: round(FIELDS / took) for name, (_, took) in (("sealed", sealed), ("opened", opened), ("indexed", index))}
    print(f"fields of 600 bytes a second of one core: {rates['sealed']:,} sealed, {rates['opened']:,} opened;"
          f" {rates['indexed']:,} blind indexes")
    return {f"fields_{name}_per_s": rate for name, rate in rates.items()}


def _pipeline(server: Server, sealing: Vault, asked: tuple[int, int]) -> dict[str, float]:
    """The whole step of police intake on one invented day, open and sealed by turns: time of the clock, and of our processor."""
    reports, rounds = asked
    batches = _batches(reports)
    found: dict[tuple[str, str], list[float]] = {(name, kind): [] for name in ("open", "sealed") for kind in ("wall", "cpu")}
    for turn in range(2 * rounds):
        name = ("open", "sealed")[turn % 2]
        vault.use(Unsealed(sealing.service) if name == "open" else sealing)
        with closing(_database(server, f"day_{turn}")) as database:
            step, began, cpu = Step(SERVICE, database), time.monotonic(), time.process_time()
            for batch in batches:
                step.run(batch)
            found[name, "wall"].append(time.monotonic() - began)
            found[name, "cpu"].append(time.process_time() - cpu)
    told = {}
    for kind, unit in (("wall", "reports a second"), ("cpu", "reports a second of our processor, the database's apart")):
        rates = {name: round(reports / median(found[name, kind])) for name in ("open", "sealed")}
        cost = round(100 * (1 - rates["sealed"] / rates["open"]))
        print(f"{rates['open']:>7,} open {rates['sealed']:>7,} sealed ({cost:+} % cost)  {unit}")
        told |= {f"{kind}_{name}": float(rate) for name, rate in rates.items()}
    print(f"{reports} reports in batches of {BATCH}, median of {rounds} rounds, by turns in one run")
    return told


def _batches(number: int) -> list[list[Heard]]:
    now = datetime.now(UTC)
    days = -(-number // 500)
    bodies = [one.body for seed in range(days) for one in generate_day(seed, date.today() - timedelta(days=seed + 1), 500)][:number]
    heard = [Heard(_command(body, place, now), f"m/{place}", f"k/{place}") for place, body in enumerate(bodies)]
    return [heard[start : start + BATCH] for start in range(0, len(heard), BATCH)]


def _command(body: dict[str, Any], place: int, now: datetime) -> RegisterReport:
    form = ReportBody.model_validate({**body, "kui_number": str(place)})
    fields, _ = read_report(form, now)
    if fields is None:  # invented with a fault on purpose: here without the number that is wrong
        people = {name: {**body[name], "iin": None} for name in ("victim", "respondent") if body.get(name)}
        return _command({**body, **people}, place, now)
    content, content_hash = content_of(form)
    return RegisterReport(fields, content, content_hash)


def _database(server: Server, name: str) -> Database:
    roles.create(server.dsn("postgres"), {name: "x" * 24})
    dsn = server.dsn("postgres").rpartition("/")[0] + "/" + name
    prepare(SERVICE, Settings(SERVICE.name, "", dsn))
    return Database(dsn, "bench")


def _took(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.process_time()
    done = work()
    return done, time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
