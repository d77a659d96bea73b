"""Where do ids come from, so that they are random and yet the same when a decision is replayed?"""

from __future__ import annotations

import os
from hashlib import blake2b
from uuid import UUID

_VERSION_4 = (4 << 76) | (2 << 62)  # the six bits by which a reader knows a random UUID
_RANDOM = (1 << 128) - 1 & ~((15 << 76) | (3 << 62))


class Ids:
    """Random-looking ids from one seed; without the seed no two of them can be told to belong together."""

    def __init__(self, seed: bytes) -> None:
        self.seed = seed
        self._given = 0

    def new(self) -> str:
        self._given += 1
        digest = blake2b(self._given.to_bytes(4, "big"), key=self.seed, digest_size=16).digest()
        number = int.from_bytes(digest, "big") & _RANDOM | _VERSION_4
        text = f"{number:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def fresh_seed(_message_id: str) -> bytes:
    """16 random bytes from the operating system; the message plays no part, on purpose."""
    return os.urandom(16)


def is_id(text: str) -> bool:
    """Does the text have the form of an id? Ids come from outside, too, and go into URLs and queries."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def new_id() -> str:
    """A random id that no replay needs to give again: a form's, before anything was decided."""
    return Ids(fresh_seed("")).new()
