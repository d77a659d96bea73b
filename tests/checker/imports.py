"""Has every imported record exactly one verdict, and every accepted one its report?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from tests.checker.evidence import Evidence


def broken(evidence: Evidence) -> Iterator[str]:
    reports = {row["report_id"] for row in evidence.rows("police_intake", "reports")}
    accepted: Counter[str] = Counter()
    given = Counter(row["run_id"] for row in evidence.rows("police_intake", "verdicts"))
    for run_id, group in groupby(evidence.rows("police_intake", "verdicts"), key=lambda row: row["run_id"]):
        rows = list(group)
        numbers = [row["record"] for row in rows]
        if numbers != list(range(1, len(rows) + 1)):
            yield f"import {run_id} gave {len(rows)} verdicts, and they are not those of records 1 to {max(numbers)}"
        accepted.update(row["report_id"] for row in rows if row["verdict"] == "accepted")
    for report_id, count in sorted(accepted.items()):
        if report_id not in reports:
            yield f"an imported record was accepted as report {report_id}, which is lost"
        if count > 1:
            yield f"report {report_id} was accepted from {count} records"
    for row in evidence.rows("police_intake", "runs"):
        if row["finished_at"] is None:
            yield f"import {row['run_id']} was never finished"
        elif row["records"] != given[row["run_id"]]:
            yield f"import {row['run_id']} read {row['records']} records and gave {given[row['run_id']]} verdicts"
