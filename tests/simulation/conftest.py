"""Which invented day do these tests look at? One of 20,000 reports, made once."""

from datetime import date

import pytest

from simulation.day import generate_day


@pytest.fixture(scope="session")
def reports():
    return generate_day(7, date(2026, 11, 20), 20_000)


@pytest.fixture(scope="session")
def bodies(reports):
    return [report.body for report in reports]
