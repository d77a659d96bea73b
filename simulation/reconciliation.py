"""Do the books of the agencies agree: records, reports, needs? Read from each service's own database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from plumbing.postgres import Database

# Arrived, or answered for good (decided, left, settled by a person); a court may have the case since.
PLACED = ("arrived", "left", "settled", "before_court", "awaiting_bed", "in_treatment", "missing")
GROUPS = ("placed", "with_person", "waiting")
WAITING = ("asked", "withdrawing", "held")


def reconcile(dsns: Mapping[str, str]) -> dict[str, Any]:
    """Counts from every database, and whether they are exact; no name, no id."""
    verdicts = dict(_rows(dsns, "police_intake", "SELECT verdict, count(*) FROM import_verdicts GROUP BY 1 ORDER BY 1"))
    records = _rows(dsns, "police_intake", _RECORDS)[0][0]
    registered = _rows(dsns, "police_intake", "SELECT count(*) FROM reports")[0][0]
    assessed = _rows(dsns, "referral_router", "SELECT count(*) FROM reports")[0][0]
    needs = _rows(dsns, "referral_router", _NEEDS)
    table = [dict(zip(("kind", "region", "state", "count", "without_clock"), row, strict=True)) for row in needs]
    totals = _totals(table)
    exact = (
        records == sum(verdicts.values())
        and registered == assessed
        and totals["needs"] == totals["placed"] + totals["with_person"] + totals["waiting_with_clock"]
        and totals["waiting_without_clock"] == 0
    )
    return {
        "records": records, "verdicts": verdicts, "registered": registered, "assessed": assessed, **totals,
        "by_kind_and_region": _by_kind_and_region(table), "exact": exact,
    }


def quiet(dsns: Mapping[str, str]) -> bool:
    """Is nothing on its way: all that was said is sent, all that was sent is taken?"""
    said = {name: _rows(dsns, name, _SAID) for name in dsns}
    heads = {(topic, partition): last for rows in said.values() for topic, partition, last, _ in rows}
    unsent = any(last != sent for rows in said.values() for _, _, last, sent in rows)
    taken = [row for name in dsns for row in _rows(dsns, name, "SELECT topic, partition, next_number - 1 FROM inbox")]
    return not unsent and all(heads.get((topic, partition), number) == number for topic, partition, number in taken)


def table(counts: dict[str, Any]) -> str:
    """The reconciliation for people: one line a sum, and the needs by region and kind."""
    verdicts = " + ".join(f"{number} {verdict}" for verdict, number in counts["verdicts"].items())
    lines = [
        f"records     {counts['records']} = {verdicts}",
        f"registered  {counts['registered']} = assessed {counts['assessed']}",
        f"needs       {counts['needs']} = placed or answered {counts['placed']} + with a person {counts['with_person']}"
        f" + waiting with a clock {counts['waiting_with_clock']}   (called back: {counts['withdrawn']})",
    ]
    return "\n".join([*lines, *_matrix(counts["by_kind_and_region"]), "exact" if counts["exact"] else "NOT EXACT"])


def _matrix(found: Mapping[str, Mapping[str, Mapping[str, int]]]) -> list[str]:
    """One row a region, one column a kind; the last row is the sum."""
    regions = sorted({region for of_kind in found.values() for region in of_kind})
    rows = [("", *found)]
    rows += [(region, *(_cell([of_kind.get(region, {})]) for of_kind in found.values())) for region in regions]
    rows += [("all", *(_cell(of_kind.values()) for of_kind in found.values()))]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    drawn = ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return ["by region and kind: placed or answered + with a person + waiting", *(f"  {line}".rstrip() for line in drawn)]


def _cell(counted: Iterable[Mapping[str, int]]) -> str:
    regions = list(counted)
    sums = [sum(one.get(name, 0) for one in regions) for name in GROUPS]
    return "+".join(str(one) for one in sums) if any(sums) else "·"


def _totals(table: list[dict[str, Any]]) -> dict[str, int]:
    def count(*states: str) -> int:
        return sum(row["count"] for row in table if row["state"] in states)

    return {
        "needs": sum(row["count"] for row in table) - count("withdrawn"),
        "placed": count(*PLACED),
        "with_person": count("with_person"),
        "waiting_with_clock": count(*WAITING) - sum(row["without_clock"] for row in table),
        "waiting_without_clock": sum(row["without_clock"] for row in table),
        "withdrawn": count("withdrawn"),
    }


def _by_kind_and_region(table: list[dict[str, Any]]) -> dict[str, dict[str, dict[str, int]]]:
    result: dict[str, dict[str, dict[str, int]]] = {}
    for row in table:
        if row["state"] == "withdrawn":
            continue
        region = result.setdefault(row["kind"], {}).setdefault(row["region"], dict.fromkeys(GROUPS, 0))
        region[_group(row["state"])] += row["count"]
    return result


def _group(state: str) -> str:
    return "placed" if state in PLACED else "with_person" if state == "with_person" else "waiting"


def _rows(dsns: Mapping[str, str], service: str, sql: str) -> list[Any]:
    database = Database(dsns[service], "reconciliation")
    try:
        with database.transaction() as tx:
            return tx.rows(sql)
    finally:
        database.close()


# Counted by the reader at the end of each file, apart from the verdicts.
_RECORDS = "SELECT coalesce(sum(records), 0)::int FROM import_runs"

_NEEDS = """
SELECT kind, region, state, count(*), count(*) FILTER (WHERE state IN ('asked', 'withdrawing', 'held', 'with_person')
    AND NOT EXISTS (SELECT 1 FROM clocks c WHERE c.subject = need_id AND c.ended_at IS NULL))
FROM needs GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""

_SAID = """
SELECT h.topic, h.partition, h.last_number, coalesce(c.sent_number, 0)
FROM outbox_heads h LEFT JOIN outbox_cursors c USING (topic, partition)"""
