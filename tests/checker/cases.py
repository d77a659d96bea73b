"""Has no treatment bed two patients, and do case, wire and router agree on how far it is?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise

from tests.checker.evidence import Evidence, Row

OWNER = "health_narcology"
IN_BED = ("offered", "hospitalised")
SILENT = ("examined", "voluntary", "declined")  # nothing leaves health before a petition
STAGE = {"filed": "before_court", "accepted": "before_court", "returned": "before_court", "granted": "before_court",
         "queued": "awaiting_bed", "offered": "awaiting_bed", "hospitalised": "in_treatment", "missing": "missing"}


def broken(evidence: Evidence) -> Iterator[str]:
    yield from _beds(evidence)
    yield from _beds_and_cases(evidence)
    yield from _stages(evidence)


def _beds(evidence: Evidence) -> Iterator[str]:
    def place(row: Row) -> tuple[str, int]:
        return row["facility_code"], row["bed"]

    sizes = {row["code"]: row["beds"] for row in evidence.rows(OWNER, "facilities")}
    order = sorted(evidence.rows(OWNER, "treatment_holds"), key=lambda row: (*place(row), row["since"], row["released_at"] is None))
    for (facility, bed), group in groupby(order, key=place):
        holds = list(group)
        if not 0 < bed <= sizes.get(facility, 0):
            yield f"treatment bed {bed} of {facility} is held, and there is no such bed"
        for before, after in pairwise(holds):
            if before["released_at"] is None or before["released_at"] > after["since"]:
                yield f"treatment bed {bed} of {facility} is held twice: by {before['need_id']} and {after['need_id']}"


def _beds_and_cases(evidence: Evidence) -> Iterator[str]:
    live = [row for row in evidence.rows(OWNER, "treatment_holds") if row["released_at"] is None]
    held = {(row["need_id"], row["facility_code"], row["bed"]) for row in live}
    wanted = {(row["need_id"], row["facility_code"], row["bed"])
              for row in evidence.rows(OWNER, "cases") if row["state"] in IN_BED}
    for need_id, facility, bed in sorted(held ^ wanted):
        yield f"treatment bed {bed} of {facility} stands for need {need_id} in only one of case and bed"
    for need_id, count in Counter(row["need_id"] for row in live).items():
        if count > 1:
            yield f"need {need_id} has {count} treatment beds"


def _stages(evidence: Evidence) -> Iterator[str]:
    """The last stage that was said is where the case is, and where the router has the need, unless it was withdrawn."""
    said = {one.attempt: one.body["stage"] for one in evidence.once("TreatmentStageReached")}
    needs = {row["need_id"]: row["state"] for row in evidence.rows("referral_router", "needs")}
    for row in evidence.rows(OWNER, "cases"):
        stage = said.get((row["need_id"], row["attempt"]), "")
        wanted = "" if row["state"] in SILENT else STAGE.get(row["state"], stage)
        if stage != wanted or (row["state"] == "ended" and stage not in ("", "ended")):
            yield f"the case of need {row['need_id']} is {row['state']}, and the wire says {stage or 'nothing'}"
        stands = "settled" if stage == "ended" else stage
        if stage and needs.get(row["need_id"]) not in (stands, "withdrawn"):
            yield f"the case of need {row['need_id']} is {stage}, and the router says {needs.get(row['need_id'])}"
