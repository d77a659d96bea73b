"""Is an erasure complete, and said once by each holder, if holder, router and police die on the way of the word?"""

from datetime import timedelta

import pytest

from tests.journeys import telling
from tests.talking import form

pytestmark = [pytest.mark.failure, pytest.mark.journey, pytest.mark.stack]
POLICE, ROUTER, CENTRES = "police_intake", "referral_router", "social_registry"
WOMEN = 3
PEOPLE = "SELECT victim_id FROM reports WHERE report_id = ANY(%s)"
STATES = "SELECT state FROM erasures WHERE person_id = ANY(%s)"
KEYS = "SELECT count(*) FROM keys.one_time WHERE need_id = ANY(%s)"
SAID = "SELECT key, count(*) FROM outbox WHERE event = 'social_registry.CardErasureAcknowledged' GROUP BY key"


def arrived(world):
    """(reports, needs) of women who were taken in, so that a centre holds the card of each."""
    reports = [telling.post(world, telling.report(world)) for _ in range(WOMEN)]
    needs = [telling.need_id(world, report, "shelter") for report in reports]
    for need in needs:
        telling.act(world, CENTRES, need, "arrived")
    world.rest()
    return reports, needs


def ordered(world, person):
    for act, by in (("request", "Aigul"), ("approve", "Dana")):
        typed = {"person_id": person, "erasure": act, "by": by, "reason": "her_request"}
        assert form(f"{world.url(POLICE)}/persons/{person}/erasure/{act}", **typed) == 303


def test_an_erasure_whose_holder_router_and_police_die_on_the_way_is_complete_and_said_once(whole):
    reports, needs = arrived(whole)
    assert whole.sql(CENTRES, KEYS, needs) == [(WOMEN,)]
    women = [person for (person,) in whole.sql(POLICE, PEOPLE, reports)]
    for person in women:
        ordered(whole, person)
    whole.rest()
    whole.start(CENTRES, QORGAN_MARK="before_commit=kill@1")
    whole.start(ROUTER, QORGAN_MARK="before_commit=kill@1")
    whole.put_clock_forward(timedelta(days=14, hours=1), POLICE)
    whole.wait_for_death(CENTRES)
    whole.start(CENTRES, QORGAN_MARK="after_commit=kill@1")
    whole.wait_for_death(CENTRES)
    whole.start(POLICE, QORGAN_MARK="before_commit=kill@1")
    whole.start(CENTRES)
    whole.wait_for_death(ROUTER)
    whole.start(ROUTER)
    whole.wait_for_death(POLICE)
    whole.start(POLICE)
    whole.rest()
    assert whole.sql(POLICE, STATES, women) == [("complete",)] * WOMEN
    assert whole.sql(CENTRES, KEYS, needs) == [(0,)]
    assert {count for _, count in whole.sql(CENTRES, SAID)} == {1}
