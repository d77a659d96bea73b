"""Are ids random to everyone else, and the same again for a replay?"""

from uuid import UUID

import pytest

from plumbing.identity import Ids, fresh_seed, is_id


def test_the_same_seed_gives_the_same_ids_again():
    first, again = Ids(b"seed"), Ids(b"seed")
    assert [first.new() for _ in range(5)] == [again.new() for _ in range(5)]


def test_no_two_ids_of_many_seeds_are_equal():
    ids = [Ids(fresh_seed("the same message")) for _ in range(200)]
    assert len({one.new() for one in ids for _ in range(20)}) == 4000


def test_an_id_looks_like_any_random_one():
    made = UUID(Ids(b"seed").new())
    assert (made.version, made.variant) == (4, "specified in RFC 4122")


@pytest.mark.parametrize("text", ["", "1", "{0f8b6c1e-5a57-4b1c-9d0e-3f1f6f2f7a11}", "0f8b6c1e5a574b1c9d0e3f1f6f2f7a11",
                                  "0f8b6c1e-5a57-4b1c-9d0e-3f1f6f2f7a1\0", "０f8b6c1e-5a57-4b1c-9d0e-3f1f6f2f7a11", "../" * 12])
def test_what_is_no_id_does_not_get_into_a_query(text):
    assert not is_id(text)


def test_an_id_is_known_in_either_case():
    assert is_id(Ids(b"seed").new()) and is_id(Ids(b"seed").new().upper())
