"""Which crisis centres, detox centres, clinics and treatment facilities does the invented country have?

`python -m simulation.facilities` writes each service's own directory; the services never read this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from simulation.figures import regions

ROOT = Path(__file__).resolve().parents[1]
SEED = "qorgan/facilities/2022"
PUBLIC_CENTRES = 14
DETOX_BEDS = 778
# Beds the sources name: one centre with 12 places, one detox centre with 20 and one with 24 (S1).
CENTRE_BEDS = {"KZ-63": 12}
DETOX_BEDS_NAMED = {"KZ-63": 20, "KZ-55": 24}
MORE_TONGUES = {"KZ-61": "uz", "KZ-79": "uz", "KZ-75": "ug", "KZ-71": "en"}

Facility = dict[str, Any]


def crisis_centres() -> list[Facility]:
    """The 41 centres of 2022, 14 of them public; places, rooms and whom they admit are invented."""
    rng = Random(f"{SEED}/centres")
    places = [(iso, n) for iso, row in regions().items() for n in range(1, row["crisis_centres"] + 1)]
    public = set(rng.sample(places, PUBLIC_CENTRES))
    admit_men = set(rng.sample(places, 4))
    return [_centre(rng, place, place in public, place in admit_men) for place in places]


def detox_centres() -> list[Facility]:
    """The 35 detox centres with 778 beds; the share of those that no source names is invented."""
    rng = Random(f"{SEED}/detox")
    places = [(iso, n) for iso, row in regions().items() for n in range(1, row["detox_centres"] + 1)]
    unnamed = [place for place in places if place[0] not in DETOX_BEDS_NAMED]
    weights = [rng.uniform(0.6, 1.4) for _ in unnamed]
    beds = dict(zip(unnamed, shared_out(DETOX_BEDS - sum(DETOX_BEDS_NAMED.values()), weights), strict=True))
    return [_health("detox", place, beds.get(place) or DETOX_BEDS_NAMED[place[0]]) for place in places]


def narcology_organisations() -> list[Facility]:
    """One in each region; their beds are invented."""
    rng = Random(f"{SEED}/narcology")
    return [_health("narcology", (iso, 1), rng.randrange(30, 125, 5)) for iso in regions()]


def treatment_facilities() -> list[Facility]:
    """The 20 facilities for compulsory treatment, one a region; all but a bed or two taken from before (P).

    Beds: 11 more would need 620 (S1), so about 56 each; how they differ is invented.
    """
    rng = Random(f"{SEED}/treatment")
    made = [_health("treatment", (iso, 1), rng.randrange(41, 72)) for iso in regions()]
    return [{**one, "beds_before": one["beds"] - rng.choice((0, 1, 1, 2))} for one in made]


def akimats() -> list[Facility]:
    """The local executive body of each region, which decides on notices about children."""
    return [
        {"code": f"akimat-{iso}", "region": iso, "kind": "akimat", "source": "duty of the local executive body"}
        for iso in regions()
    ]


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """Whole numbers in proportion to the weights that add up to the total (largest remainders)."""
    exact = [total * weight / sum(weights) for weight in weights]
    whole = [int(value) for value in exact]
    by_remainder = sorted(range(len(exact)), key=lambda index: whole[index] - exact[index])
    for index in by_remainder[: total - sum(whole)]:
        whole[index] += 1
    return whole


def as_toml(question: str, facilities: Sequence[Facility]) -> str:
    """The directory as text; the comment says where it comes from."""
    entries = [
        "".join(f"{key} = {_value(value)}\n" for key, value in facility.items()) for facility in facilities
    ]
    head = (
        f"# {question}\n# Written by `python -m simulation.facilities`: change the figures there, not here.\n"
    )
    return head + "".join(f"\n[[facility]]\n{entry}" for entry in entries)


def directories() -> dict[Path, str]:
    """What each service's directory.toml must hold."""
    health = [*detox_centres(), *narcology_organisations(), *treatment_facilities()]
    return {
        ROOT / "services/social_registry/directory.toml": as_toml(
            "Which crisis centres are there, and which akimats decide on notices?", [*crisis_centres(), *akimats()]
        ),
        ROOT / "services/health_narcology/directory.toml": as_toml(
            "Who can take a patient, or a person to sober up?", health
        ),
    }


def _centre(rng: Random, place: tuple[str, int], public: bool, admits_men: bool) -> Facility:
    region, number = place
    beds, rooms = rng.randint(8, 25), rng.randint(1, 5)
    return {
        "code": f"cc-{regions()[region]['slug']}-{number}",
        "region": region,
        "kind": "crisis_centre",
        "places_night": CENTRE_BEDS.get(region, beds),
        "places_day": rng.choice((0, 0, 3, 4, 6)),
        "family_rooms": rooms,
        "children_max": rooms * 2,
        "admits_men": admits_men,
        "admits_boys_until": rng.choice((10, 12, 14, 14, 18)),
        "accessible": rng.random() < 0.3,
        "languages": ["kk", "ru", *([MORE_TONGUES[region]] if region in MORE_TONGUES else [])],
        "ownership": "public" if public else "not_public",
        "source": "facts: spread P" if region not in CENTRE_BEDS else "S1: one centre with 12 beds",
    }


def _health(kind: str, place: tuple[str, int], beds: int) -> Facility:
    region, number = place
    named = kind == "detox" and region in DETOX_BEDS_NAMED
    return {
        "code": f"{kind}-{regions()[region]['slug']}-{number}",
        "region": region,
        "kind": kind,
        "beds": beds,
        "source": f"S1: one with {beds} beds" if named else "S1: number in all; spread and beds P",
    }


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def main() -> None:
    for path, content in directories().items():
        path.write_text(content, encoding="utf-8")
        print(f"{content.count('[[facility]]')} facilities in {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
