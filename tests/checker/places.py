"""Is no place or bed held twice, and none for nobody?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any

from tests.checker.evidence import Evidence, Row

OWNERS = {"social_registry": ("PlaceHeld", "shelter"), "health_narcology": ("BedHeld", "detox")}
ENDED = ("ReferralRefused", "WithdrawalAcknowledged", "HoldEnded")
COUNTED_ON = {"held": ("held",), "confirmed": ("held",), "brought": ("held",), "arrived": ("arrived",),
              "admitted": ("arrived",), "extended": ("arrived",)}


def broken(evidence: Evidence) -> Iterator[str]:
    for owner, (held, kind) in OWNERS.items():
        yield from _rows_that_overlap(evidence, owner)
        yield from _beyond_the_building(evidence, owner)
        yield from _wire_against_rows(evidence, owner, held)
        yield from _held_for_nobody(evidence, owner, kind)


def _rows_that_overlap(evidence: Evidence, owner: str) -> Iterator[str]:
    def place(row: Row) -> tuple[str, str]:
        return row["facility_code"], row["place"]

    rows = sorted(evidence.rows(owner, "holds"), key=lambda row: (*place(row), row["since"], row["released_at"] is None))
    for (facility, number), group in groupby(rows, key=place):
        holds = list(group)
        for before, after in pairwise(holds):
            if before["released_at"] is None or before["released_at"] > after["since"]:
                yield f"place {number} of {facility} is held twice: by {before['need_id']} and {after['need_id']}"


def _beyond_the_building(evidence: Evidence, owner: str) -> Iterator[str]:
    sizes = {row["code"]: row for row in evidence.rows(owner, "facilities")}
    for row in evidence.rows(owner, "holds"):
        if not 0 < row["number"] <= sizes[row["facility_code"]][row["kind"]]:
            yield f"place {row['place']} of {row['facility_code']} is held, and there is no such place"


def _wire_against_rows(evidence: Evidence, owner: str, held: str) -> Iterator[str]:
    """What was said to be held and not said to be over is what the rows hold; one need has one place at a time."""
    said = Counter(one.attempt for one in evidence.once(f"{owner}.{held}"))
    over = {one.attempt for one in evidence.once(*(f"{owner}.{event}" for event in ENDED)) if _frees(one)}
    live = {(row["need_id"], row["attempt"]) for row in evidence.rows(owner, "holds") if row["released_at"] is None}
    for (need_id, attempt), count in said.items():
        if count > 1:
            yield f"attempt {attempt} at need {need_id} was given a place {count} times"
    for need_id, attempt in sorted((set(said) - over) ^ live):
        yield f"attempt {attempt} at need {need_id} holds a place in only one of wire and database of {owner}"
    for need_id, count in Counter(need_id for need_id, _ in set(said) - over).items():
        if count > 1:
            yield f"need {need_id} holds places of {count} attempts at once"


def _frees(said: Any) -> bool:
    return said.body.get("was_held", True)


def _held_for_nobody(evidence: Evidence, owner: str, kind: str) -> Iterator[str]:
    """Each occupied place is one the router counts on, at this very attempt."""
    needs = {row["need_id"]: row for row in evidence.rows("referral_router", "needs")}
    for row in evidence.rows(owner, "referrals"):
        if row["kind"] != kind or row["state"] not in COUNTED_ON:
            continue
        need = needs.get(row["need_id"])
        if row["state"] in ("held", "confirmed") and (
            need is None or need["state"] not in COUNTED_ON[row["state"]] or need["attempt"] != row["attempt"]
        ):
            stands = f"{need['state']} at attempt {need['attempt']}" if need else "unknown"
            yield f"attempt {row['attempt']} at need {row['need_id']} is {row['state']} for nobody: the need is {stands}"
