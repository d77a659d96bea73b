"""How is a run told: as a table with ratios for people, as one line of JSON for machines?"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks import findings
from tests.benchmarks.draining import Drained
from tests.benchmarks.measuring import machine
from tests.benchmarks.running import Plan, Results

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- written by the command: begin -->", "<!-- written by the command: end -->"
YEAR = 100_000
ROWS = (
    ("whole", "Whole pipeline: five services, to rest"),
    ("whole, few", "The same, as few reports as (a) gets"),
    ("whole, naive", "(a) Faust agent for each service, one commit an event"),
    ("step", "Router's step, one process"),
    ("step, naive", "(a) Faust agent, one commit an event"),
    ("step, by hand", "(b) batch loop by hand, no inbox, no outbox"),
    ("floor", "(c) floor: consume, decode, COPY one row"),
)


def figures(results: Results) -> dict[str, Any]:
    """The last line of the command."""
    per_s = {name: median(run.per_s for run in runs) for name, runs in results.runs.items()}
    middle = sorted(results.runs["whole"], key=lambda run: run.per_s)[len(results.runs["whole"]) // 2]
    fast = next((one for one in results.seen if one.per_s == 200), results.seen[-1])
    return {
        "reports_per_s": round(per_s["whole"], 1),
        "naive_reports_per_s": round(per_s["whole, naive"], 1),
        "ratio_end_to_end": round(per_s["whole"] / per_s["whole, naive"], 2),
        "ratio_end_to_end_few": round(per_s["whole, few"] / per_s["whole, naive"], 2),
        "ratio_step_naive": round(per_s["step"] / per_s["step, naive"], 2),
        "ratio_step_hand": round(per_s["step"] / per_s["step, by hand"], 2),
        "router_step_per_s": round(per_s["step"], 1),
        "cpu_s_per_1000": {name: round(cpu / middle.reports * 1000, 2) for name, cpu in middle.cpu.items()},
        "p99_ms_at_200": round(fast.at(0.99) * 1000),
        "findings_us": results.findings.report_us if results.findings else None,
    }


def write(results: Results, plan: Plan) -> None:
    """The table in README.md, between its two marks; what stands around it is left as it is."""
    text = README.read_text("utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    README.write_text(before + BEGIN + "\n" + "\n".join(lines(results, plan)) + "\n" + END + after, "utf-8")


def lines(results: Results, plan: Plan) -> list[str]:
    told = figures(results)
    return [
        f"{date.today().isoformat()}, {machine()}; {plan.reports} reports, {plan.rounds} rounds there and back;"
        f" the naive peer {plan.few} reports. Median, and lowest to highest.",
        "",
        "| What | reports/s | CPU-s per 1,000 | WAL a report | rows a report |",
        "|---|---|---|---|---|",
        *(_row(name, said, results.runs[name]) for name, said in ROWS),
        "",
        "| Ratio or time | Measured | Target |",
        "|---|---|---|",
        *(f"| {what} | {measured} | {target} |" for what, measured, target in _against_targets(told, results)),
        "",
        "CPU-seconds per 1,000 reports, whole pipeline: "
        + ", ".join(f"{name} {seconds}" for name, seconds in told["cpu_s_per_1000"].items()) + ".",
        *(["", "**Not equal, so these ratios do not count:** " + "; ".join(results.unequal) + "."] if results.unequal else []),
    ]


def _row(name: str, said: str, runs: list[Drained]) -> str:
    middle = sorted(runs, key=lambda run: run.per_s)[len(runs) // 2]
    spread = f"{min(run.per_s for run in runs):,.0f}–{max(run.per_s for run in runs):,.0f}"
    cost = sum(middle.cpu.values()) / middle.reports * 1000
    kilobytes, rows = middle.wal_bytes / middle.reports / 1024, middle.rows / middle.reports
    return f"| {said} | {median(run.per_s for run in runs):,.0f} ({spread}) | {cost:.2f} | {kilobytes:.1f} KiB | {rows:.1f} |"


def _said(results: Results) -> str:
    runs = [results.runs[name][0] for name in ("whole", "whole, few")]
    return ", ".join(f"{run.came['said'] / run.reports:.1f}" for run in runs)


def _against_targets(told: dict[str, Any], results: Results) -> list[tuple[str, str, str]]:
    paces = [
        (f"POST → on the list, {one.per_s:.0f}/s", f"p50 {one.at(0.5) * 1000:.0f} ms, p99 {one.at(0.99) * 1000:.0f} ms;"
         f" {one.reports} reports, {one.elsewhere} of them with the coordinator or resting on an earlier need, {one.unseen} never seen, {one.unanswered} unanswered",
         "p99 ≤ 150 ms" if one.per_s == 200 else "")
        for one in results.seen
    ]
    back = results.recovery
    return [
        ("Whole pipeline against (a)", f"{told['ratio_end_to_end']} ×", "≥ 5 ×"),
        ("The same with equally few reports", f"{told['ratio_end_to_end_few']} ×", "≥ 5 ×"),
        ("Messages a report: many, few", _said(results), ""),
        ("Router's step against (a)", f"{told['ratio_step_naive']} ×", "≥ 10 ×"),
        ("Router's step against (b)", f"{told['ratio_step_hand']} ×", "≥ 0.7 ×"),
        ("Router's step in one process", f"{told['router_step_per_s']:,.0f}/s", "≥ 5,000/s"),
        (f"A year of {YEAR:,} reports, extrapolated", f"{YEAR / told['reports_per_s']:,.0f} s", "≤ 120 s"),
        *paces,
        *([("kill -9 of the router: p99 ≤ 1 s again", f"{back.recovered_s:.1f} s; {back.lost} of {back.reports} lost", "0 lost")]
          if back else []),
        *([findings.line(results.findings)] if results.findings else []),
    ]
