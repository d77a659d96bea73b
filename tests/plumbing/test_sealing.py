"""Can only the holder of one place read a card, and does its size say nothing?"""

import pytest

from plumbing.plain import plain
from plumbing.sealing import CARD_BYTES, Unopenable, new_key_pair, seal, unseal

CARDS = [{}, {"name": "Зәуре"}, {"name": "ә" * 900, "detail": "-" * 150}]


@pytest.mark.parametrize("card", CARDS)
def test_the_holder_of_the_key_reads_the_card(card):
    pair = new_key_pair()
    assert unseal(seal(card, pair.public), pair.private) == card


def test_all_cards_have_one_size():
    pair = new_key_pair()
    assert len({len(seal(card, pair.public)) for card in CARDS}) == 1


def test_nobody_else_reads_the_card():
    sealed = seal({"name": "Зәуре"}, new_key_pair().public)
    with pytest.raises(Unopenable):
        unseal(sealed, new_key_pair().private)


@pytest.mark.parametrize("spoil", [lambda sealed: sealed[:-1], lambda sealed: b"", lambda sealed: sealed[:-1] + b"!"])
def test_a_card_that_was_touched_is_not_opened(spoil):
    pair = new_key_pair()
    with pytest.raises(Unopenable):
        unseal(spoil(seal({"name": "x"}, pair.public)), pair.private)


def test_a_card_too_large_is_refused_and_not_cut():
    room = CARD_BYTES - len('{"name": ""}') - 1
    seal({"name": "x" * room}, new_key_pair().public)
    with pytest.raises(ValueError, match=f"a card holds at most {CARD_BYTES - 1} bytes, this one has {CARD_BYTES}"):
        seal({"name": "x" * (room + 1)}, new_key_pair().public)


def test_a_private_key_is_shown_in_no_log_and_no_decision():
    private = new_key_pair().private
    shown = [repr(private), str(private), f"{private}", str(plain(private)), str(plain({"key": [private]})), repr(new_key_pair())]
    assert not [text for text in shown if private.hex() in text or repr(bytes(private)) in text]
    assert all("secret" in text for text in shown)
