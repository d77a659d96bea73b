"""Did every card of hers rest on something when it was sealed, and is nothing left of what she took back?"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from tests.checker.evidence import Evidence, Row


def broken(evidence: Evidence) -> Iterator[str]:
    grounds = {row["digest"]: row for row in evidence.rows("police_intake", "card_grounds")}
    for said in evidence.once("VictimCardSealed"):
        ground = grounds.get(sha256(said.body["sealed"]).hexdigest())
        problem = "rests on nothing that was kept" if ground is None else _rests(evidence, ground)
        if problem:
            yield f"a card for need {said.body['need_id']} {problem}"
    yield from _left_behind(evidence)


def _rests(evidence: Evidence, ground: Row) -> str:
    """Empty if what the card is said to rest on covered it when it was sealed."""
    at, classes = ground["sealed_at"], set(ground["data_classes"])
    if ground["ground"] == "law":
        return "" if ground["kind"] == "child_notice" and not classes else "is said to rest on the law, which covers no such card"
    if ground["ground"] == "disclosure":
        return _disclosed(evidence, ground)
    said = [row for row in _says(evidence, ground["report_id"]) if row["said_at"] <= at]
    if not ground["version"]:
        return "rests on a yes from before contracts, and there was one" if said else ""
    last = said[-1] if said else {"state": "missing", "version": 0}
    if (last["state"], last["version"]) != ("given", ground["version"]):
        return f"rests on consent {ground['version']}, and {last['state']} {last['version']} stood when it was sealed"
    if at >= last["until"] or not classes <= set(last["data_classes"]):
        return "was sealed after the consent had ended, or holds more than it covers"
    return ""


def _disclosed(evidence: Evidence, ground: Row) -> str:
    at, classes = ground["sealed_at"], set(ground["data_classes"])
    for row in evidence.rows("police_intake", "disclosures"):
        if (row["report_id"], row["version"]) == (ground["report_id"], ground["version"]):
            two = row["decided_by"] and row["decided_by"] != row["asked_by"] and row["decided_at"] <= at
            covered = two and row["until"] and at < row["until"] and classes <= set(row["data_classes"])
            return "" if covered else "rests on a disclosure that two people had not allowed, or that did not cover it"
    return "rests on a disclosure nobody knows"


def _left_behind(evidence: Evidence) -> Iterator[str]:
    """At rest: no key to a card of hers is alive, and every holder has said so."""
    reports = {row["report_id"] for row in evidence.rows("police_intake", "consents")}
    gone = {report for report in reports if _says(evidence, report)[-1]["state"] == "withdrawn"}
    for row in evidence.rows("police_intake", "consent_withdrawals"):
        if row["done_at"] is None:
            yield f"the withdrawal about report {row['report_id']} is not acknowledged by every holder"
    hers = {row["need_id"] for row in evidence.rows("referral_router", "needs")
            if row["kind"] == "shelter" and row["report_id"] in gone}
    for row in evidence.rows("social_registry", "live_keys"):
        if row["need_id"] in hers:
            yield f"she took her consent back, and a key to her card for need {row['need_id']} is alive"


def _says(evidence: Evidence, report_id: str) -> list[Row]:
    rows = [row for row in evidence.rows("police_intake", "consents") if row["report_id"] == report_id]
    return sorted(rows, key=lambda row: row["version"])
