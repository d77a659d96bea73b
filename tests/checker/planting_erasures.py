"""How would a broken promise about an erasure look? Each plant adds one to a copy of whole evidence, and breaks it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from tests.checker.evidence import Evidence, Said

AT = datetime(2026, 11, 22, 10, 7, tzinfo=UTC)
NEED, WHO, HOLDER = "the need of an erased person", "an erased person", "social_registry"
ANSWERED = {"state": "complete", "acknowledged_at": AT}


def erased(evidence: Evidence, state: str = "done", acknowledged_at: datetime | None = None, clock: bool = True) -> dict[str, Any]:
    """Somebody is erased and one holder told; what it says, or does not, is the plant's."""
    tables = evidence.tables["police_intake"]
    of = {"person_id": WHO, "requested_at": AT}
    tables["erasures"].append({**of, "state": state})
    row = {**of, "need_id": NEED, "service": HOLDER, "acknowledged_at": acknowledged_at}
    tables["erasure_holders"].append(row)
    if clock:
        tables["clocks"].append({"subject": WHO, "step": "erase-silent/then", "due_at": AT, "key": WHO})
    say(evidence, "police_intake.VictimCardErased")
    return row


def say(evidence: Evidence, event: str, **more: Any) -> None:
    """On the wire, at a place of its own."""
    like: Said = evidence.wire[-1]
    number = str(10**6 + len(evidence.wire))
    headers = {**like.headers, "qorgan_number": number}
    evidence.wire.append(replace(like, event=event, body={"need_id": NEED, **more}, headers=headers, offset=int(number)))


def answer(evidence: Evidence) -> None:
    say(evidence, f"{HOLDER}.CardErasureAcknowledged")
    say(evidence, "referral_router.CardErasureAcknowledged", service=HOLDER, report_id="a report")


def nobody_waits(evidence: Evidence) -> None:
    erased(evidence, clock=False)


def complete_too_early(evidence: Evidence) -> None:
    erased(evidence, "complete")


def never_complete(evidence: Evidence) -> None:
    erased(evidence, "done", AT)
    answer(evidence)


def not_waited_for(evidence: Evidence) -> None:
    evidence.tables["police_intake"]["erasure_holders"].remove(erased(evidence))


def no_answer(evidence: Evidence) -> None:
    erased(evidence)


def answer_lost(evidence: Evidence) -> None:
    erased(evidence)
    say(evidence, f"{HOLDER}.CardErasureAcknowledged")


def answer_not_counted(evidence: Evidence) -> None:
    erased(evidence)
    answer(evidence)


def answer_invented(evidence: Evidence) -> None:
    erased(evidence, **ANSWERED)


def answer_untrue(evidence: Evidence) -> None:
    erased(evidence, **ANSWERED)
    answer(evidence)
    evidence.tables[HOLDER]["live_keys"].append({"need_id": NEED, "attempt": 1})


PLANTS = [
    (nobody_waits, "without a clock"), (complete_too_early, "is complete, and social_registry is silent"),
    (never_complete, "every holder has answered"), (not_waited_for, "was told, or is waited for, and not both"),
    (no_answer, "and has not answered"), (answer_lost, "was said to police, or by it, and not both"),
    (answer_not_counted, "police count an answer"), (answer_invented, "police count an answer"),
    (answer_untrue, "and a key to it is alive"),
]
