"""Is a report called late by the rule of its own day, and by no other?"""

from datetime import UTC, datetime, timedelta

from plumbing.rule_files import pack_of
from services.police_intake.oversight.late import QUESTIONS, Registered, late, least, limit
from tests.police_intake.measured import LAW

HOUR = timedelta(hours=1)
DAY = datetime(2026, 11, 22, 10, tzinfo=UTC)
PACK = LAW.registration.pack


def registered(waited, recorded_at=DAY):
    return Registered("report", "station", recorded_at, recorded_at + waited, False)


def shorter_from(day):
    """The rule as if a term of twelve hours had followed on it."""
    text = PACK.texts["registration.toml"]
    ended = text.replace("in_force_from = 2014-09-19", f"in_force_from = 2014-09-19\nin_force_until = {day}")
    next_one = text[text.index("[[rule]]"):].replace("2014-09-19", day).replace("hours_max = 24", "hours_max = 12")
    return pack_of({**PACK.texts, "registration.toml": f"{ended}\n{next_one}"}, QUESTIONS)


def test_a_day_is_in_time_and_a_minute_more_is_late_by_that_minute():
    assert late(PACK, [registered(24 * HOUR)]) == []
    one = registered(24 * HOUR + HOUR / 60)
    [(found, due_at, rule)] = late(PACK, [one])
    assert (found, one.kept_at - due_at) == (one, HOUR / 60) and rule.citation.certainty == "unsourced"


def test_before_the_rule_was_in_force_nothing_is_called_late():
    assert late(PACK, [registered(99 * HOUR, datetime(2014, 9, 18, 10, tzinfo=UTC))]) == []


def test_a_report_is_judged_by_the_rule_of_the_day_it_was_recorded_in_kazakhstan():
    pack = shorter_from("2026-11-23")
    evening = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)  # 23:30 of the 22nd there; an hour later it is the 23rd
    assert late(pack, [registered(20 * HOUR, evening)]) == []
    assert len(late(pack, [registered(20 * HOUR, evening + HOUR)])) == 1
    assert (limit(pack, evening), limit(pack, evening + HOUR), least(pack)) == (24 * HOUR, 12 * HOUR, 12 * HOUR)
