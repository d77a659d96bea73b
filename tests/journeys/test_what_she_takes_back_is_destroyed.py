"""The story of a consent: given, held, a card sealed, taken back, destroyed at every holder, and each of them says so."""

from datetime import UTC, datetime

import pytest

from plumbing import one_time
from plumbing.sealing import unseal
from plumbing.vault.opening import open_vault
from services.police_intake.consent.notices import LAW
from tests import stores
from tests.journeys import telling
from tests.police_intake import opened
from tests.talking import ask_patiently, form

pytestmark = [pytest.mark.journey, pytest.mark.stack]
CENTRE = "social_registry"
NARROW = {"scope": "part", "recipients": ["crisis_centre"], "classes": ["name"], "term_days": "30", "notice_language": "kk"}


def card(whole, need):
    """The card of this need's holder as it reads it; empty without a card or a key."""
    rows = whole.sql(CENTRE, "SELECT r.sealed, k.attempt, k.private_key FROM referrals r JOIN keys.one_time k USING (need_id, attempt)"
                     " WHERE need_id = %s AND r.sealed IS NOT NULL", need)
    if not rows:
        return {}
    sealed, attempt, wrapped = rows[0]
    open_vault(whole.stack.keys, CENTRE)
    try:
        [private] = opened.look(whole.stack.dsn(CENTRE), lambda tx: one_time.opened(tx, [(need, attempt, wrapped)]))
    finally:
        stores.use_keys()
    return unseal(bytes(sealed), bytes(private))


def take_back(whole, report):
    url = f"{whole.url('police_intake')}/reports/{report}/consent-withdrawal"
    status, told = ask_patiently("POST", url, {"by": "Aigul", "how": "telephone"}, {"Idempotency-Key": f"back/{report}"})
    assert (status, told["state"]) == (200, "consent_withdrawn"), told
    whole.rest()
    return whole.see(report)["consent"]


def test_what_she_takes_back_is_destroyed_at_every_holder_and_each_says_so(whole):
    report = telling.post(whole, telling.report(whole, children=1))
    need, notice = (telling.need_id(whole, report, kind) for kind in ("shelter", "child_notice"))
    telling.act(whole, CENTRE, notice, "visit")
    whole.rest()
    assert card(whole, need)["name"] and card(whole, notice)["name"] and "address" in card(whole, notice)
    consent = take_back(whole, report)
    passed = consent["withdrawal"]
    assert (consent["state"], passed["holders"], passed["acknowledged"]) == ("withdrawn", 2, 2) and passed["done_at"]
    assert whole.sql(CENTRE, "SELECT count(*) FROM keys.one_time WHERE need_id = %s", need) == [(0,)]
    assert whole.sql(CENTRE, "SELECT count(*) FROM holds WHERE need_id = %s AND released_at IS NULL", need) == [(0,)]
    assert "name" not in card(whole, notice) and "address" in card(whole, notice), "the home is visited all the same"
    seen = telling.states(whole, report)
    assert (seen["shelter"], seen["offer_help"], seen["child_notice"]) == ("withdrawn", "with_person", "closed")
    page = telling.page(whole, f"/reports/{report}/consent")
    assert "withdrawal: 2 of 2 holders acknowledged" in page


def test_a_guest_who_is_there_stays_without_a_name(whole):
    report = telling.post(whole, telling.report(whole))
    need = telling.need_id(whole, report, "shelter")
    telling.act(whole, CENTRE, need, "arrived")
    whole.rest()
    consent = take_back(whole, report)
    assert (consent["withdrawal"]["holders"], consent["withdrawal"]["acknowledged"]) == (1, 1)
    assert card(whole, need) == {} and telling.listed(whole, CENTRE, need)["state"] == "arrived"
    assert telling.states(whole, report) == {"shelter": "arrived", "offer_help": "with_person"}
    telling.act(whole, CENTRE, need, "left")
    assert telling.states(whole, report)["shelter"] == "arrived", "police do not learn how long she stays"


def test_only_what_she_agreed_to_stands_on_the_card(whole):
    report = telling.post(whole, telling.report(whole, consent="not_asked"))
    url = f"{whole.url('police_intake')}/reports/{report}/answers"
    today = LAW.current(datetime.now(UTC)).name
    answers = {"report_id": report, "by": "Aigul", "consent": "yes", "asked_apart": "yes", "notice": today, **NARROW}
    assert form(url, **answers) == 303
    need = telling.need_id(whole, report, "shelter")
    assert set(card(whole, need)) == {"name", "safe_contact", "safe_contact_detail"}
    assert card(whole, need)["safe_contact"] == "never"


def test_two_people_may_tell_what_saves_her_life_and_a_third_looks_at_it(whole):
    report = telling.post(whole, telling.report(whole, consent="not_asked"))
    url = f"{whole.url('police_intake')}/reports/{report}/consent/disclosure"
    assert form(url, report_id=report, reason="danger_to_life", by="Dana") == 303
    assert form(f"{url}/decision", report_id=report, version="1", allow="yes", by="Dana") == 409
    assert form(f"{url}/decision", report_id=report, version="1", allow="yes", by="Arman") == 303
    need = telling.need_id(whole, report, "shelter")
    assert card(whole, need)["name"] and "phone" not in card(whole, need)
    assert form(f"{url}/review", report_id=report, version="1", lawful="no", by="Saule") == 303
    assert telling.states(whole, report)["shelter"] == "withdrawn" and card(whole, need) == {}
