"""Is a time told so that nobody misreads it: on Kazakhstan's clock, with its zone, and how long is left?"""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from plumbing import moments
from plumbing.languages import speeches

NOW = datetime(2026, 11, 24, 5, 6, tzinfo=UTC)
SPOKEN = speeches(Path("services/social_registry").resolve())


def told(filter_, language, *values):
    return re.sub("<[^>]+>", "", filter_(SPOKEN[language], *values)).replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("language, said", [
    ("en", "24 Nov 2026, 10:06 UTC+5"), ("ru", "24 нояб. 2026, 10:06 UTC+5"), ("kk", "24 қар. 2026, 10:06 UTC+5"),
])
def test_a_moment_is_told_on_the_countrys_clock_with_its_zone(language, said):
    assert told(moments.moment, language, NOW) == said


def test_a_time_before_the_change_of_zone_keeps_the_clock_of_its_day():
    assert told(moments.moment, "en", datetime(2024, 2, 1, 5, 0, tzinfo=UTC)).endswith("11:00 UTC+6")


@pytest.mark.parametrize("language, ahead, behind", [
    ("en", "in 2 h 10 min (12:16 UTC+5)", "late by 2 h 10 min (07:56 UTC+5)"),
    ("ru", "через 2 ч 10 мин (12:16 UTC+5)", "просрочено на 2 ч 10 мин (07:56 UTC+5)"),
    ("kk", "2 сағ 10 мин кейін (12:16 UTC+5)", "2 сағ 10 мин кешікті (07:56 UTC+5)"),
])
def test_what_is_due_says_how_long_is_left_and_when_it_ends(language, ahead, behind):
    length = timedelta(hours=2, minutes=10)
    assert told(moments.due, language, NOW + length, NOW) == ahead
    assert told(moments.due, language, NOW - length, NOW) == behind


def test_a_deadline_of_another_day_names_the_day_and_days_have_their_plural():
    assert told(moments.due, "ru", NOW + timedelta(days=3), NOW) == "через 3 дня (27 нояб., 10:06 UTC+5)"
    assert told(moments.due, "ru", NOW + timedelta(days=5), NOW).startswith("через 5 дней")


def test_no_time_at_all_is_a_dash_and_a_day_needs_no_clock():
    assert told(moments.due, "en", None, NOW) == "–" == told(moments.moment, "en", None)
    assert told(moments.day, "kk", date(2026, 11, 24)) == "2026 ж. 24 қараша"
