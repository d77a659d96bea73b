"""How fast do reports that wait in police intake go through the whole pipeline, to rest?"""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import dataclass, field

import psycopg2

from plumbing.relay import LOCK
from tests.benchmarks.ground import OTHERS, Ground
from tests.benchmarks.measuring import Cost, rows_written
from tests.benchmarks.peers.running import Peer, make_topics, say_reports, wait_until_done
from tests.benchmarks.resting import Quiet

PATIENCE = 600


@dataclass
class Drained:
    """One run: reports, seconds, cost, and what came of it."""

    reports: int
    seconds: float
    cpu: dict[str, float]
    wal_bytes: int
    rows: int
    came: dict[str, int] = field(default_factory=dict)

    @property
    def per_s(self) -> float:
        return self.reports / self.seconds


def drain(ground: Ground, saved: str) -> Drained:
    """All services run and are at rest; then police intake's relay is let go."""
    _lay(ground, saved)
    stack, services = ground.stack, ground.services
    dsns = {name: stack.dsn(name) for name in services.all}
    with closing(psycopg2.connect(stack.dsn("police_intake"))) as holding, Quiet(dsns) as quiet:
        holding.autocommit = True
        with holding.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        services.start()
        quiet.wait(60, *OTHERS)
        rows, cost = rows_written(list(dsns.values())), Cost(stack, {one.name: one.pid or 0 for one in services.processes})
        began = time.time()
        holding.close()
        quiet.wait(PATIENCE)
        seconds, cpu, wal_bytes = quiet.last_moved() - began, cost.cpu(), cost.wal_bytes()
    services.stop()
    time.sleep(1)
    reports = ground.count("referral_router", "reports")
    return Drained(reports, seconds, cpu, wal_bytes, rows_written(list(dsns.values())) - rows, outcome(ground))


def drain_naively(ground: Ground, saved: str) -> Drained:
    """The same reports through a Faust agent for each service; they lie in Kafka already, nothing was kept unsaid."""
    stack, prefix = ground.stack, f"naive-{time.monotonic_ns()}."
    ground.lay("police_intake", saved)
    for name in OTHERS:
        ground.lay(name, "begun")
    make_topics(ground, prefix)
    reports = say_reports(ground, prefix)
    dsns = {name: stack.dsn(name) for name in ground.services.all}
    rows = rows_written(list(dsns.values()))
    peers = {name: Peer(ground, "naive", (name, dsn, stack.kafka, prefix), name) for name, dsn in dsns.items()}
    cost = Cost(stack, {name: peer.pid for name, peer in peers.items()})
    try:
        wait_until_done(list(peers.values()), reports, PATIENCE)
        told = [peer.told() for peer in peers.values()]
        cpu, wal_bytes = cost.cpu(), cost.wal_bytes()
    finally:
        for peer in peers.values():
            peer.stop()
    time.sleep(1)
    seconds = max(one["last"] for one in told) - min(one["first"] for one in told if one["first"])
    return Drained(reports, seconds, cpu, wal_bytes, rows_written(list(dsns.values())) - rows, outcome(ground))


def _lay(ground: Ground, saved: str) -> None:
    ground.services.stop()
    ground.stack.broker.wipe()
    for name in OTHERS:
        ground.lay(name, "empty")
    ground.lay("police_intake", saved)


def outcome(ground: Ground) -> dict[str, int]:
    """What must be equal whoever did it."""
    return {
        "registered": ground.count("police_intake", "reports"),
        "assessed": ground.count("referral_router", "reports"),
        "needs": ground.count("referral_router", "needs"),
        "attempts": ground.count("referral_router", "attempts"),
        "referrals (social)": ground.count("social_registry", "referrals"),
        "referrals (health)": ground.count("health_narcology", "referrals"),
        "needs seen": ground.count("police_intake", "needs_seen"),
        "links": ground.count("police_intake", "report_needs"),
        "said": sum(ground.count(name, "outbox") for name in ground.services.all),
    }
