"""By when must a breach be told? One business day, by the days written down."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from plumbing.audit import breach


@pytest.mark.parametrize(("known", "day"), [
    ("2026-11-24T10:00:00+05:00", "2026-11-25"),  # Tuesday
    ("2026-11-27T23:30:00+05:00", "2026-11-30"),  # Friday: until the end of Monday
    ("2026-11-26T21:30:00+00:00", "2026-11-30"),  # it is Friday in Kazakhstan already
    ("2026-12-15T10:00:00+05:00", "2026-12-17"),  # the day after is Independence Day
    ("2026-12-31T10:00:00+05:00", "2027-01-05"),  # New Year, a weekend, and its Monday
    ("2026-03-20T10:00:00+05:00", "2026-03-26"),  # Nauryz, moved on from its weekend
])
def test_what_is_known_today_must_be_told_by_the_end_of_the_next_business_day(known, day):
    told = breach.deadline(datetime.fromisoformat(known))
    assert told.isoformat() == f"{day}T23:59:59+05:00"


def test_a_year_without_holidays_is_asked_for_instead_of_guessed():
    with pytest.raises(LookupError, match=r"the holidays of 2031 are not in plumbing/audit/audit\.toml"):
        breach.is_business_day(date(2031, 1, 1))


def test_a_report_counts_whom_it_names():
    then = datetime(2026, 11, 24, tzinfo=UTC)
    told = breach.report([("report", "one", 3, then, then)], then)
    assert (told["objects"], told["touched"][0]["times"]) == (1, 3)
