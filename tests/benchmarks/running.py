"""In which order is everything run, and how often?"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks import findings, latency, stepping
from tests.benchmarks.draining import Drained, drain, drain_naively
from tests.benchmarks.findings import Costs
from tests.benchmarks.ground import Ground
from tests.benchmarks.latency import Seen

# Equal whoever did it; who is asked, and so how often, depends on the order in which messages and answers cross.
EQUAL_WHOLE = ("registered", "assessed", "needs", "needs seen")
EQUAL_STEP = ("assessed", "needs", "clocks")
NEARLY = 0.02


@dataclass(frozen=True)
class Plan:
    """How much is done: reports through the pipeline, reports for the naive peer, rounds, seconds of each pace."""

    reports: int = 20_000
    few: int = 1_000
    rounds: int = 3
    seconds: float = 30.0
    paces: tuple[float, ...] = (20.0, 200.0)
    kill_after: float = 10.0


@dataclass
class Results:
    """Every run of every kind, in the order in which they were made."""

    runs: dict[str, list[Drained]] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    recovery: Seen | None = None
    findings: Costs | None = None
    unequal: list[str] = field(default_factory=list)

    @property
    def failed(self) -> bool:
        """Unequal work, a lost report, one that was refused while nothing was killed, or findings that cost too much."""
        lost = [one.lost for one in (*self.seen, *([self.recovery] if self.recovery else []))]
        dear = self.findings is not None and not self.findings.holds
        return bool(self.unequal or dear or any(lost) or any(one.unanswered or one.unseen for one in self.seen))

    def add(self, name: str, run: Drained) -> None:
        self.runs.setdefault(name, []).append(run)


def run_all(ground: Ground, plan: Plan, tell: Callable[[str], None]) -> Results:
    results = Results()
    ground.open()
    for under, number in (("all", plan.reports), ("few", plan.few)):
        tell(f"{ground.preload(number, under)} reports are registered and wait in police intake")
    whole = {"whole": lambda: drain(ground, "all"), "whole, few": lambda: drain(ground, "few"),
             "whole, naive": lambda: drain_naively(ground, "few")}
    _rounds(plan.rounds, whole, results, tell)
    messages = stepping.say_all(ground, "all")
    _rounds(plan.rounds, _steps(ground, messages, plan), results, tell)
    for pace in plan.paces:
        results.seen.append(latency.measure(ground, pace, plan.seconds))
        tell(f"{pace:.0f}/s: p99 {results.seen[-1].at(0.99) * 1000:.0f} ms")
    results.recovery = latency.measure(ground, plan.paces[0], plan.seconds, plan.kill_after)
    tell(f"recovered in {results.recovery.recovered_s:.1f} s")
    results.findings = findings.measure()
    results.unequal = _unequal(results)
    return results


def _steps(ground: Ground, messages: int, plan: Plan) -> dict[str, Callable[[], Drained]]:
    def peer(module: str, most: int) -> Callable[[], Drained]:
        return lambda: stepping.step_of_peer(ground, module, most)

    ours = {"step": lambda: stepping.step(ground, messages)}
    return {**ours, "step, by hand": peer("by_hand", messages), "step, naive": peer("naive", plan.few), "floor": peer("floor", messages)}


def _rounds(rounds: int, kinds: dict[str, Callable[[], Drained]], results: Results, tell: Callable[[str], None]) -> None:
    """There and back: what the machine does meanwhile harms none more than the others."""
    for number in range(rounds):
        for name in list(kinds)[:: 1 if number % 2 == 0 else -1]:
            began = time.monotonic()
            results.add(name, kinds[name]())
            tell(f"{name}: {results.runs[name][-1].per_s:.0f}/s ({time.monotonic() - began:.0f} s)")


def _unequal(results: Results) -> list[str]:
    """What peers did not do alike, in words; such a number does not count."""
    ours, naive = results.runs["whole, few"][0].came, results.runs["whole, naive"][0].came
    found = [_differs("the naive peer", name, ours, naive) for name in EQUAL_WHOLE]
    ours, hand = results.runs["step"][0].came, results.runs["step, by hand"][0].came
    found += [_differs("the peer by hand", name, ours, hand) for name in EQUAL_STEP]
    said = abs(hand["said"] / max(ours["said"], 1) - 1)
    return [*filter(None, found), *([f"the peer by hand said {hand['said']} messages, not {ours['said']}"] if said > NEARLY else [])]


def _differs(who: str, name: str, ours: dict[str, Any], theirs: dict[str, Any]) -> str:
    return "" if ours[name] == theirs[name] else f"{who} came to {theirs[name]} {name}, not {ours[name]}"
