"""Which value of a closed list stands in a cell, and when is it unknown and doubted?"""

import re
from enum import StrEnum
from typing import TypeVar, cast

from services.police_intake.journal.cells import Cells, is_unsaid, single_line
from services.police_intake.journal.words import meaning_of
from services.police_intake.report import SafeContact, SafeContactKind, Violence

_CHILDREN_MAX = 20
_SAFE_CONTACT_CHARACTERS_MAX = 300
_AND = re.compile(r"[,;/+\n]|\s+(?:и|және|мен)\s+")
_NO_VIOLENCE_KIND = frozenset(("нет", "жоқ"))
_NO_WEAPON = frozenset(("нет", "без оружия", "отсутствует", "не применялось", "жоқ", "қарусыз"))
_WEAPON_UNSPECIFIED = frozenset(("да", "есть", "бар", "иә"))
_NEVER = frozenset(
    ("не звонить", "нет", "нельзя", "никогда", "не связываться", "звонить нельзя", "не беспокоить",
     "не писать", "хабарласпау", "хабарласпаңыз", "қоңырау шалмау", "қоңырау шалмаңыз", "болмайды", "жоқ")
)  # fmt: skip
_FORBIDDING = re.compile(r"\b(?:не|нельзя|запрещено|опасно)\b|\w(?:майды|мейді|маңыз|меңіз)\b")
_THROUGH = re.compile(r"^(?:только )?через \w|\w арқылы\b")
_TIMES_OR_NUMBERS = re.compile(
    r"\b(?:с|до|после|только|сағат|кейін|дейін)\b.*\d|\d{1,2}[:.]\d\d|(?:\d[\s\-()]*){10}|\bкод\b"
)

Coded = TypeVar("Coded", bound=StrEnum)


def read_coded(cells: Cells, column: str, unknown: Coded) -> Coded:
    text = cells.text(column)
    meaning = meaning_of(column, text) if text else None
    if meaning is not None:
        return type(unknown)(meaning)
    if not is_unsaid(single_line(text)):
        cells.doubt(column)
    return unknown


def read_violence(cells: Cells) -> tuple[Violence, ...]:
    """Every kind that can be read, in the order of the closed list; one unknown word loses no other."""
    kinds = set()
    for word in _AND.split(cells.text("violence")):
        word = single_line(word.strip())
        meaning = meaning_of("violence", word)
        if meaning is not None:
            kinds.add(Violence(meaning))
        elif not is_unsaid(word) and word.casefold() not in _NO_VIOLENCE_KIND:
            cells.doubt("violence")
    return tuple(kind for kind in Violence if kind in kinds)


def read_complaint(cells: Cells) -> bool | None:
    text = cells.text("complaint")
    meaning = meaning_of("complaint", text)
    if meaning is None and not is_unsaid(single_line(text)):
        cells.doubt("complaint")
    return cast(bool | None, meaning)


def read_weapon(cells: Cells) -> tuple[str | None, bool | None]:
    """What it was, and whether one was seen; an answer without a word stays open (None)."""
    text = cells.text("weapon")
    folded = text.casefold()
    if folded in _NO_WEAPON:
        return None, False
    if is_unsaid(text):
        return None, None
    return (None if folded in _WEAPON_UNSPECIFIED else text), True


def read_children(cells: Cells) -> int | None:
    text = cells.line("children")
    if text.casefold() in ("нет", "жоқ"):
        return 0
    if is_unsaid(text):
        return None
    if re.fullmatch(r"[0-9]{1,2}", text) and int(text) <= _CHILDREN_MAX:
        return int(text)
    cells.doubt("children")
    return None


def read_safe_contact(cells: Cells) -> SafeContact:
    """Only a clear permission is one; everything else means never (docs/facts.md §7)."""
    text = cells.line("safe_contact")
    folded = text.casefold()
    if folded in _NEVER or is_unsaid(text):
        return SafeContact()
    if len(text) <= _SAFE_CONTACT_CHARACTERS_MAX and not _FORBIDDING.search(folded):
        if _THROUGH.search(folded):
            return SafeContact(SafeContactKind.THROUGH_TRUSTED_PERSON, text)
        if _TIMES_OR_NUMBERS.search(folded):
            return SafeContact(SafeContactKind.ONLY_AT, text)
    cells.doubt("safe_contact")
    return SafeContact()
