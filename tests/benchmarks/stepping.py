"""How fast does one process do the router's step alone, and how fast do peers do it?"""

from __future__ import annotations

import time

from plumbing.catalogue import catalogue
from tests.benchmarks.draining import PATIENCE, Drained
from tests.benchmarks.ground import Ground
from tests.benchmarks.measuring import Cost, ask, rows_written
from tests.benchmarks.part import Part
from tests.benchmarks.peers.running import REPORTS, Peer, make_topics, say_reports

ROUTER = "referral_router"
_SEEN = "SELECT extract(epoch FROM min(seen_at)) FROM workers"
_TAKEN = "SELECT coalesce(sum(next_number - 1), 0), extract(epoch FROM max(moved_at)) FROM inbox WHERE topic = %s"


def say_all(ground: Ground, saved: str) -> int:
    """An empty Kafka, then all reports on the wire by police intake's own relay; gives how many messages."""
    ground.stack.broker.wipe()
    ground.lay("police_intake", saved)
    dsn, topic = ground.stack.dsn("police_intake"), catalogue().topic_of(REPORTS).name
    said = int(ask(dsn, "SELECT sum(last_number) FROM outbox_heads WHERE topic = %s", (topic,))[0][0])
    relay = Part(ground.services, "police_intake", "relay")
    try:
        _until(lambda: ask(dsn, "SELECT coalesce(sum(sent_number), 0) FROM outbox_cursors WHERE topic = %s", (topic,))[0][0] == said)
    finally:
        relay.stop()
    return said


def step(ground: Ground, messages: int) -> Drained:
    """`python -m services.referral_router step` on a topic full of reports; from its first look to its last COMMIT."""
    _lay(ground)
    dsn, topic = ground.stack.dsn(ROUTER), catalogue().topic_of(REPORTS).name
    rows = rows_written([dsn])
    router = Part(ground.services, ROUTER, "step")
    try:
        cost = Cost(ground.stack, {ROUTER: router.pid})
        began = _until(lambda: ask(dsn, _SEEN)[0][0])
        _until(lambda: ask(dsn, _TAKEN, (topic,))[0][0] == messages)
        cpu, wal_bytes = cost.cpu(), cost.wal_bytes()
    finally:
        router.stop()
    ended = ask(dsn, _TAKEN, (topic,))[0][1]
    return Drained(messages, float(ended) - float(began), cpu, wal_bytes, rows_written([dsn]) - rows, outcome(ground, "outbox"))


def step_of_peer(ground: Ground, module: str, messages: int) -> Drained:
    """The same by a peer, on a topic of its own with the same bytes; what it says is sent and acknowledged, too."""
    _lay(ground)
    prefix, dsn = f"{module}-{time.monotonic_ns()}.", ground.stack.dsn(ROUTER)
    make_topics(ground, prefix)
    messages = say_reports(ground, prefix, messages)
    rows = rows_written([dsn])
    peer = Peer(ground, module, (ROUTER, dsn, ground.stack.kafka, prefix), module)
    try:
        cost = Cost(ground.stack, {ROUTER: peer.pid})
        _until(lambda: peer.told()["taken"] == messages)
        told, cpu, wal_bytes = peer.told(), cost.cpu(), cost.wal_bytes()
    finally:
        peer.stop()
    came = {**outcome(ground, ""), "said": told["sent"]}
    return Drained(messages, told["last"] - told["first"], cpu, wal_bytes, rows_written([dsn]) - rows, came)


def outcome(ground: Ground, journal: str) -> dict[str, int]:
    tables = {"assessed": "reports", "needs": "needs", "attempts": "attempts", "clocks": "clocks", "tasks": "tasks"}
    said = {"said": ground.count(ROUTER, journal)} if journal else {}
    return {**{name: ground.count(ROUTER, table) for name, table in tables.items()}, **said}


def _lay(ground: Ground) -> None:
    """The router knows all facilities, and has heard nothing yet of the Kafka that is there now."""
    ground.lay(ROUTER, "begun")
    ask(ground.stack.dsn(ROUTER), "DELETE FROM inbox; DELETE FROM workers; DELETE FROM outbox_cursors")


def _until(true, patience: float = PATIENCE):
    until = time.monotonic() + patience
    while not (found := true()):
        assert time.monotonic() < until, f"waited {patience} s in vain"
        time.sleep(0.05)
    return found
