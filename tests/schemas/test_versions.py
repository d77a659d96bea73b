"""Is every version what it was on the day it got its id, and does every reader understand every writer?"""

import copy
import json
from itertools import combinations

import pytest

from tests.schemas import oracles, reading

LOCK = reading.toml("digests.toml")
EVENTS = sorted(reading.written())
PLANTED = reading.written()["police_intake.ReportCancelled"]
REASON = [field["name"] for field in PLANTED["fields"]].index("reason")


def changed(edit):
    schema = copy.deepcopy(PLANTED)
    edit(schema["fields"])
    return schema


def test_no_id_was_given_twice():
    ids = [number for number, *_ in reading.versions()]
    assert len(ids) == len(set(ids))


def test_every_id_ever_given_still_means_the_same_version():
    now = {str(number): f"{event} {version}" for number, event, version, _ in reading.versions()}
    assert now == LOCK["ids"], "an id is never taken away or given again; lock a new one in schemas/digests.toml"


@pytest.mark.parametrize(("number", "file"), [(v[0], v[3]) for v in reading.versions()])
def test_no_version_was_edited_after_it_got_its_id(number, file):
    digest = reading.digest(json.loads(file.read_text("utf-8")))
    assert digest == LOCK["digests"][str(number)], f"{file.name} changed: add a version with a new id instead"


@pytest.mark.parametrize("edit", [
    lambda fields: fields[0].update(aliases=["old_id"]),
    lambda fields: fields[REASON]["type"].update(default="cancelled"),
    lambda fields: fields[1].update(type={"type": "int", "logicalType": "date"}),
    lambda fields: fields.reverse(),
], ids=["alias", "default", "logical type", "order"])
def test_a_version_with_another_meaning_has_another_digest(edit):
    assert reading.digest(changed(edit)) != reading.digest(PLANTED)


@pytest.mark.parametrize("word", reading.FOR_PEOPLE)
def test_what_is_said_to_people_leaves_the_version_what_it_was(word):
    assert reading.digest(changed(lambda fields: fields[0].update({word: "Said better."}))) == reading.digest(PLANTED)


@pytest.mark.parametrize("event", EVENTS)
def test_each_event_is_written_in_one_version(event):
    assert sum(entry.get("written", False) for entry in reading.toml("ids.toml")[event].values()) == 1


@pytest.mark.parametrize("event", EVENTS)
def test_every_version_can_be_read_by_every_other(event):
    files = [file for _, of, _, file in reading.versions() if of == event]
    known = [json.loads(file.read_text("utf-8")) for file in files]
    pairs = [(known[0], known[0]), *combinations(known, 2)]
    assert not [refusal for pair in pairs for refusal in oracles.both_ways(*pair)]


@pytest.mark.parametrize("edit", [
    lambda fields: fields.append({"name": "by", "type": "string"}),
    lambda fields: fields[1].update(type="string"),
    lambda fields: fields[0].update(name="renamed"),
], ids=["a field without a default", "another type", "another name"])
def test_a_version_that_breaks_readers_is_refused_by_both_libraries(edit):
    refusals = oracles.both_ways(PLANTED, changed(edit))
    assert {refusal.split(":")[0] for refusal in refusals} == {"fastavro_reads", "avro_allows"}


@pytest.mark.parametrize("edit", [
    lambda fields: fields.append({"name": "by", "type": ["null", "string"], "default": None}),
    lambda fields: fields[REASON]["type"]["symbols"].append("withdrawn"),
], ids=["a field with a default", "one more word"])
def test_a_version_that_only_adds_is_read_by_all(edit):
    later = changed(edit)
    assert oracles.fastavro_reads(PLANTED, later) and oracles.fastavro_reads(later, PLANTED)
    assert oracles.avro_allows(PLANTED, later)
