"""Does a message come back as it was said, and can no bytes do harm?"""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plumbing.catalogue import catalogue
from plumbing.codec import Codec, UnknownSchema, Unreadable
from services.referral_router import messages as m
from services.referral_router.wiring import SERVICE
from tests.schemas import reading
from tests.schemas.oracles import by_fastavro

CODEC, VIEWS = Codec(), SERVICE.views
IDS = sorted(catalogue().versions)
frames = st.builds(lambda number, body: struct.pack(">bI", 0, number) + body, st.sampled_from(IDS), st.binary(max_size=400))


def heard():
    """The bytes of every example that the router hears."""
    found = []
    for number, event, _, file in reading.versions():
        if event in VIEWS:
            schema = catalogue().versions[number].schema
            found.append(struct.pack(">bI", 0, number) + by_fastavro(schema, reading.example_of(file))[0])
    return found


WIRE = heard()


@pytest.mark.parametrize("value", WIRE)
def test_every_example_is_read_into_the_view_of_its_reader(value):
    whole = CODEC.decode(value, VIEWS)
    assert type(whole) is VIEWS[whole.event] and whole == CODEC.decode(value, VIEWS)


def test_a_message_comes_back_as_it_was_said():
    ended = m.SocialHoldEnded("a-need", 3, "no_show")
    assert CODEC.decode(CODEC.encode(ended), VIEWS) == ended


@given(st.one_of(st.binary(max_size=200), frames))
def test_no_bytes_do_more_than_be_unreadable(value):
    try:
        CODEC.decode(value, VIEWS)
    except Unreadable as error:
        assert str(error)


@given(st.sampled_from(WIRE), st.integers(0, 2000), st.integers(0, 255))
def test_a_message_with_one_wrong_byte_is_read_or_unreadable(value, place, byte):
    place %= len(value)
    try:
        CODEC.decode(value[:place] + bytes([byte]) + value[place + 1 :], VIEWS)
    except Unreadable as error:
        assert str(error)


@pytest.mark.parametrize("value", WIRE)
def test_a_message_cut_short_or_drawn_out_is_unreadable(value):
    for wrong in (value[:-1], value[:7], value + b"\0", value + value):
        with pytest.raises(Unreadable):
            CODEC.decode(wrong, VIEWS)


@pytest.mark.parametrize("value", [b"", b"\0", b"\0\0\0\0", b"\1\0\0\0\x67rest", b"{}   "])
def test_what_has_no_frame_is_unreadable(value):
    with pytest.raises(Unreadable, match="no Confluent frame"):
        CODEC.decode(value, VIEWS)


def test_a_schema_not_known_yet_says_its_id():
    with pytest.raises(UnknownSchema, match="unknown-schema 99999"):
        CODEC.decode(struct.pack(">bI", 0, 99999) + b"body", VIEWS)


def test_an_event_that_nobody_here_asked_for_is_passed_over():
    assert CODEC.decode(WIRE[0], {}) is None


def test_a_word_that_is_in_no_schema_is_not_said():
    refused = m.SocialRefused("a-need", 1, "because")
    with pytest.raises(ValueError):
        CODEC.encode(refused)
