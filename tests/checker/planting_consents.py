"""How would a broken promise about her consent look? Each plant changes a copy of whole evidence so that one is broken."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.checker.evidence import Evidence, Row


def by_consent(evidence: Evidence) -> tuple[Row, Row]:
    """A card that rests on her consent, and that consent."""
    tables = evidence.tables["police_intake"]
    ground = next(row for row in tables["card_grounds"] if row["ground"] == "consent" and row["version"])
    wanted = (ground["report_id"], ground["version"])
    return ground, next(row for row in tables["consents"] if (row["report_id"], row["version"]) == wanted)


def ground_lost(evidence: Evidence) -> None:
    evidence.tables["police_intake"]["card_grounds"].remove(by_consent(evidence)[0])


def consent_ended(evidence: Evidence) -> None:
    ground, consent = by_consent(evidence)
    consent["until"] = ground["sealed_at"]


def class_not_agreed_to(evidence: Evidence) -> None:
    by_consent(evidence)[1]["data_classes"] = ["name"]


def taken_back_before(evidence: Evidence) -> None:
    ground, consent = by_consent(evidence)
    gone: dict[str, Any] = {**consent, "version": consent["version"] + 1, "state": "withdrawn"}
    evidence.tables["police_intake"]["consents"].append({**gone, "said_at": ground["sealed_at"] - timedelta(seconds=1)})
    consent["said_at"] = ground["sealed_at"] - timedelta(seconds=2)


def one_person_alone(evidence: Evidence) -> None:
    ground, _ = by_consent(evidence)
    ground |= {"ground": "disclosure", "version": 1}
    alone = {"asked_by": "Dana", "decided_by": "Dana", "decided_at": ground["sealed_at"]}
    until = ground["sealed_at"] + timedelta(hours=1)
    told = {"report_id": ground["report_id"], "version": 1, "until": until, "data_classes": ground["data_classes"], **alone}
    evidence.tables["police_intake"]["disclosures"].append(told)


def key_alive(evidence: Evidence) -> None:
    needs = evidence.tables["referral_router"]["needs"]
    keys = {row["need_id"] for row in evidence.tables["social_registry"]["live_keys"]}
    need = next(row for row in needs if row["need_id"] in keys and row["kind"] == "shelter")
    consents = evidence.tables["police_intake"]["consents"]
    consent = next(row for row in consents if row["report_id"] == need["report_id"])
    consents.append({**consent, "version": 99, "state": "withdrawn", "said_at": consent["said_at"] + timedelta(days=900)})


def holder_silent(evidence: Evidence) -> None:
    _, consent = by_consent(evidence)
    evidence.tables["police_intake"]["consent_withdrawals"].append({"report_id": consent["report_id"], "done_at": None})


PLANTS = [
    (ground_lost, "rests on nothing that was kept"), (consent_ended, "after the consent had ended"),
    (class_not_agreed_to, "holds more than it covers"), (taken_back_before, "stood when it was sealed"),
    (one_person_alone, "that two people had not allowed"), (key_alive, "a key to her card"),
    (holder_silent, "is not acknowledged by every holder"),
]
