"""What does the duty officer write down about one home on one occasion?"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from random import Random
from typing import Any

from simulation.figures import chosen, figures, happens
from simulation.identity import invented_phone
from simulation.names import folded, full_name, in_latin, without_patronymic
from simulation.people import Home, Person, invent_address

# One zone in the whole country since 1 March 2024.
LOCAL = timezone(timedelta(hours=5))

Body = dict[str, Any]


def write_report(rng: Random, home: Home, day: date) -> Body:
    """A body for POST /reports, without its number in the book: that is given in the order of the day."""
    recorded = _moment(rng, day)
    violence = _violence(rng)
    intoxication = chosen(rng, "intoxication")
    return {
        "kui_number": "",
        "station": home.station,
        "territory": home.territory,
        "recorded_at": recorded.isoformat(),
        "occurred_at": (recorded - timedelta(minutes=5 * rng.randint(1, 36))).isoformat(),
        "channel": chosen(rng, "channel"),
        "reporter": chosen(rng, "reporter"),
        **_who(rng, home),
        "intoxication": intoxication,
        "violence": violence,
        "injury": chosen(rng, "injury") if "physical" in violence else "none",
        "weapon": rng.choice(figures("words")["weapons"]) if happens(rng, "weapon") else None,
        "children": home.children,
        "complaint": happens(rng, "complaint"),
        "consent": chosen(rng, "consent"),
        "safe_contact": _safe_contact(rng),
        "address": home.address,
        "narrative": _narrative(rng, home, violence[0], intoxication),
        "outcome": chosen(rng, "outcome"),
        "officer": rng.choice(figures("words")["officers"]),
    }


def _moment(rng: Random, day: date) -> datetime:
    hour = rng.choices(range(24), figures("proportions")["hours"])[0]
    return datetime.combine(day, time(hour, rng.randrange(60), rng.randrange(60)), LOCAL)


def _violence(rng: Random) -> list[str]:
    weights = figures("proportions")["violence"]
    return [kind for kind, weight in weights.items() if rng.random() < weight] or ["psychological"]


def _who(rng: Random, home: Home) -> Body:
    victim = _described(rng, home.victim, "victim_without_iin")
    victim["phone"] = None if happens(rng, "victim_without_phone") else home.victim.phone
    unknown = happens(rng, "respondent_unknown")
    respondent = None if unknown else _described(rng, home.respondent, "respondent_without_iin")
    return {"victim": victim, "respondent": respondent, "relation": home.relation}


def _described(rng: Random, person: Person, without_iin: str) -> Body:
    return {
        "name": _as_written(rng, person.name),
        "birth_date": person.born.isoformat(),
        "iin": None if happens(rng, without_iin) else person.iin,
        "sex": person.sex,
    }


def _as_written(rng: Random, name: str) -> str:
    """The same person is not spelt the same way twice."""
    if happens(rng, "no_patronymic"):
        name = without_patronymic(name)
    if happens(rng, "folded_letters"):
        return folded(name)
    return in_latin(name) if happens(rng, "latin_letters") else name


def _safe_contact(rng: Random) -> Body:
    kind = chosen(rng, "safe_contact")
    start, words = rng.randint(9, 16), figures("words")
    details = {
        "never": "",
        "only_at": f"с {start} до {start + 2}, код {rng.choice(words['code_words'])}",
        "through_trusted_person": rng.choice(words["trusted"]),
    }
    return {"kind": kind, "detail": details[kind]}


def _narrative(rng: Random, home: Home, kind: str, intoxication: str) -> str:
    stories = figures("words")["stories"][home.language]
    drunk = stories["drunk"] if intoxication == "alcohol" else ""
    leak = f" {_leak(rng, home.language)}" if happens(rng, "narrative_leaks") else ""
    return f"{drunk}{rng.choice(stories[kind])}{leak}"


def _leak(rng: Random, language: str) -> str:
    """Officers write names, phones and addresses into the story: that is why it never leaves police."""
    pattern = rng.choice(figures("words")["stories"][language]["leaks"])
    name = full_name(rng, "kazakh", "female", 1980)
    return str(pattern.format(address=invent_address(rng, language), phone=invented_phone(rng), name=name))
