"""Does an alert say nothing that tells who, where or why, fit one short message, and reach a real gateway?"""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbing.alerts.failures import PermanentFailure, TemporaryFailure
from plumbing.alerts.gateways import gateways
from plumbing.alerts.recipients import Recipient, Recipients, UnusableRecipients, read_recipients
from plumbing.alerts.texts import LENGTH_MAX, text
from plumbing.languages import NAMES
from plumbing.moments import ZONE
from tests.house import tree
from tests.plumbing.ringing import mail_server, sms_gateway
from tests.stores import NOW

TEXT = "Qorgan: 1 new, answer by 14:32. Open your list."


@given(language=st.sampled_from(list(NAMES)), count=st.integers(1, 10**6), minutes=st.integers(-10**5, 10**5))
def test_a_text_holds_a_number_and_a_time_and_nothing_else_that_changes(language, count, minutes):
    """Neither need nor place nor name is given to it; what is left without the figures is one of two fixed texts."""
    told = text(language, count, NOW + timedelta(minutes=minutes), NOW)
    assert len(told.encode("utf-16-be")) // 2 <= LENGTH_MAX
    fixed = "".join(one for one in told if not one.isdigit() and one != ":")
    assert len({fixed}) and fixed.replace("  ", " ").startswith("Qorgan ") and fixed.isprintable()
    figures = set(told.replace(":", " ").replace(",", " ").replace(".", " ").split()) & {str(min(count, 9999))}
    assert figures == {str(min(count, 9999))}
    assert f"{(NOW + timedelta(minutes=minutes)).astimezone(ZONE):%H:%M}" in told


@pytest.mark.parametrize("language", NAMES)
def test_new_and_late_are_two_texts_and_there_is_no_third(language):
    fixed = {
        "".join(one for one in text(language, count, NOW + timedelta(minutes=due), NOW) if not one.isdigit())
        for count in (1, 2, 5, 300) for due in (-30, 30)
    }
    assert len(fixed) == 2


def test_an_sms_reaches_a_real_gateway_with_its_token_and_a_key_against_doubles(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with sms_gateway() as (url, sent):
        told = {"url": url, "to_field": "phone", "text_field": "mes", "token": "t", "fields": {"login": "q"}}
        gateways({"sms": told})["sms"](Recipient("desk", "sms", "+7709"), TEXT, "ring")
    [(form, headers)] = sent
    assert form == {"login": "q", "phone": "+7709", "mes": TEXT}
    assert (headers["Authorization"], headers["Idempotency-Key"]) == ("Bearer t", "ring")


@pytest.mark.parametrize("status, failure", [(500, TemporaryFailure), (429, TemporaryFailure), (400, PermanentFailure), (404, PermanentFailure)])
def test_a_gateways_refusal_tells_whether_trying_again_helps(monkeypatch, status, failure):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with sms_gateway([status]) as (url, _), pytest.raises(failure):
        gateways({"sms": {"url": url}})["sms"](Recipient("desk", "sms", "+7709"), TEXT, "ring")


def test_a_mail_is_taken_by_a_real_server_and_says_only_the_text():
    with mail_server() as (port, mails):
        told = {"host": "127.0.0.1", "port": port, "starttls": False, "sender": "q@example.kz"}
        gateways({"email": told})["email"](Recipient("desk", "email", "desk@example.kz"), TEXT, "ring")
    assert f"Subject: {TEXT}" in mails[0] and mails[0].count(TEXT) == 2 and "<ring@example.kz>" in mails[0]


@pytest.mark.parametrize("refusal, failure", [("550 nobody", PermanentFailure), ("451 later", TemporaryFailure)])
def test_a_mailbox_that_refuses_for_good_is_told_from_one_that_is_busy(refusal, failure):
    with mail_server(refusal) as (port, _), pytest.raises(failure):
        told = {"host": "127.0.0.1", "port": port, "starttls": False, "sender": "q@example.kz"}
        gateways({"email": told})["email"](Recipient("desk", "email", "desk@example.kz"), TEXT, "ring")


@pytest.mark.parametrize("way, told", [("sms", {"url": "http://127.0.0.1:1/"}), ("email", {"host": "127.0.0.1", "port": 1, "sender": "q@e.kz"})])
def test_a_gateway_that_does_not_answer_is_tried_again(monkeypatch, way, told):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with pytest.raises(TemporaryFailure):
        gateways({way: told})[way](Recipient("desk", way, "x@example.kz"), TEXT, "ring")


def test_the_example_names_somebody_for_every_service(monkeypatch):
    for name in ("QORGAN_SMS_TOKEN", "QORGAN_SMTP_PASSWORD"):
        monkeypatch.setenv(name, "secret")
    for service in tree.services():
        if service != "situation_monitor":
            found = read_recipients(str(tree.ROOT / "deploy/alerts.example.toml"), service)
            assert found.at("nobody named this", "KZ-10", 0) is not None
    assert found.gateways["sms"]["token"] == "secret"


def test_a_queue_of_a_region_comes_before_the_queue_and_the_default():
    people = {name: Recipient(name) for name in "abc"}
    told = Recipients(people, {"desk@KZ-10": ("a", "b"), "desk": ("b",), "default": ("c",)})
    asked = [("desk", "KZ-10", 0), ("desk", "KZ-10", 1), ("desk", "KZ-11", 0), ("other", "", 0)]
    assert [told.at(*one).name for one in asked] == ["a", "b", "b", "c"]
    assert told.at("desk", "KZ-10", 2) is None


@pytest.mark.parametrize("told, named", [
    ("[service.social_registry]\n'cc-1' = []", "no default"), ("[service.other]\ndefault = ['a']", "social_registry"),
    ("[service.social_registry]\ndefault = ['a']", "is no recipient"), ("[recipient.a]\nway = 'pigeon'", "needs a way"),
    ("[recipient.a]\nway = 'sms'\nto = '1'\n[service.social_registry]\ndefault = ['a']", "no gateway for sms"), ("[", "cannot be used"),
])
def test_a_file_by_which_somebody_would_not_be_rung_stops_the_start_with_one_sentence(tmp_path, told, named):
    path = tmp_path / "alerts.toml"
    path.write_text(told, "utf-8")
    with pytest.raises(UnusableRecipients, match=named):
        read_recipients(str(path), "social_registry")


def test_without_a_file_everything_rings_at_the_console_in_the_settings_language():
    found = read_recipients("", "social_registry", "ru").at("cc-1", "KZ-10", 0)
    assert (found.way, found.language) == ("console", "ru")
