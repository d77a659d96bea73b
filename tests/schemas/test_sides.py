"""Can anyone who reads both sides' topics tell that two messages are about the same event?"""

import json

import pytest

from tests.schemas import reading

VICTIM, OFFENDER = "social_registry", "health_narcology"
# Texts that name no life: where, under which rule, whose turn.
NO_LIFE = {"region", "basis", "facility_code", "queue"}
SECRET = {"name", "iin", "phone", "address", "narrative", "reporter", "kui_number", "station", "officer", "safe_contact",
          "birth_date", "territory", "weapon"}


def counts():
    """Everything that is said to be counted: for the audience common to both sides."""
    topics = reading.toml("topics.toml")["topics"].values()
    return {event for topic in topics if "situation_monitor" in topic["readers"] for event in topic["events"]}


def events_of(side):
    """Everything that one agency hears or says of a life; what it lets be counted is asked about apart."""
    topics = reading.toml("topics.toml")["topics"].values()
    return {event for topic in topics if side in (topic["owner"], *topic["readers"]) for event in topic["events"]} - counts()


def lives_in(events):
    """The fields that may hold the id of a life: texts that are no closed list of words."""
    texts = {field["name"] for event in events for field in reading.written()[event]["fields"]
             if {"string", "bytes"} & {one for one in reading.branches(field["type"]) if isinstance(one, str)}}
    return texts - NO_LIFE - {"public_key", "sealed"}


def times_in(events):
    return {field["name"] for event in events for field in reading.written()[event]["fields"]
            if "timestamp" in json.dumps(field["type"])}


def test_the_two_sides_share_no_event():
    assert not events_of(VICTIM) & events_of(OFFENDER)


def test_the_two_sides_share_no_id_but_that_of_a_need():
    assert lives_in(events_of(VICTIM)) & lives_in(events_of(OFFENDER)) == {"need_id"}


def test_the_ids_of_police_reach_neither_side():
    lives = lives_in(events_of(VICTIM) | events_of(OFFENDER))
    assert lives == {"need_id", "household_ref", "subject_ref", "entry_id"}


def test_what_happened_when_reaches_neither_side():
    """But by when she must have been told: cut to the hour, and heard by her side alone."""
    assert times_in(events_of(VICTIM) | events_of(OFFENDER)) == {"answer_due", "held_until", "effective_at"}
    assert "effective_at" not in times_in(events_of(OFFENDER))


def test_what_warns_her_says_kind_and_hour_and_nothing_is_answered_to_police():
    fields = reading.written()["police_intake.OffenderStatusForSafety"]["fields"]
    assert {field["name"] for field in fields} == {"need_id", "kind", "effective_at"}
    topics = reading.toml("topics.toml")["topics"].values()
    from_her_side = {event for topic in topics if topic["owner"] == VICTIM and "police_intake" in topic["readers"] for event in topic["events"]}
    assert not from_her_side


def test_the_public_register_names_no_life_that_any_other_message_names():
    topics = reading.toml("topics.toml")["topics"].values()
    public = {event for topic in topics if not topic["readers"] for event in topic["events"]}
    assert lives_in(public) == {"entry_id"} and not lives_in(set(reading.written()) - public) & {"entry_id"}
    assert not times_in(public), "a day by which somebody looks, never a moment"


def test_police_hear_neither_place_nor_time_of_a_need():
    topics = reading.toml("topics.toml")["topics"].values()
    of_needs = [topic for topic in topics if "police_intake" in topic["readers"] and topic["key"] != "incident_id"]
    heard = {event for topic in of_needs for event in topic["events"]}
    names = {field["name"] for event in heard for field in reading.written()[event]["fields"]}
    words = {"kind", "state", "queue", "service"}  # of closed lists; which agency answers follows from the kind of the need
    assert names == words | {"report_id", "need_id", "sequence", "public_key", "version", "holders"}


@pytest.mark.parametrize("event", sorted(reading.written()))
def test_no_field_of_any_message_could_hold_who_somebody_is(event):
    assert not SECRET & {field["name"] for field in reading.written()[event]["fields"]}


WORDS_OF_COUNTS = {"region", "district", "source", "outcome", "kind", "from_state", "to_state", "code", "place"}
NUMBERS_OF_COUNTS = {"records", "hours_waited", "free_change", "places"}
HOURS_OF_COUNTS = {"occurred_hour", "recorded_hour", "hour"}


@pytest.mark.parametrize("event", sorted(counts()))
def test_a_count_holds_words_numbers_and_hours_and_no_life(event):
    names = {field["name"] for field in reading.written()[event]["fields"]}
    assert names <= WORDS_OF_COUNTS | NUMBERS_OF_COUNTS | HOURS_OF_COUNTS, "nothing else may be counted: it could be an id"
    assert not names & (lives_in(events_of(VICTIM) | events_of(OFFENDER)) | {"facility_code", "report_id", "public_key"})


def test_counts_are_heard_by_the_monitor_alone_and_it_hears_nothing_else():
    topics = reading.toml("topics.toml")["topics"].values()
    readers = {tuple(topic["readers"]) for topic in topics if set(topic["events"]) & counts()}
    assert readers == {("situation_monitor",)}
    assert {event.rsplit(".", 1)[1] for event in counts()} == {
        "ReportCounted", "RecordsCounted", "AssessmentCounted", "NeedCounted", "LifeCounted", "PlacesCounted",
        "MeasureCounted"}


def test_where_a_stay_is_counted_no_organisation_is_named():
    fields = reading.written()["social_registry.LifeCounted"]["fields"]
    assert {field["name"] for field in fields} == {
        "region", "kind", "from_state", "to_state", "place", "free_change", "hour"}
