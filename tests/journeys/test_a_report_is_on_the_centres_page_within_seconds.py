"""Is a patrol's report on the centre's page before the officer looks up? Posted here, read there as HTML."""

import re
import time

import pytest

from tests.journeys.telling import report
from tests.talking import ask

pytestmark = [pytest.mark.journey, pytest.mark.stack]
SECONDS = 3.0


def listed(whole):
    _, page = ask("GET", f"{whole.url('social_registry')}/worklist", headers={"Accept": "text/html"})
    return set(re.findall(r"/referrals/([0-9a-f-]{36})", page))


def test_a_patrols_report_is_on_the_centres_page_before_the_officer_looks_up(whole):
    before = listed(whole)
    body = report(whole)
    began = time.monotonic()
    report_id, = whole.post([body])
    wanted = whole.wait(lambda: [one["need_id"] for one in whole.see(report_id)["needs"] if one["kind"] == "shelter"])
    whole.wait(lambda: set(wanted) <= listed(whole) - before, SECONDS)
    assert time.monotonic() - began < SECONDS
