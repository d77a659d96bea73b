"""Is no erasure left without an answer or a clock, and is every answer true?"""

from __future__ import annotations

from collections.abc import Iterator

from tests.checker.evidence import Evidence, Row

TOLD = {"police_intake.VictimCardErased": "social_registry", "police_intake.RespondentCardErased": "health_narcology"}
SAID = "CardErasureAcknowledged"


def broken(evidence: Evidence) -> Iterator[str]:
    rows = evidence.rows("police_intake", "erasure_holders")
    yield from _told(evidence, rows)
    yield from _waited_for(evidence, rows)
    yield from _answered(evidence)
    yield from _true(evidence, rows)


def _told(evidence: Evidence, rows: list[Row]) -> Iterator[str]:
    """Whoever was told is waited for, and nobody is waited for who was not told."""
    kept = {(row["service"], row["need_id"]) for row in rows}
    said = {(TOLD[one.event], one.body["need_id"]) for one in evidence.once(*TOLD)}
    for service, need_id in sorted(said ^ kept):
        yield f"of the card of need {need_id} {service} was told, or is waited for, and not both"


def _waited_for(evidence: Evidence, rows: list[Row]) -> Iterator[str]:
    """Done while a holder is silent, with a clock or a person; complete when none is."""
    waiting = {row["subject"] for row in evidence.rows("police_intake", "clocks")
               if row["step"].startswith(("erase-silent/", "task/erasure_silent/"))}
    for erasure in evidence.rows("police_intake", "erasures"):
        of = (erasure["person_id"], erasure["requested_at"])
        silent = [row for row in rows if (row["person_id"], row["requested_at"]) == of and row["acknowledged_at"] is None]
        if silent and erasure["state"] != "done":
            yield f"the erasure of {of[0]} is {erasure['state']}, and {silent[0]['service']} is silent"
        if silent and of[0] not in waiting:
            yield f"the erasure of {of[0]} waits for {silent[0]['service']} without a clock"
        told = any((row["person_id"], row["requested_at"]) == of for row in rows)
        if told and not silent and erasure["state"] != "complete":
            yield f"every holder has answered the erasure of {of[0]}, and it is {erasure['state']}"


def _answered(evidence: Evidence) -> Iterator[str]:
    """At rest every holder has answered, but narcology of whose file is open; and what it said has reached police."""
    open_files = {row["need_id"] for row in evidence.rows("health_narcology", "cases") if row.get("erase_at_end") and row["state"] != "ended"}
    said = {(one.event.split(".")[0], one.body["need_id"]) for one in evidence.once(*(f"{name}.{SAID}" for name in TOLD.values()))}
    heard = {(one.body["service"], one.body["need_id"]) for one in evidence.once(f"referral_router.{SAID}")}
    for one in evidence.once(*TOLD):
        place = (TOLD[one.event], one.body["need_id"])
        if place not in said and place[1] not in open_files:
            yield f"{place[0]} was told to destroy the card of need {place[1]}, and has not answered"
    for service, need_id in sorted(said ^ heard):
        yield f"that {service} has destroyed the card of need {need_id} was said to police, or by it, and not both"


def _true(evidence: Evidence, rows: list[Row]) -> Iterator[str]:
    """What police count was said, and who has said it has no key."""
    heard = {(one.body["service"], one.body["need_id"]) for one in evidence.once(f"referral_router.{SAID}")}
    alive = {(name, row["need_id"]) for name in TOLD.values() for row in evidence.rows(name, "live_keys")}
    for row in rows:
        place = (row["service"], row["need_id"])
        if (row["acknowledged_at"] is not None) != (place in heard):
            yield f"police count an answer of {place[0]} about need {place[1]}, or it was said, and not both"
        if place in heard and place in alive:
            yield f"{place[0]} has said that the card of need {place[1]} is destroyed, and a key to it is alive"
