"""Which word that nobody else has stands for which field of which person, and who may have it?"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random

from services.police_intake.identity_number import check_digit

AUDIENCES = Path(__file__).resolve().parents[2] / "schemas/audiences.toml"
# Until every schema names its audience: the same lists, short.
OWN = {"identity": {"services": ["police_intake"], "pages": ["police_intake"]},
       "victim_card": {"services": [], "pages": ["social_registry"]},
       "respondent_card": {"services": [], "pages": ["health_narcology"]}}
# field → the cards it may stand on, which their holders' pages open; everything here is identity.
CARDS = {
    "victim.name": {"victim_card"}, "victim.birth_date": {"victim_card"}, "victim.phone": {"victim_card"},
    "safe_contact.detail": {"victim_card"}, "address": {"victim_card"},
    "respondent.name": {"respondent_card"}, "respondent.birth_date": {"respondent_card"}, "respondent.iin": {"respondent_card"},
}
# Where a station was called, and which of the staff did something: sealed nowhere, as decision 0020 says.
LIES_OPEN = {
    "station": {"reports", "held_records"},
    "officer": {"reports", "consents", "consent_withdrawals", "victim_answers", "acts", "audit"},
}
PAGES_NEVER = {"narrative", "reporter"}  # told to police, and shown again to nobody but who types it
_numbers = count(1)


@dataclass(frozen=True)
class Bird:
    """One canary: what was typed, in which field of whom, and in which story."""

    story: str
    field: str
    text: str

    def may_be(self, service: str, kind: str, name: str = "") -> bool:
        """May this stand in what this service keeps sealed (`opened`) or shows (`page`)? In no topic, log, metric or API.

        In a table as it lies only what decision 0020 leaves open there, by the table's name.
        """
        if kind == "table":
            return service == "police_intake" and name.removeprefix("public.") in LIES_OPEN.get(self.field, ())
        lists = tomllib.loads(AUDIENCES.read_text("utf-8"))["audiences"] if AUDIENCES.exists() else OWN
        if kind == "opened":
            return service in lists["identity"]["services"]
        cards = {one for card in CARDS.get(self.field, ()) for one in lists[card]["pages"]}
        return kind == "page" and service in {*lists["identity"]["pages"], *cards}


def word(rng: Random) -> str:
    """A word like a name, in Kazakh Cyrillic, that nobody else has."""
    syllables = [consonant + vowel for consonant in "бгдзклмнпрст" for vowel in "аеоуы"]
    return "".join(rng.choice(syllables) for _ in range(6)).capitalize()


class Nest:
    """Makes canaries and remembers them; the same seed gives the same ones again."""

    def __init__(self, seed: int) -> None:
        self._rng, self.birds = Random(f"canaries/{seed}"), list[Bird]()

    def text(self, story: str, field: str) -> str:
        return self._kept(story, field, word(self._rng))

    def born(self, story: str, field: str) -> str:
        """A birth date no other person of these stories has."""
        return self._kept(story, field, f"{1931 + next(_numbers) % 60}-{self._rng.randint(1, 12):02}-{self._rng.randint(10, 28)}")

    def phone(self, story: str, field: str) -> str:
        return self._kept(story, field, f"+7709{self._rng.randrange(10**7):07}")

    def number(self, story: str, field: str, birth_date: str) -> str:
        """An identity number that was never issued (its seventh digit) and yet passes every check."""
        day = birth_date[2:4] + birth_date[5:7] + birth_date[8:10]
        starts = (f"{day}{self._rng.choice('78')}{self._rng.randrange(10**4):04}" for _ in count())
        start = next(one for one in starts if check_digit(one) is not None)
        return self._kept(story, field, f"{start}{check_digit(start)}")

    def _kept(self, story: str, field: str, text: str) -> str:
        self.birds.append(Bird(story, field, text))
        return text

