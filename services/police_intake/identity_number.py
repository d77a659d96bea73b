"""Is this individual identification number (IIN) one that can be believed?"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from plumbing.texts import N_

# docs/facts.md §2: a sum of 10 asks for the second pass; a second 10 means the serial is never issued.
_WEIGHTS_FIRST = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_WEIGHTS_SECOND = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
# Digit 7 says century and sex; 0 is seen with foreigners and says no century.
_CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
_SYNTHETIC = "78"  # never allocated, so a made-up person can hit no real one
_SEPARATORS = re.compile(r"[\s.'’‘`\-‐‑–—]+")
_TWELVE_DIGITS = re.compile(r"[0-9]{12}")


@dataclass(frozen=True, repr=False, slots=True)
class IinReading:
    """The number, whether a person may be recognised by it, and what is wrong or was mended ("")."""

    value: str | None
    trusted: bool
    problem: str


def check_digit(first11: str) -> int | None:
    """The twelfth digit that belongs to these eleven; None when such a number is never issued."""
    digits = [int(digit) for digit in first11]
    for weights in (_WEIGHTS_FIRST, _WEIGHTS_SECOND):
        remainder = sum(map(int.__mul__, weights, digits)) % 11
        if remainder < 10:
            return remainder
    return None


def read_iin(text: str, birth_date: date | None, allow_synthetic: bool) -> IinReading:
    """Blank text reads as (None, False, ""): nobody said a number, so nothing is wrong with it."""
    written = text.strip()
    if not written:
        return IinReading(None, False, "")
    number = _SEPARATORS.sub("", unicodedata.normalize("NFKC", written))
    problem = _problem(number, birth_date, allow_synthetic)
    if problem:
        return IinReading(None, False, problem)
    mended = len(number) != len(written)
    return IinReading(number, True, N_("spaces or dashes were taken out") if mended else "")


def _problem(number: str, birth_date: date | None, allow_synthetic: bool) -> str:
    if not _TWELVE_DIGITS.fullmatch(number):
        return N_("an IIN has twelve digits")
    if number[6] in _SYNTHETIC and not allow_synthetic:
        return N_("a synthetic IIN is refused here")
    if number[6] == "9":
        return N_("no century has the digit 9")
    if check_digit(number[:11]) != int(number[11]):
        return N_("the check digit does not fit")
    if birth_date is None:
        return "" if _is_a_day(number) else N_("the first six digits are no date")
    return "" if _is_day(number, birth_date) else N_("the IIN says another birth date")


def _is_day(number: str, birth_date: date) -> bool:
    year, month, day = birth_date.timetuple()[:3]
    century = _CENTURIES.get(number[6], year - year % 100)
    return number[:6] == f"{year % 100:02}{month:02}{day:02}" and century == year - year % 100


def _is_a_day(number: str) -> bool:
    try:
        # 2000 was a leap year: where no century is said, 29 February is possible.
        date(_CENTURIES.get(number[6], 2000) + int(number[:2]), int(number[2:4]), int(number[4:6]))
    except ValueError:
        return False
    return True


def said_by(number: str, today: date) -> tuple[date | None, str]:
    """(birth date, sex) that a number says; where it names no century, the one in which a living person may be born."""
    if not _TWELVE_DIGITS.fullmatch(number) or _problem(number, None, True):
        return None, "unknown"
    centuries = [_CENTURIES[number[6]]] if number[6] in _CENTURIES else [1900, 2000]
    days = [day for century in centuries if (day := _day_of(number, century)) and day <= today and today.year - day.year <= 120]
    return (days[0] if len(days) == 1 else None), "male" if int(number[6]) % 2 else "female"


def _day_of(number: str, century: int) -> date | None:
    try:
        return date(century + int(number[:2]), int(number[2:4]), int(number[4:6]))
    except ValueError:
        return None
