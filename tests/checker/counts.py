"""Is everything counted once: do the monitor's sums equal what the services hold?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.checker.evidence import Evidence

# What police may see of a need is what is counted of it.
SEEN = {"asked": "asked", "withdrawing": "asked", "held": "answered", "with_person": "with_person", "arrived": "arrived",
        "left": "arrived", "settled": "closed", "withdrawn": "withdrawn",
        **dict.fromkeys(("before_court", "awaiting_bed", "in_treatment", "missing"), "closed")}  # a case counts with health


def broken(evidence: Evidence) -> Iterator[str]:
    if "situation_monitor" not in evidence.tables:
        return
    tallies = evidence.rows("situation_monitor", "tallies")
    for owner, kind, state in (("police_intake", "report", "registered"), ("referral_router", "assessment", "assessed")):
        counted = sum(row["number"] for row in tallies if (row["owner"], row["kind"], row["to_state"]) == (owner, kind, state))
        if counted != len(evidence.rows(owner, "reports")):
            yield f"{owner} has {len(evidence.rows(owner, 'reports'))} reports, the monitor has counted {counted}"
    yield from _needs(evidence, tallies)
    yield from _places(evidence)
    yield from _treatment(evidence, tallies)
    yield from _entries(evidence, tallies)


def _needs(evidence: Evidence, tallies: list[dict]) -> Iterator[str]:
    stands: Counter[tuple[str, str]] = Counter()
    for row in tallies:
        if row["owner"] == "referral_router" and row["kind"] != "assessment" and not row["code"]:
            stands[row["kind"], row["to_state"]] += row["number"]
            stands[row["kind"], row["from_state"]] -= row["number"]
    held = Counter((row["kind"], SEEN[row["state"]]) for row in evidence.rows("referral_router", "needs"))
    for kind, state in sorted(set(held) | {place for place in stands if place[1]}):
        if held[kind, state] != stands[kind, state]:
            yield f"{held[kind, state]} needs for {kind} are {state}, the monitor has counted {stands[kind, state]}"


def _places(evidence: Evidence) -> Iterator[str]:
    """Held places are those there are less those that are free, in the whole country."""
    for owner, kinds in (("social_registry", {"night": "night", "day": "day"}), ("health_narcology", {"beds": "bed"})):
        for kind, place in kinds.items():
            told = [row for row in evidence.rows("situation_monitor", "places") if (row["owner"], row["place"]) == (owner, place)]
            taken = sum(row["places"] - row["free"] for row in told)
            holds = [row for row in evidence.rows(owner, "holds") if row["kind"] == kind and row["released_at"] is None]
            if taken != len(holds):
                yield f"{len(holds)} places ({place}) are held at {owner}, the monitor has counted {taken}"


def _treatment(evidence: Evidence, tallies: list[dict]) -> Iterator[str]:
    """Cases before a court stand as the monitor counts them, and so do the treatment beds they take."""
    stands: Counter[str] = Counter()
    for row in tallies:
        if row["kind"] == "case":
            stands[row["to_state"]] += row["number"]
            stands[row["from_state"]] -= row["number"]
    held = Counter(row["state"] for row in evidence.rows("health_narcology", "cases"))
    for state in sorted({*held, *stands} - {"", "ended", "examined", "voluntary", "declined"}):
        if held[state] != stands[state]:
            yield f"{held[state]} cases are {state}, the monitor has counted {stands[state]}"
    told = [row for row in evidence.rows("situation_monitor", "places") if row["place"] == "treatment_bed"]
    taken = sum(row["places"] - row["free"] for row in told)
    beds = [row for row in evidence.rows("health_narcology", "treatment_holds") if row["released_at"] is None]
    if taken != len(beds):
        yield f"{len(beds)} treatment beds are held, the monitor has counted {taken}"


def _entries(evidence: Evidence, tallies: list[dict]) -> Iterator[str]:
    """Entries of the register stand in each region as the monitor counts them."""
    stands: Counter[tuple[str, str]] = Counter()
    for row in tallies:
        if row["kind"] == "entry":
            stands[row["region"], row["to_state"]] += row["number"]
            stands[row["region"], row["from_state"]] -= row["number"]
    held = Counter((row["region"], row["state"]) for row in evidence.rows("social_registry", "entries"))
    for region, state in sorted(place for place in {*held, *stands} if place[1]):
        if held[region, state] != stands[region, state]:
            yield f"{held[region, state]} entries of {region} are {state}, the monitor has counted {stands[region, state]}"
