"""Does every example encode and decode, and does every field say what it means?"""

import json

import pytest

from tests.schemas import oracles, reading

FILES = sorted(reading.SCHEMAS.glob("*/*.avsc"))
NAMES = [f"{file.parent.name}/{file.stem}" for file in FILES]
each_file = pytest.mark.parametrize("file", FILES, ids=NAMES)


@each_file
def test_an_example_means_the_same_to_both_libraries(file):
    schema, example = json.loads(file.read_text("utf-8")), reading.example_of(file)
    ours, ours_read = oracles.by_fastavro(schema, example)
    theirs, theirs_read = oracles.by_reference(schema, example)
    assert ours == theirs
    assert ours_read == theirs_read == example


@each_file
def test_an_example_says_every_field(file):
    schema = json.loads(file.read_text("utf-8"))
    assert set(reading.example_of(file)) == {field["name"] for field in schema["fields"]}


@each_file
def test_every_message_and_field_says_what_it_means(file):
    schema = json.loads(file.read_text("utf-8"))
    silent = [field["name"] for field in schema["fields"] if not field.get("doc", "").endswith(".")]
    assert schema.get("doc", "").endswith(".") and not silent


@each_file
def test_every_enum_has_a_word_for_what_a_reader_does_not_know(file):
    schema = json.loads(file.read_text("utf-8"))
    assert not [one["name"] for one in reading.enums(schema) if one.get("default") not in one["symbols"]]


@each_file
def test_every_field_that_may_be_null_is_null_unless_said(file):
    schema = json.loads(file.read_text("utf-8"))
    nullable = [field for field in schema["fields"] if "null" in reading.branches(field["type"])]
    assert not [field["name"] for field in nullable if field["type"][0] != "null" or field.get("default", 0) is not None]


def test_every_schema_file_is_in_the_catalogue():
    assert sorted(file for *_, file in reading.versions()) == FILES
