"""How long after its moment does a report stand on the list of the centre or akimat that is asked?"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import psycopg2

from tests.benchmarks.ground import Ground
from tests.benchmarks.measuring import ask
from tests.benchmarks.posting import Posted, Posting
from tests.benchmarks.resting import Quiet

LOOK_EVERY, LOOK_AT_ALL_EVERY = 0.004, 0.5
PATIENCE = 120
ALL_WELL = 1.0  # seconds; recovered is who is this quick again
_NEW = "SELECT need_id, (ctid::text::point)[0] FROM referrals WHERE ctid >= %s::tid AND state <> 'refused'"
# Whom no place could be asked for, or who was refused everywhere, is on the coordinator's list instead.
_NEEDS = "SELECT report_id, need_id FROM needs WHERE kind IN ('shelter', 'child_notice') AND state <> 'with_person'"


@dataclass
class Seen:
    """One open-loop run: seconds from the moment of sending, sorted; how many came, how many of them were lost.

    wrong: invented typing errors, answered 422; unanswered: neither 201 nor 422; elsewhere: reports that rest on the need
    of an earlier one, or went to the coordinator; unseen: reports with a need of their own that never stood on a list
    """

    per_s: float
    seconds: list[float]
    answered: list[float]
    reports: int
    lost: int
    recovered_s: float = 0.0
    wrong: int = 0
    unanswered: int = 0
    elsewhere: int = 0
    unseen: int = 0

    def at(self, share: float) -> float:
        return percentile(self.seconds, share)


class Watch(threading.Thread):
    """Looks at the newest pages of the list's table; what lies elsewhere is found by a look at all of it."""

    def __init__(self, dsn: str) -> None:
        super().__init__(daemon=True)
        self._dsn, self.seen, self.ends = dsn, dict[str, float](), threading.Event()

    def run(self) -> None:
        page, looked = 0, 0.0
        with closing(psycopg2.connect(self._dsn)) as connection, connection.cursor() as cursor:
            connection.autocommit = True
            while not self.ends.wait(LOOK_EVERY):
                all_of_it = time.time() - looked > LOOK_AT_ALL_EVERY
                looked = time.time() if all_of_it else looked
                cursor.execute(_NEW, (f"({0 if all_of_it else max(page - 3, 0)},0)",))
                now = time.time()
                for need_id, lies_in in cursor.fetchall():
                    self.seen.setdefault(need_id, now)
                    page = max(page, int(lies_in))


def measure(ground: Ground, per_s: float, seconds: float, kill_after: float = 0.0) -> Seen:
    """Reports come at a fixed pace; with `kill_after`, the router is killed then and started again at once."""
    start_anew(ground)
    services = ground.services
    watch = Watch(ground.stack.dsn("social_registry"))
    posting = Posting(services["police_intake"].url, per_s, seconds)
    sender = threading.Thread(target=posting.run, daemon=True)
    watch.start()
    sender.start()
    killed = _kill(ground, kill_after) if kill_after else 0.0
    sender.join()
    with Quiet({name: ground.stack.dsn(name) for name in services.all}) as quiet:
        quiet.wait(PATIENCE)
    time.sleep(2 * LOOK_AT_ALL_EVERY)
    watch.ends.set()
    watch.join()
    services.stop()
    return _result(ground, posting, watch.seen, killed)


def start_anew(ground: Ground) -> None:
    """Fresh databases, an empty Kafka, everything at rest, and each door used once."""
    ground.services.stop()
    ground.stack.broker.wipe()
    for name in ground.services.all:
        ground.lay(name, "empty")
    ground.services.start()
    Posting(ground.services["police_intake"].url, 20, 5, seed=7).run()
    with Quiet({name: ground.stack.dsn(name) for name in ground.services.all}) as quiet:
        quiet.wait(PATIENCE)


def percentile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def _kill(ground: Ground, after: float) -> float:
    time.sleep(after)
    router = ground.services["referral_router"]
    router.process.send(signal.SIGKILL)
    killed = time.time()
    router.start(ground.stack.environment())
    return killed


def _result(ground: Ground, posting: Posting, seen: dict[str, float], killed: float) -> Seen:
    dsn = ground.stack.dsn("referral_router")
    at: dict[str, Posted] = {one.report_id: one for one in posting.posted}
    own = [(report_id, need_id) for report_id, need_id in ask(dsn, _NEEDS) if report_id in at]
    listed = [(report_id, need_id) for report_id, need_id in own if need_id in seen]
    pairs = [(at[report_id].at, seen[need_id]) for report_id, need_id in listed]
    assessed = {report_id for (report_id,) in ask(dsn, "SELECT report_id FROM reports")}
    late = [visible for sent, visible in pairs if killed and visible - sent > ALL_WELL]
    return Seen(
        posting.per_s, sorted(visible - sent for sent, visible in pairs), sorted(one.answered - one.at for one in posting.posted),
        len(at), len(at.keys() - assessed), max(late) - killed if late else 0.0,
        posting.refused.count(422), len(posting.refused) - posting.refused.count(422) + posting.unsent,
        len(at.keys() - dict(own).keys()), len(dict(own).keys() - dict(listed).keys()),
    )
