"""Which day, and which minute, did the clerk write?"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, timezone
from functools import lru_cache
from typing import NamedTuple

KAZAKHSTAN = timezone(timedelta(hours=5))  # one zone; every statutory clock is in it (docs/facts.md §1, §3)
AGE_YEARS_MAX = 120
_YEAR_MIN, _YEAR_MAX = 1900, 2200

_CLOCK = r"(?:[T ,]+(?:в )?(?P<hour>\d{1,2})[:.\-](?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?)?"
_ZONE = r"(?: ?(?P<zone>Z|[+-]\d{2}:?\d{2}))?"
_DAY_FIRST = r"(?P<day>\d{1,2})[./\-](?P<month>\d{1,2})[./\-](?P<year>\d{4}|\d{2})"
_YEAR_FIRST = r"(?P<year>\d{4})[./\-](?P<month>\d{1,2})[./\-](?P<day>\d{1,2})"
_G = r"(?: ?г(?:\.|ода|од)?)?"
_FORMS = (
    re.compile(_DAY_FIRST + _G + _CLOCK, re.ASCII | re.IGNORECASE),
    re.compile(_YEAR_FIRST + _CLOCK + _ZONE, re.ASCII | re.IGNORECASE),
)
_MONTHS = (
    "янв|қаң", "фев|ақп", "мар|нау", "апр|сәу", "мая|май|мам", "июн|мау",
    "июл|шіл", "авг|там", "сен|қыр", "окт|қаз", "ноя|қар", "дек|жел",
)  # fmt: skip
_MONTH_WORD = rf"(?P<word>(?:{'|'.join(_MONTHS)})[а-яәғқңөұүһі]*)"
_TITLE_FORMS = (
    *(re.compile(r"(?<!\d)" + form.pattern + r"(?!\d)", form.flags) for form in _FORMS),
    re.compile(rf"(?<!\d)(?P<day>\d{{1,2}}) +{_MONTH_WORD} +(?P<year>\d{{4}}){_G}{_CLOCK}"),
    re.compile(rf"(?P<year>\d{{4}}) жылғы (?P<day>\d{{1,2}}) +{_MONTH_WORD}{_CLOCK}"),
)
_EXTRACT_WORDS = re.compile(r"выгруз|сформирован|состояни|создан|жүкте|жасал|көшірме|extract|export")


def in_kazakhstan(moment: datetime) -> datetime:
    """What a form gives without a zone was typed by a clock here: the page says so."""
    return moment if moment.tzinfo else moment.replace(tzinfo=KAZAKHSTAN)


class Written(NamedTuple):
    """What was read; `exact` is False where something was mended or left out (the hour, the century)."""

    moment: datetime | None
    exact: bool

    @property
    def latest(self) -> datetime | None:
        """The last minute it may mean: for a day without an hour, the day's end."""
        return self.moment if self.exact or self.moment is None else self.moment + timedelta(hours=24)


NOTHING = Written(None, False)


def read_moment(text: str) -> Written:
    """A time in Kazakhstan. A day without an hour is its midnight, and not exact."""
    for form in _FORMS:
        found = form.fullmatch(text)
        if found:
            return _moment(found.groupdict())
    return NOTHING


@lru_cache(maxsize=10_000)
def read_birth_date(text: str, today: date) -> tuple[date | None, bool]:
    """The day and whether it was written in full; None when no living person has it."""
    written = read_moment(text)
    if written.moment is None:
        return None, False
    day = written.moment.date()
    if not re.search(r"\d{4}", text):  # «12.08.74»: one century only may fit a living person
        candidates = [day, _years_before(day, 100)]
        living = [each for each in candidates if each and _alive(each, today)]
        return (living[0], False) if len(living) == 1 else (None, False)
    return (day, True) if _alive(day, today) else (None, False)


def find_extract_time(titles: Iterable[str]) -> datetime | None:
    """When the extract was made, from the title rows: the date after a word of extraction, else the last."""
    title = " ".join(unicodedata.normalize("NFKC", " ".join(titles)).casefold().split())
    word = _EXTRACT_WORDS.search(title)
    after = _moments_in(title[word.start() :]) if word else []
    return after[0] if after else max(_moments_in(title), default=None)


def _moments_in(title: str) -> list[datetime]:
    found = sorted((m for form in _TITLE_FORMS for m in form.finditer(title)), key=lambda m: m.start())
    moments = (_moment(match.groupdict()).moment for match in found)
    return [moment for moment in moments if moment is not None]


def _alive(day: date, today: date) -> bool:
    oldest = _years_before(today, AGE_YEARS_MAX)
    return oldest is None or oldest <= day <= today


def _years_before(day: date, years: int) -> date | None:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return None if day.year <= years else day.replace(year=day.year - years, day=28)


def _moment(parts: dict[str, str | None]) -> Written:
    year = int(parts["year"] or 0)
    year += 2000 if len(parts["year"] or "") == 2 else 0
    try:
        day = date(year, _month(parts), int(parts["day"] or 0))
        hour, minute, second = (int(parts[part] or 0) for part in ("hour", "minute", "second"))
        clock = time(hour, minute, second)
    except ValueError:
        return NOTHING
    if not _YEAR_MIN <= year <= _YEAR_MAX:
        return NOTHING
    return Written(_in_kazakhstan(day, clock, parts.get("zone")), parts["hour"] is not None)


def _month(parts: dict[str, str | None]) -> int:
    word = parts.get("word")
    if word is None:
        return int(parts["month"] or 0)
    return 1 + next(i for i, starts in enumerate(_MONTHS) if word.startswith(tuple(starts.split("|"))))


def _in_kazakhstan(day: date, clock: time, zone: str | None) -> datetime | None:
    moment = datetime.combine(day, clock, KAZAKHSTAN)
    if zone is None:
        return moment
    try:
        return datetime.fromisoformat(f"{moment:%Y-%m-%dT%H:%M:%S}{zone.upper()}").astimezone(KAZAKHSTAN)
    except ValueError:
        return None
