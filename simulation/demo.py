"""How does the main job look, from two journals and a day of reports to the answers? `python -m simulation.demo`."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from deploy.local.faults import Missing
from deploy.local.services import Services
from deploy.local.stack import Stack
from plumbing.settings import Clock
from simulation.day import generate_day
from simulation.inspectors import Inspectors
from simulation.live import Live
from simulation.reconciliation import quiet, reconcile, table
from simulation.replay import Replay
from simulation.staff import Staff

ROOT = Path(__file__).resolve().parents[1]
JOURNALS = ROOT / "tests" / "police_intake" / "journals"
LOCAL = timezone(timedelta(hours=5))
REPORTS = int(os.environ.get("REPORTS", "300"))
SPEED = float(os.environ.get("SPEED", "960"))  # a day in ninety seconds
SEED = 2022
SETTLE = 45.0


def main() -> int:
    """Runs until Ctrl-C; with ONCE=1 it ends after the reconciliation, whose JSON is the last line."""
    for number in (signal.SIGINT, signal.SIGTERM):  # said outright: a shell's background job is born deaf to Ctrl-C
        signal.signal(number, signal.default_int_handler)
    stack = Stack(ROOT / "var" / "demo", os.environ.get("QORGAN_TEST_POSTGRES") or "wheel")
    services = Services(stack)
    stack.folder.mkdir(parents=True, exist_ok=True)
    try:
        stack.hold()  # before anything is stopped or wiped: it may be another's
    except Missing as error:
        print(error, file=sys.stderr)
        return 1
    try:
        stack.empty()
        return _run(stack, services)
    except Missing as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopping: nothing stays behind")
        return 0
    finally:
        services.stop()
        stack.stop()


def _run(stack: Stack, services: Services) -> int:
    print("Starting Apache Kafka, PostgreSQL and five services …", flush=True)
    stack.start()
    today = datetime.now(LOCAL).replace(hour=0, minute=0, second=0, microsecond=0)
    clock = Clock(datetime.now(UTC), today, SPEED)
    environment = {"QORGAN_CLOCK": f"{clock.real_start},{today},{SPEED}", "QORGAN_TICK": "0.2"}
    services.start(environment)
    dsns = services.endpoints()["postgres"]

    def now() -> datetime:
        return clock.at(datetime.now(UTC)).astimezone(LOCAL)

    _import(stack, environment)
    inspectors = Inspectors(services["police_intake"].url, SEED, 0.5, now)
    counts = _day(services, dsns, now, inspectors)
    print(table(counts))
    print("\nPages:")
    for name in services.all:
        print(f"  {services[name].url}/worklist")
    if os.environ.get("ONCE"):
        print(json.dumps(counts, ensure_ascii=False))
        return 0 if counts["exact"] else 1
    print("\nCtrl-C stops everything.", flush=True)
    while True:  # the clock goes on, and so does the roster
        time.sleep(5)
        inspectors.look()


def _import(stack: Stack, environment: dict[str, str]) -> None:
    """The journals come in by the same command that a station would use."""
    for path in sorted(JOURNALS.glob("*.csv")):
        known = {**os.environ, **stack.environment(), **environment}
        words = [sys.executable, "-m", "services.police_intake", "import", str(path), "--keep-file"]
        done = subprocess.run(words, env=known, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            raise Missing(f"{path.name} could not be imported: {done.stderr.strip()[-300:]}")
        print(done.stdout.strip(), flush=True)


def _day(services: Services, dsns: dict[str, str], now: Callable[[], datetime], inspectors: Inspectors) -> dict[str, Any]:
    """A day of reports, answered by staff who press the buttons of their pages."""
    replay = Replay(services["police_intake"].url, now)
    staff = [Staff(services[name].url, SEED, 0.5) for name in ("social_registry", "health_narcology")]
    reports = generate_day(SEED, now().date(), REPORTS)
    print(f"Replaying a day of {len(reports)} reports, {SPEED:.0f} times as fast as life …", flush=True)
    sender = threading.Thread(target=replay.run, args=(reports,), daemon=True)
    for thread in (sender, *staff, inspectors):
        thread.start()
    live = Live(dsns, now)
    while sender.is_alive():
        live.show()
        sender.join(timeout=1.0 if sys.stdout.isatty() else 15.0)
    _settle(dsns, live)
    for person in staff:
        person.go_home()
    _settle(dsns, live)
    inspectors.go_home()
    print(f"\nshifts entered {inspectors.shifts}; noted of women told and asked {inspectors.acts}", end="")
    print(f"\nsent {replay.sent}: {_statuses(replay)}; {replay.mended} sent again with a wrong number left out")
    return {**reconcile(dsns), **inspectors.left()}


def _settle(dsns: dict[str, str], live: Live) -> None:
    """Until nothing is on its way any more: three quiet looks in a row."""
    until, still = time.monotonic() + SETTLE, 0
    while still < 3 and time.monotonic() < until:
        still = still + 1 if quiet(dsns) else 0
        time.sleep(0.3)
    live.show()


def _statuses(replay: Replay) -> str:
    return ", ".join(f"{number} × {status}" for status, number in sorted(replay.statuses.items()))


if __name__ == "__main__":
    sys.exit(main())
