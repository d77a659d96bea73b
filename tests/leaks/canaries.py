"""Which texts stand nowhere but in one field of one person, so that whoever finds them knows what leaked?"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any
from urllib.parse import quote

from tests.police_intake.journal_text import GOOD, iin

# Letters that no other script shares: nothing on the way repairs or folds them into something else.
LETTERS = "бгджзлпфцчшщыэюя"


class Canaries:
    """Draws them, and knows each one's field by every form in which it may come back."""

    def __init__(self, seed: int) -> None:
        self._random, self._numbers = Random(seed), count(seed % 1000)
        self.fields: dict[str, str] = {}

    def word(self, field: str) -> str:
        return self._kept(field, "".join(self._random.choices(LETTERS, k=14)))

    def number(self, field: str) -> str:
        """An identity number that fits its check digit; the seventh digit is of nobody."""
        return self._kept(field, iin(f"{self._random.randint(60, 99)}0{self._random.randint(1, 9)}1{self._random.randint(0, 9)}7"
                                     f"{self._random.randint(1000, 9999)}"))

    def phone(self, field: str) -> str:
        return self._kept(field, f"77090{self._random.randint(100_000, 999_999)}")

    def _kept(self, field: str, text: str) -> str:
        self.fields[text] = field
        return text

    def found_in(self, content: bytes | str) -> set[str]:
        """The fields whose canaries are in there: plain, escaped as JSON, as an address or as hexadecimal digits."""
        text = (content if isinstance(content, str) else content.decode("utf-8", "replace")).lower()
        return {field for canary, field in self.fields.items() if any(form in text for form in _forms(canary))}

    def report(self, **changes: Any) -> dict[str, Any]:
        """A report whose every free field holds a canary, of a woman who wants help and may be called."""
        recorded = datetime.now(UTC) - timedelta(minutes=5)
        body = {
            "kui_number": f"{self.phone('kui_number')}", "station": "УП г. Павлодар", "territory": "551000000",
            "recorded_at": recorded.isoformat(), "channel": "call_102", "victim": self._person("victim"),
            "respondent": {**self._person("respondent"), "sex": "male"}, "relation": "spouse", "intoxication": "alcohol",
            "violence": ["physical"], "weapon": self.word("weapon"), "children": 1, "consent": "yes",
            "safe_contact": {"kind": "only_at", "detail": self.word("safe_contact")}, "address": self.word("address"),
            "narrative": self.word("narrative"), "outcome": self.word("outcome"), "officer": self.word("officer"),
        }
        return {**body, **changes}

    def _person(self, who: str) -> dict[str, Any]:
        return {"name": f"{self.word(f'{who}.name')} {self.word(f'{who}.name')}", "birth_date": "1988-04-03", "sex": "female",
                "phone": f"+{self.phone(f'{who}.phone')}"}

    def form(self, **changes: str) -> dict[str, str]:
        typed = {
            "kui_number": self.phone("kui_number"), "station": "УП г. Павлодар", "territory": "551000000",
            "recorded_at": "2026-11-20T14:00", "victim_name": self.word("victim.name"), "victim_phone": self.phone("victim.phone"),
            "respondent_name": self.word("respondent.name"), "address": self.word("address"), "narrative": self.word("narrative"),
            "by": self.word("officer"),
        }
        return {**typed, **changes}

    def row(self, **changes: str) -> dict[str, str]:
        cells = {
            "№ КУИ": self.phone("kui_number"), "Потерпевший": self.word("victim.name"), "ИИН потерпевшего": self.number("victim.iin"),
            "Телефон потерпевшего": self.phone("victim.phone"), "Лицо, указанное в сообщении": self.word("respondent.name"),
            "ИИН лица": self.number("respondent.iin"), "Безопасная связь": self.word("safe_contact"),
            "Адрес события": self.word("address"), "Фабула": self.word("narrative"), "Исполнитель": self.word("officer"),
        }
        return {**GOOD, **cells, **changes}

    def bad_bodies(self) -> Iterable[tuple[bytes, str]]:
        """Bodies that break every rule, each around canaries, with the content type they come under."""
        wrong = [
            {name: self.word(name)} for name in ("territory", "recorded_at", "occurred_at", "channel", "relation", "consent",
                                                 "children", "complaint", "violence", "victim", "safe_contact")
        ]
        wrong += [{"victim": {**self._person("victim"), name: self.word(f"victim.{name}")}} for name in ("iin", "birth_date", "sex", "phone")]
        wrong += [{"victim": {**self._person("victim"), "iin": self.number("iin"), "birth_date": "1999-12-31"}}]
        wrong += [{self.word("a field's name"): self.word("a strange field")}, {"violence": [self.word("violence")]},
                  {"narrative": self.word("narrative") * 2000}, {"address": self.word("address") + "\u0001"},
                  {"narrative": self.word("narrative") + "\ud800"}, {"safe_contact": {"kind": self.word("kind")}},
                  {"kui_number": ""}, {"recorded_at": "2199-01-01T00:00:00+05:00"}]
        yield from ((json.dumps(self.report(**one)).encode(), "application/json") for one in wrong)
        yield from (
            (f'{{"victim": "{self.word("broken JSON")}"'.encode(), "application/json"),
            (b"\xff\xfe" + self.word("not UTF-8").encode("utf-16"), "application/json"),
            (json.dumps([self.report()]).encode(), "application/json"), (json.dumps(self.word("a text")).encode(), "application/json"),
            (f"victim={quote(self.word('a form'))}".encode(), "application/x-www-form-urlencoded"),
            (self.word("no type").encode(), "text/plain"), (self.word("too large").encode() * 50_000, "application/json"),
        )


def _forms(canary: str) -> tuple[str, ...]:
    return (canary, json.dumps(canary)[1:-1].lower(), quote(canary).lower(), canary.encode().hex())
