"""Does an invented year have its seasons, weekends and repeats, and does it hold only a day at a time?"""

from collections import defaultdict
from datetime import date
from itertools import islice, pairwise
from random import Random
from statistics import mean

import pytest

from simulation.year import day_shares, generate_year, poisson, repeat_gap_days


@pytest.fixture(scope="module")
def year():
    return list(generate_year(5, 2026, 8_000))


def test_a_year_has_about_as_many_reports_as_asked(year):
    assert len(year) == pytest.approx(8_000, rel=0.05)


def test_same_seed_begins_the_same_year():
    assert list(islice(generate_year(5, 2026), 40)) == list(islice(generate_year(5, 2026), 40))


def test_reports_of_a_year_arrive_in_order(year):
    assert all(before.at <= after.at for before, after in pairwise(year))


def test_a_third_of_the_reports_fall_on_the_weekend(year):
    assert mean(report.at.weekday() >= 5 for report in year) == pytest.approx(0.34, abs=0.03)


def test_day_shares_add_up_to_one_year():
    shares = day_shares(2028)
    assert len(shares) == 366
    assert sum(shares.values()) == pytest.approx(1)
    assert shares[date(2028, 1, 1)] > 1.5 * shares[date(2028, 1, 8)]


def test_a_number_is_given_once_a_year_in_a_station(year):
    first = {(r.body["station"], r.body["kui_number"]): r.body for r in year}
    again = [r for r in year if first[r.body["station"], r.body["kui_number"]] != r.body]
    assert not again


def test_more_than_half_of_the_repeats_come_within_ninety_days():
    # Facts §6: 57 % of the repeats inside 320 days come before day 90.
    rng = Random(1)
    gaps = [gap for gap in (repeat_gap_days(rng) for _ in range(20_000)) if gap <= 320]
    assert mean(gap <= 90 for gap in gaps) == pytest.approx(0.573, abs=0.015)


def test_a_home_reports_again_within_the_year(year):
    days = defaultdict(set)
    for report in year:
        days[report.body["victim"]["iin"], report.body["address"]].add(report.body["recorded_at"][:10])
    assert sum(len(moments) > 1 for moments in days.values()) / len(days) > 0.05


def test_poisson_arrivals_have_the_expected_mean():
    rng = Random(1)
    assert mean(poisson(rng, 6.5) for _ in range(4000)) == pytest.approx(6.5, abs=0.2)
