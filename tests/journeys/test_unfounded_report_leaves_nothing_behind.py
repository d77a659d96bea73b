"""The story of a report that turns out to be unfounded."""

import pytest

from tests.journeys import telling

pytestmark = [pytest.mark.journey, pytest.mark.stack]


def test_an_unfounded_report_leaves_nothing_behind(whole):
    report = telling.post(whole, telling.report(whole, intoxication="alcohol", children=1))
    kinds = ("shelter", "detox", "child_notice")
    needs = {kind: telling.need_id(whole, report, kind) for kind in kinds}
    whole.take_back(report)
    assert telling.states(whole, report) == dict.fromkeys(kinds, "withdrawn")
    for kind, need in needs.items():
        owner = "health_narcology" if kind == "detox" else "social_registry"
        assert telling.listed(whole, owner, need) == {}
        assert whole.sql(owner, "SELECT count(*) FROM keys.one_time WHERE need_id = %s", need) == [(0,)]
        assert whole.sql(owner, "SELECT count(*) FROM clocks WHERE subject = %s AND ended_at IS NULL", need) == [(0,)]
        assert whole.sql(owner, "SELECT count(*) FROM holds WHERE need_id = %s AND released_at IS NULL", need) == [(0,)]
    assert whole.sql("referral_router", "SELECT count(*) FROM tasks WHERE subject = ANY(%s) AND closed_at IS NULL",
                     list(needs.values())) == [(0,)]
