"""May every service, topic and column hold what it holds? Derived from what each field says of itself."""

from dataclasses import make_dataclass

import pytest

from tests.schemas import audiences, reading
from tests.schemas.audiences import Field
from tests.schemas.test_views import VIEWS

TOPICS = reading.toml("topics.toml")["topics"]
FIELDS = audiences.all_fields()
SERVICES = ("police_intake", "referral_router", "social_registry", "health_narcology", "situation_monitor")
FOLDERS = ("plumbing", *(f"services/{name}" for name in SERVICES))
each_service = pytest.mark.parametrize("service", SERVICES)


def views_of(service):
    return [cls for name, cls in VIEWS.items() if name.split()[0] == service]


def heard_or_said(service):
    events = {event for topic in TOPICS.values() if service in (topic["owner"], *topic["readers"]) for event in topic["events"]}
    return [one for one in FIELDS if one.event in events]


def test_every_field_says_what_it_is_for_and_who_may_know_it():
    assert audiences.unlabelled(FIELDS) == []


def test_every_audience_and_purpose_is_used_and_names_known_services():
    used = {one.audience for one in FIELDS} | {label for folder in FOLDERS for _, label in audiences.labels_of(folder)}
    assert used == set(audiences.LISTS["audiences"]) and {one.purpose for one in FIELDS} == set(audiences.LISTS["purposes"])
    owners = {topic["owner"] for topic in TOPICS.values()} | set(SERVICES)
    for name, one in audiences.LISTS["audiences"].items():
        assert set(one["pages"]) <= set(one["services"]) <= owners and one["meaning"].endswith("."), name


def test_no_topic_tells_anybody_what_they_may_not_know():
    assert list(audiences.on_wrong_topics(TOPICS, FIELDS)) == []


@each_service
def test_no_service_has_a_name_for_what_it_may_not_know(service):
    assert list(audiences.in_wrong_views(service, views_of(service), FIELDS)) == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_column_has_one_audience(folder):
    assert list(audiences.wrongly_listed(audiences.columns_of(folder), audiences.labels_of(folder))) == []


@each_service
def test_no_database_keeps_what_its_service_may_not_know(service):
    for folder in ("plumbing", f"services/{service}"):
        assert list(audiences.in_wrong_databases(service, audiences.labels_of(folder))) == []


@each_service
def test_no_column_tells_more_than_the_message_it_came_in(service):
    assert list(audiences.loosened(service, audiences.labels_of(f"services/{service}"), heard_or_said(service))) == []


def test_the_sides_of_one_report_are_held_together_by_police_and_router_alone():
    holders = {name: set(one["services"]) for name, one in audiences.LISTS["audiences"].items()}
    both = {name for name, services in holders.items() if {"social_registry", "health_narcology"} <= services}
    assert both == {"need", "key", "public", "count", "own", "bytes", "machine"}
    assert {one.name for one in FIELDS if one.audience in both - {"public", "count"}} == {"need_id"}


# Each rule is broken once, to see it fail.

SECRET_FIELD = Field("police_intake.ReportRegistered", "facility_code", "place", "whereabouts")


def test_a_field_without_a_purpose_is_named():
    assert audiences.unlabelled([Field("a.B", "c", "", "police"), Field("a.B", "d", "order", "nobody")]) == [
        "a.B.c: no purpose, police", "a.B.d: order, nobody"]


def test_whereabouts_on_a_topic_of_police_are_named():
    [found] = audiences.on_wrong_topics(TOPICS, [SECRET_FIELD])
    assert "ReportRegistered.facility_code (whereabouts)" in found and "police_intake" in found


def test_a_need_on_the_public_register_is_named():
    planted = Field("social_registry.RegisterEntryOpened", "need_id", "identify", "need")
    [found] = audiences.on_wrong_topics(TOPICS, [planted])
    assert "may not be told to anybody" in found


def test_a_view_of_police_with_a_centre_in_it_is_named():
    planted = make_dataclass("Planted", ["facility_code"], namespace={"event": "referral_router.ShelterReferralIssued"})
    assert list(audiences.in_wrong_views("police_intake", [planted], FIELDS)) == [
        "police_intake has Planted.facility_code (whereabouts)"]


def test_a_column_without_an_audience_or_with_two_is_named():
    columns, labels = [("t", "a"), ("t", "b")], [(("t", "a"), "own"), (("t", "a"), "key"), (("t", "c"), "own")]
    assert list(audiences.wrongly_listed(columns, labels)) == ["t.b has no audience", "t.a has two audiences", "t.c is no column"]


def test_a_name_in_the_database_of_health_is_named():
    assert list(audiences.in_wrong_databases("health_narcology", [(("persons", "name"), "identity")])) == [
        "health_narcology may not keep persons.name (identity)"]


def test_a_centre_kept_as_if_all_of_the_router_might_show_it_is_named():
    [found] = audiences.loosened("referral_router", [(("needs", "facility_code"), "router")], heard_or_said("referral_router"))
    assert "heard it as ['respondent_side', 'victim_side', 'whereabouts']" in found
