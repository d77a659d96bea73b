"""Is nobody referred twice, and does every need stand at police as it stands at the router?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

from tests.checker.evidence import Evidence

OPEN = ("asked", "withdrawing", "held", "with_person")
LIVE = (*OPEN, "arrived")
SEEN_AS = {
    "asked": "asked", "withdrawing": "asked", "held": "answered", "with_person": "with_person",
    "arrived": "arrived", "left": "arrived", "settled": "closed", "withdrawn": "withdrawn",
    **{stage: stage for stage in ("before_court", "awaiting_bed", "in_treatment", "missing")},
}
ISSUED = ("ShelterReferralIssued", "HealthReferralIssued", "ChildNoticeIssued")
WITHDRAWN = ("ShelterReferralWithdrawn", "HealthReferralWithdrawn", "ChildNoticeWithdrawn")


def broken(evidence: Evidence) -> Iterator[str]:
    yield from _doubled_needs(evidence)
    yield from _attempts(evidence)
    yield from _attempts_on_the_wire(evidence)
    yield from _withdrawals(evidence)
    yield from _seen_by_police(evidence)


def _doubled_needs(evidence: Evidence) -> Iterator[str]:
    live = [row for row in evidence.rows("referral_router", "needs") if row["state"] in LIVE]
    for (subject, kind), count in Counter((row["subject_ref"], row["kind"]) for row in live).items():
        if count > 1:
            yield f"the need {kind} of {subject} is doubled: {count} are live"
    active = {row["report_id"] for row in evidence.rows("referral_router", "reports") if row["active"]}
    for row in live:
        if row["report_id"] not in active:
            yield f"need {row['need_id']} is live though its report {row['report_id']} was taken back"


def _attempts(evidence: Evidence) -> Iterator[str]:
    needs = {row["need_id"]: row for row in evidence.rows("referral_router", "needs")}
    made = {}
    for need_id, group in groupby(evidence.rows("referral_router", "attempts"), key=lambda row: row["need_id"]):
        rows = list(group)
        made[need_id] = len(rows)
        if [row["attempt"] for row in rows] != list(range(1, len(rows) + 1)):
            yield f"the attempts at need {need_id} are not numbered 1 to {len(rows)} without a gap"
        for before, after in pairwise(rows):
            if before["ended_at"] is None or before["ended_at"] > after["asked_at"]:
                yield f"attempt {after['attempt']} at need {need_id} was issued before attempt {before['attempt']} ended"
    for need_id, row in needs.items():
        if row["attempt"] != made.get(need_id, 0):
            yield f"need {need_id} counts {row['attempt']} attempts, and {made.get(need_id, 0)} were made"


def _attempts_on_the_wire(evidence: Evidence) -> Iterator[str]:
    issued = Counter(said.attempt for said in evidence.once(*ISSUED))
    kept = {(row["need_id"], row["attempt"]) for row in evidence.rows("referral_router", "attempts")}
    for (need_id, attempt), count in issued.items():
        if count > 1:
            yield f"attempt {attempt} at need {need_id} is doubled: it was issued {count} times"
    for need_id, attempt in sorted(kept ^ set(issued)):
        yield f"attempt {attempt} at need {need_id} stands in only one of database and wire"
    ended = {said.attempt for said in evidence.once("ReferralRefused", "WithdrawalAcknowledged", "HoldEnded")}
    for need_id, attempt in issued:
        if attempt > 1 and (need_id, attempt - 1) not in ended:
            yield f"attempt {attempt} at need {need_id} was issued though attempt {attempt - 1} was never let go"


def _withdrawals(evidence: Evidence) -> Iterator[str]:
    answered = Counter(said.attempt for said in evidence.once("WithdrawalAcknowledged"))
    for attempt, count in Counter(said.attempt for said in evidence.once(*WITHDRAWN)).items():
        if answered[attempt] != count:
            yield f"attempt {attempt[1]} at need {attempt[0]}: {count} withdrawals, {answered[attempt]} acknowledgements"


def _seen_by_police(evidence: Evidence) -> Iterator[str]:
    seen = {row["need_id"]: row for row in evidence.rows("police_intake", "needs_seen")}
    needs = {row["need_id"]: row for row in evidence.rows("referral_router", "needs")}
    for need_id in sorted(set(seen) ^ set(needs)):
        yield f"need {need_id} is known to only one of police intake and router"
    for need_id in sorted(set(seen) & set(needs)):
        queue = needs[need_id]["queue"] if needs[need_id]["state"] == "with_person" else ""
        stands = (SEEN_AS[needs[need_id]["state"]], queue)
        if (seen[need_id]["state"], seen[need_id]["queue"]) != stands and not _was_a_guest(seen[need_id], needs[need_id]):
            yield f"need {need_id} is {seen[need_id]['state']} at police intake and {stands[0]} at the router"


def _was_a_guest(seen: dict[str, Any], need: dict[str, Any]) -> bool:
    """Police read `arrived` for ever: when she left a centre is not theirs to know."""
    return (need["kind"], seen["state"]) == ("shelter", "arrived") and need["state"] == "withdrawn"
