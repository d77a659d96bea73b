"""What is the noisiest report there can be, with everything in it that would find her or tell on her? Invented people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from services.police_intake.report import Consent, Injury, Intoxication, SafeContact, SafeContactKind, Violence
from tests.police_intake.intake import HER_IIN, HIS_IIN, HOUR, NOW, person
from tests.police_intake.journal_text import iin

WORD = re.compile(r"[\w+.-]{5,}")
CHILDS_IIN, DIAGNOSIS = iin("15040387993"), "F10.2"
HER = replace(person("Сейітова Зәуре", "1974-08-12", HER_IIN), phone="+77090000001", sex="female")
HIM = replace(person("Жұмабайов Ерлан", "1998-02-20", HIS_IIN), phone="+77090000002", sex="male")
NOISY: dict[str, Any] = {
    "victim": HER, "respondent": HIM, "occurred_at": NOW - 2 * HOUR, "intoxication": Intoxication.DRUGS, "violence": tuple(Violence),
    "injury": Injury.GRAVE, "weapon": "нож с кухни", "weapon_seen": True, "children": 3, "complaint": True, "consent": Consent.YES,
    "safe_contact": SafeContact(SafeContactKind.ONLY_AT, "через сестру Бибігүл, 10–12"), "address": "ул. Потайная, 77",
    "narrative": f"Дочь, ИИН {CHILDS_IIN}, учится в школе 61. {DIAGNOSIS}.", "outcome": f"увезена в убежище; {DIAGNOSIS}",
    "officer": "Сержант Ойдан Шыққан",
}
# What of a report stands on papers; everything else of it, and every field it gets one day, stands on none.
SHOWN = {"kui_number", "recorded_at", "occurred_at", "station", "victim.name", "respondent.name", "respondent.birth_date", "relation",
         "intoxication", "violence", "children"}


def noise(told: Mapping[str, Any], under: str = "") -> Iterator[tuple[str, str]]:
    """(field, word) of all that stands in a report and on no paper, if it is long enough to be nobody else's."""
    for name, value in told.items():
        if isinstance(value, dict):
            yield from noise(value, f"{under}{name}.")
        elif f"{under}{name}" not in SHOWN and isinstance(value, str):
            yield from ((f"{under}{name}", word) for word in WORD.findall(value))
