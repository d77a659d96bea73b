"""Does nothing wait without a clock?"""

from __future__ import annotations

from collections.abc import Iterator

from tests.checker.evidence import Evidence

NEED = {"asked": "answer/{attempt}", "withdrawing": "ack/{attempt}/", "held": "arrival/{attempt}", "with_person": "task/need/"}
REFERRAL = {
    ("shelter", "held"): "hold/{attempt}", ("shelter", "confirmed"): "hold/{attempt}", ("shelter", "arrived"): "stay/{attempt}",
    ("notice", "waiting"): "task/notice/",
    ("detox", "held"): "hold/{attempt}", ("detox", "confirmed"): "hold/{attempt}", ("detox", "brought"): "task/brought/",
    ("detox", "admitted"): ("stay/{attempt}", "task/stay/"), ("detox", "extended"): ("stay/{attempt}", "task/stay/"),
    ("examination", "waiting"): "task/examination/", ("examination", "decided"): "task/close/",
}


def broken(evidence: Evidence) -> Iterator[str]:
    running = {service: _running(evidence, service) for service in evidence.tables}
    for row in evidence.rows("referral_router", "needs"):
        wanted = NEED.get(row["state"])
        if wanted and not _runs(running["referral_router"], row, wanted):
            yield f"need {row['need_id']} is {row['state']} without a clock"
    for owner in ("social_registry", "health_narcology"):
        for row in evidence.rows(owner, "referrals"):
            wanted = REFERRAL.get((row["kind"], row["state"]))
            if wanted and not _runs(running[owner], row, wanted):
                yield f"attempt {row['attempt']} at need {row['need_id']} is {row['state']} at {owner} without a clock"
    for row in evidence.rows("health_narcology", "cases"):
        if row["state"] != "ended" and not running["health_narcology"].get(row["need_id"]):
            yield f"the case of need {row['need_id']} is {row['state']} without a clock or a task"
    for service, steps in running.items():
        for row in evidence.rows(service, "tasks"):
            if not any(step.startswith(f"task/{row['kind']}/") for step in steps.get(row["subject"], ())):
                yield f"the task {row['kind']} of {row['subject']} at {service} has no clock"
        for key in {row["key"] for row in evidence.rows(service, "letters")}:
            if not any(step.startswith("task/letter/") for step in steps.get(f"letter/{key}", ())):
                yield f"the life {key} is held at {service} without a clock"


def _running(evidence: Evidence, service: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in evidence.rows(service, "clocks"):
        found.setdefault(row["subject"], []).append(row["step"])
    return found


def _runs(running: dict[str, list[str]], row: dict, wanted: str | tuple[str, ...]) -> bool:
    steps = running.get(row["need_id"], [])
    starts = tuple(one.format(attempt=row["attempt"]) for one in ((wanted,) if isinstance(wanted, str) else wanted))
    return any(step.startswith(starts) for step in steps)
