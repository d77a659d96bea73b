"""The story of a report that is decided again later, from what was kept of it: over the real broker, byte for byte."""

from contextlib import closing

import pytest

from plumbing.postgres import Database
from plumbing.replaying import Replay
from services.referral_router.wiring import LAW, SERVICE
from tests.journeys import telling

pytestmark = [pytest.mark.journey, pytest.mark.stack]
ROUTER = "referral_router"


def test_every_decision_of_the_router_comes_out_equal_after_a_whole_story(whole):
    report = telling.post(whole, telling.report(whole, intoxication="alcohol", complaint=False))
    assert telling.states(whole, report)["shelter"] in ("answered", "with_person")
    whole.rest()
    found = whole.sql(ROUTER, "SELECT findings FROM decisions WHERE key = %s AND findings <> '[]'", report)
    assert [True, "complaint=no", ""] in [one[1:] for one in found[-1][0]], "what police wrote has reached the law"
    with closing(Database(whole.stack.dsn(ROUTER), "tests")) as database:
        outcome = Replay(SERVICE, database).run()
    assert outcome.differing == {} and outcome.decisions > 50
    assert whole.sql(ROUTER, "SELECT law_hash FROM rule_packs") == [(LAW.digest,)], "kept at the start, before any decision"
