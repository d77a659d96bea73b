"""How would a lost record, a doubled verdict or a forgotten letter look? Each changes a copy of whole evidence."""

from __future__ import annotations

from collections.abc import Callable

from tests.checker.evidence import Evidence


def letter_lying(evidence: Evidence) -> None:
    evidence.tables["police_intake"]["letters"].append({"letter_id": 1, "topic": "", "key": "k", "cause": "garbage"})


def held_life_without_a_clock(evidence: Evidence) -> None:
    letter_lying(evidence)


def verdict_twice(evidence: Evidence) -> None:
    verdict = {"run_id": "run", "record": 1, "verdict": "rejected", "report_id": ""}
    evidence.tables["police_intake"]["verdicts"] += [verdict, dict(verdict)]


def import_that_lost_a_report(evidence: Evidence) -> None:
    verdict = {"run_id": "run", "record": 1, "verdict": "accepted", "report_id": "nowhere"}
    evidence.tables["police_intake"]["verdicts"].append(verdict)


def record_without_a_verdict(evidence: Evidence) -> None:
    verdict = {"run_id": "run", "record": 1, "verdict": "rejected", "report_id": ""}
    evidence.tables["police_intake"]["verdicts"].append(verdict)
    evidence.tables["police_intake"]["runs"].append({"run_id": "run", "finished_at": "today", "records": 2})


PLANTS: list[tuple[Callable[[Evidence], None], str]] = [
    (letter_lying, "a letter lies at police_intake"), (held_life_without_a_clock, "is held at police_intake without a clock"),
    (verdict_twice, "gave 2 verdicts"), (record_without_a_verdict, "read 2 records and gave 1 verdicts"),
    (import_that_lost_a_report, "which is lost"),
]
