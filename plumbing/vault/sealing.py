"""How does a text lie in a table so that only its owner's key opens it? AES-256-GCM, in batches, one data key an owner."""

from __future__ import annotations

import hmac
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from plumbing.vault import Unopenable, ring
from plumbing.vault.port import KEY_BYTES, KeyGone, KeyService, KeysRefused

if TYPE_CHECKING:
    from plumbing.postgres import Transaction

Piece = tuple[str, str, bytes]  # (owner of the key, where it lies: table/column/row, the bytes)
FORM, NONCE_BYTES = b"\x01", 12  # the first byte says how it was sealed


class Vault:
    """Seals and opens for one process. `chance(what, size)` is where keys and nonces come from; tests may pin it."""

    def __init__(self, keys: KeyService) -> None:
        self.service = keys
        self.chance: Callable[[str, int], bytes] = lambda _what, size: os.urandom(size)
        self._index_key = b""
        self._lock = Lock()  # an index key is asked for once, whichever thread needs it first

    def prepare(self, tx: Transaction) -> None:
        """Before anything is sealed: a new database takes the newest key; an old one must find the key it wraps with."""
        present = ring.wrapping(tx)
        if not present:
            ring.alone(tx)
            ring.wrap_with(tx, self.service.newest() or self.service.make())
        elif not self.service.has(present):
            raise KeysRefused(
                f"the key {present}, which all keys of this database are wrapped with, is not where keys are kept:"
                " bring it back; a new one opens nothing of what is sealed."
            )
        self.index("start", "")

    def index(self, kind: str, text: str) -> bytes:
        """A blind index: equal for equal texts of a kind, and says nothing to who has not the key."""
        with self._lock:
            self._index_key = self._index_key or self.service.index_key()
        return hmac.digest(self._index_key, f"{kind}\0{text}".encode(), "sha256")

    def seal_many(self, tx: Transaction, pieces: Sequence[Piece]) -> list[bytes | None]:
        """Each sealed under its owner's key, made if there is none; None where the key was destroyed."""
        keys = self._keys(tx, {owner for owner, _, _ in pieces}, make=True)
        return [self._seal(keys[owner], place, text) for owner, place, text in pieces]

    def open_many(self, tx: Transaction, pieces: Sequence[tuple[str, str, bytes | None]]) -> list[bytes | None]:
        """Each opened; None where nothing lies or the key was destroyed. Raises Unopenable."""
        keys = self._keys(tx, {owner for owner, _, sealed in pieces if sealed is not None})
        return [None if sealed is None else _open(keys[owner], place, bytes(sealed)) for owner, place, sealed in pieces]

    def drop(self, tx: Transaction, owners: Sequence[str]) -> None:
        """The keys of what lived briefly; nobody asks afterwards whether it was destroyed or lost."""
        ring.drop(tx, owners)

    def forget_marks(self, tx: Transaction, owners: Sequence[str]) -> None:
        """What comes a second time under a name whose key was destroyed gets a key of its own: after a restore a letter may."""
        if owners:
            ring.drop(tx, owners, only_marks=True)

    def destroy(self, tx: Transaction, owners: Sequence[str], now: datetime) -> int:
        """What these keys sealed is noise from the COMMIT on; gives how many keys were there."""
        return ring.destroy(tx, owners, now)

    def _seal(self, key: AESGCM | None, place: str, text: bytes) -> bytes | None:
        if key is None:
            return None
        nonce = self.chance(f"{place}/{len(text)}", NONCE_BYTES)
        return FORM + nonce + key.encrypt(nonce, text, place.encode())

    def _keys(self, tx: Transaction, owners: set[str], make: bool = False) -> dict[str, AESGCM | None]:
        if not owners:
            return {}
        found = ring.known(tx, owners)
        try:
            keys = self._unwrapped(found)
        except KeyGone:  # wrapped anew since it was read, and the old wrapping key ended: read once more
            keys = self._again(tx, owners)
        missing = sorted(owners - found.keys())
        if missing and not make:
            raise Unopenable(f"{len(missing)} keys are not in this database: bring back the copy of its keys")
        return keys | self._made(tx, missing)

    def _again(self, tx: Transaction, owners: set[str]) -> dict[str, AESGCM | None]:
        try:
            return self._unwrapped(ring.known(tx, owners))
        except KeyGone as error:
            raise Unopenable(str(error)) from error

    def _made(self, tx: Transaction, owners: Sequence[str]) -> dict[str, AESGCM | None]:
        if not owners:
            return {}
        made = [(owner, self.chance(owner, KEY_BYTES)) for owner in owners]
        by = ring.wrapping(tx)
        ring.keep(tx, by, list(zip(owners, self.service.wrap(by, made), strict=True)))
        return {owner: AESGCM(key) for owner, key in made}

    def _unwrapped(self, found: dict[str, ring.Wrapped]) -> dict[str, AESGCM | None]:
        keys: dict[str, AESGCM | None] = {owner: None for owner, (_, wrapped) in found.items() if wrapped is None}
        by_key: dict[str, list[tuple[str, bytes]]] = defaultdict(list)
        for owner, (key_id, wrapped) in found.items():
            if wrapped is not None:
                by_key[key_id].append((owner, wrapped))
        for key_id, items in by_key.items():
            keys |= zip(_names(items), map(AESGCM, self.service.unwrap(key_id, items)), strict=True)
        return keys


def _names(items: Iterable[tuple[str, bytes]]) -> list[str]:
    return [owner for owner, _ in items]


def _open(key: AESGCM | None, place: str, sealed: bytes) -> bytes | None:
    if key is None:
        return None
    if sealed[:1] != FORM:
        raise Unopenable(f"{place} holds bytes of no form that is known here")
    try:
        return key.decrypt(sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :], place.encode())
    except InvalidTag as error:
        raise Unopenable(f"{place} holds bytes that were not sealed for it") from error
