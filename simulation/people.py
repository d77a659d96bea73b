"""Who lives in an invented home: whom is a report about, and where do they live?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from simulation.figures import chosen, figures, happens, pick, regions
from simulation.identity import invented_number, invented_phone
from simulation.names import full_name

RESPONDENT_AGE_MIN = 16
# The Kazakh language of record as a share of Kazakh names: gives ru .55, kk .45 over the country.
KAZAKH_RECORDS = 0.62


@dataclass(frozen=True)
class Person:
    name: str
    born: date
    sex: str
    iin: str
    phone: str


@dataclass(frozen=True)
class Home:
    """What stays the same from one report about a family to the next."""

    region: str
    station: str
    territory: str
    language: str
    address: str
    victim: Person
    respondent: Person
    relation: str
    children: int


def invent_home(rng: Random, today: date, region: str = "") -> Home:
    """A home in the region given, else in one chosen as often as reports come from there."""
    region = region or pick(rng, {iso: row["reports"] for iso, row in regions().items()})
    station, territory = invent_station(rng, region)
    tradition = _tradition(rng, region)
    language = "kk" if tradition == "kazakh" and rng.random() < KAZAKH_RECORDS else "ru"
    relation = chosen(rng, "relation")
    victim, respondent = _pair(rng, today, relation, tradition)
    return Home(
        region=region,
        station=station,
        territory=territory,
        language=language,
        address=invent_address(rng, language),
        victim=victim,
        respondent=respondent,
        relation=relation,
        children=int(chosen(rng, "children")),
    )


def invent_station(rng: Random, region: str) -> tuple[str, str]:
    """A police station and its territory (KATO, nine digits); the centre counts as two districts."""
    row = regions()[region]
    district = max(0, rng.randrange(-1, row["districts"]))
    station = f"ОП № {district}, {row['name']}" if district else f"УП г. {row['town']}"
    return station, f"{row['kato']}{10 + district}00000"


def invent_address(rng: Random, language: str) -> str:
    pattern = rng.choice(figures("words")["streets"][language])
    return str(pattern.format(house=rng.randint(1, 120), flat=rng.randint(1, 90)))


def invent_person(rng: Random, born: date, sex: str, tradition: str) -> Person:
    return Person(
        name=full_name(rng, tradition, sex, born.year),
        born=born,
        sex=sex,
        iin=invented_number(rng, born, sex),
        phone=invented_phone(rng),
    )


def _pair(rng: Random, today: date, relation: str, tradition: str) -> tuple[Person, Person]:
    kin = figures("proportions")["kin"][relation]
    victim_sex = "female" if happens(rng, "victim_female") else "male"
    victim_age = rng.randint(*kin["ages"]) if "ages" in kin else _adult_age(rng)
    respondent_age = max(RESPONDENT_AGE_MIN, victim_age + rng.randint(*kin["older"]))
    men = kin.get("men", float(victim_sex == "female"))
    respondent_sex = "male" if rng.random() < men else "female"
    return (
        invent_person(rng, _birthday(rng, today, victim_age), victim_sex, tradition),
        invent_person(rng, _birthday(rng, today, respondent_age), respondent_sex, tradition),
    )


def _adult_age(rng: Random) -> int:
    bands = figures("proportions")["adult_ages"]
    first, last, _ = rng.choices(bands, [band[2] for band in bands])[0]
    return rng.randint(first, last)


def _birthday(rng: Random, today: date, age: int) -> date:
    return today - timedelta(days=int(age * 365.25) + rng.randrange(365))


def _tradition(rng: Random, region: str) -> str:
    row = regions()[region]
    strangers = {"russian": row["russian"], "uzbek": row["uzbek"], "other": 6}
    return pick(rng, {"kazakh": 100 - sum(strangers.values()), **strangers})
