"""Does an invented day have the proportions of the sources, and does it come out the same each time?"""

import json
from collections import Counter
from datetime import date, datetime
from statistics import mean

import pytest

from simulation.day import generate_day
from simulation.figures import figures, regions

DAY = date(2026, 11, 20)
COUNT = 20_000
TABLE = figures("proportions")
KEYS = [
    *("kui_number", "station", "territory", "recorded_at", "occurred_at", "channel", "reporter"),
    *("victim", "respondent", "relation", "intoxication", "violence", "injury", "weapon", "children"),
    *("complaint", "consent", "safe_contact", "address", "narrative", "outcome", "officer"),
]


def share(bodies, test) -> float:
    return sum(map(bool, map(test, bodies))) / len(bodies)


def as_bytes(reports) -> bytes:
    return json.dumps(
        [(report.at.isoformat(), report.body) for report in reports], ensure_ascii=False
    ).encode()


def identity(body) -> tuple[str, str]:
    return body["station"], body["kui_number"]


def test_same_seed_gives_equal_bytes():
    assert as_bytes(generate_day(3, DAY, 500)) == as_bytes(generate_day(3, DAY, 500))


def test_another_seed_gives_other_reports():
    assert as_bytes(generate_day(3, DAY, 50)) != as_bytes(generate_day(4, DAY, 50))


@pytest.mark.parametrize("count", [0, 1, 2, 300])
def test_a_day_has_as_many_reports_as_asked(count):
    assert len(generate_day(1, DAY, count)) == count


def test_reports_come_sorted_by_arrival(reports):
    assert reports == sorted(reports, key=lambda report: report.at)


def test_every_body_has_the_promised_keys(bodies):
    assert all(list(body) == KEYS for body in bodies)
    assert json.loads(json.dumps(bodies[0])) == bodies[0]


def test_each_region_has_its_share_of_reports(bodies):
    found = Counter(body["territory"][:2] for body in bodies)
    expected = {row["kato"]: row["reports"] / 1000 for row in regions().values()}
    assert {kato: found[kato] / COUNT for kato in expected} == pytest.approx(expected, abs=0.012)


def test_each_hour_has_its_share_of_reports(bodies):
    found = Counter(datetime.fromisoformat(body["recorded_at"]).hour for body in bodies)
    assert [found[hour] / COUNT * 100 for hour in range(24)] == pytest.approx(TABLE["hours"], abs=0.8)


@pytest.mark.parametrize("key", ["intoxication", "consent", "channel", "reporter", "relation", "outcome"])
def test_each_answer_is_as_frequent_as_in_the_table(bodies, key):
    found = Counter(body[key] for body in bodies)
    assert {value: found[value] / COUNT for value in TABLE[key]} == pytest.approx(TABLE[key], abs=0.015)


def test_headline_figures_are_those_of_the_facts(bodies):
    assert share(bodies, lambda b: b["intoxication"] in ("alcohol", "drugs")) == pytest.approx(
        0.45, abs=0.015
    )
    assert share(bodies, lambda b: b["children"]) == pytest.approx(0.60, abs=0.015)
    assert mean(b["children"] for b in bodies if b["children"]) == pytest.approx(1.9, abs=0.05)
    assert share(bodies, lambda b: b["victim"]["sex"] == "female") == pytest.approx(0.88, abs=0.01)
    assert share(bodies, lambda b: b["complaint"]) == pytest.approx(0.40, abs=0.015)


def test_repeats_share_the_persons_of_the_first_report(bodies):
    homes = Counter(body["victim"]["iin"] for body in bodies if body["victim"]["iin"])
    repeats = sum(times - 1 for times in homes.values()) / sum(homes.values())
    assert repeats == pytest.approx(0.17, abs=0.02)


def test_five_of_a_thousand_reports_come_twice_unchanged(bodies):
    again = Counter(json.dumps(body, sort_keys=True) for body in bodies)
    assert (COUNT - len(again)) / COUNT == pytest.approx(0.005, abs=0.002)
    assert len({identity(body) for body in bodies}) == len(again), "two reports share a station and a number"


def test_two_of_a_hundred_reports_come_hours_late(reports):
    late = [
        r for r in reports if (r.at - datetime.fromisoformat(r.body["recorded_at"])).total_seconds() >= 3600
    ]
    assert len(late) / COUNT == pytest.approx(0.02, abs=0.004)


def test_every_moment_is_in_the_zone_of_the_country(bodies):
    moments = [body[key] for body in bodies for key in ("recorded_at", "occurred_at")]
    assert all(moment.endswith("+05:00") for moment in moments)
    assert all(body["occurred_at"] < body["recorded_at"] for body in bodies)


def test_safe_contact_has_a_detail_unless_it_is_never(bodies):
    assert all(bool(b["safe_contact"]["detail"]) == (b["safe_contact"]["kind"] != "never") for b in bodies)
