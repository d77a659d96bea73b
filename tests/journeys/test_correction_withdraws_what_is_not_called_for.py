"""The story of a report that was written down wrongly at first."""

import pytest

from tests.journeys import telling

pytestmark = [pytest.mark.journey, pytest.mark.stack]


def test_a_correction_withdraws_only_what_is_no_longer_called_for(whole):
    body = telling.report(whole, intoxication="alcohol", children=2)
    report = telling.post(whole, body)
    assert telling.states(whole, report) == {"shelter": "answered", "detox": "answered", "child_notice": "asked"}
    shelter, detox = (telling.need_id(whole, report, kind) for kind in ("shelter", "detox"))
    telling.correct(whole, report, {**body, "intoxication": "none"})
    assert telling.states(whole, report) == {"shelter": "answered", "detox": "withdrawn", "child_notice": "asked"}
    assert telling.listed(whole, "health_narcology", detox) == {}
    assert telling.listed(whole, "social_registry", shelter)["state"] == "confirmed"
    assert len(telling.attempts(whole, shelter)) == 1


def test_a_correction_to_another_woman_who_waits_already_refers_her_once(whole):
    first, second = telling.report(whole), telling.report(whole)
    reports = [telling.post(whole, body) for body in (first, second)]
    need = telling.need_id(whole, reports[0], "shelter")
    telling.correct(whole, reports[1], {**second, "victim": first["victim"]})
    assert telling.needs(whole, reports[1])["shelter"]["state"] == "answered"
    live = whole.sql("referral_router", "SELECT need_id FROM needs WHERE kind = 'shelter' AND report_id = ANY(%s)"
                     " AND state <> 'withdrawn'", reports)
    assert live == [(need,)]
