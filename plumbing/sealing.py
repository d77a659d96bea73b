"""How does a contact card travel so that only the holder of one confirmed place can read it? libsodium sealed boxes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

CARD_BYTES = 2048


class Secret(bytes):
    """Bytes that no log, page or decision row may show."""

    def __repr__(self) -> str:
        return "(secret)"

    __str__ = __repr__


class Unopenable(ValueError):
    """The key is gone, or the card was sealed to another one."""


@dataclass(frozen=True)
class KeyPair:
    """Made for one acceptance, destroyed when the hold or stay ends."""

    public: bytes
    private: Secret


def new_key_pair() -> KeyPair:
    return pair_of(Secret(bytes(PrivateKey.generate())))


def pair_of(private: Secret) -> KeyPair:
    """The pair to which a private key belongs; raises ValueError for what is no key."""
    try:
        return KeyPair(bytes(PrivateKey(private).public_key), private)
    except (TypeError, CryptoError) as error:
        raise ValueError("a private key has 32 bytes") from error


def seal(card: dict[str, Any], public_key: bytes) -> bytes:
    """Every card comes out at one size; raises ValueError for a card that is too large."""
    text = json.dumps(card, ensure_ascii=False).encode()
    if len(text) >= CARD_BYTES:
        raise ValueError(f"a card holds at most {CARD_BYTES - 1} bytes, this one has {len(text)}")
    return SealedBox(PublicKey(public_key)).encrypt(text.ljust(CARD_BYTES, b" "))


def unseal(sealed: bytes, private_key: bytes) -> dict[str, Any]:
    """Raises Unopenable, whatever lies inside: pairs, a number or a tower of brackets are no card either."""
    try:
        card = json.loads(SealedBox(PrivateKey(private_key)).decrypt(sealed))
    except (CryptoError, ValueError, RecursionError) as error:
        raise Unopenable("this card cannot be opened with this key") from error
    if not isinstance(card, dict):
        raise Unopenable("what lies inside is no card")
    return card
