"""How are wrapping keys kept in files that nobody else may read? The default key service."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Sequence
from pathlib import Path
from stat import S_IMODE

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from plumbing.vault.port import KEY_BYTES, Item, KeyGone, KeysRefused

NONCE_BYTES = 12
SUFFIX, INDEX = ".key", "index.key"


class FolderKeys:
    """`FOLDER/SERVICE/`, 0700, with one file a key, 0600. Raises KeysRefused for looser modes."""

    def __init__(self, folder: str | Path, service: str) -> None:
        self.room = Path(folder) / service
        self._read: dict[str, AESGCM] = {}
        if not self.room.is_dir():
            raise KeysRefused(f"{self.room} is no folder: make it with `install -d -m 700 {self.room}`, or use `make up`.")
        if S_IMODE(self.room.stat().st_mode) & 0o077:
            raise KeysRefused(f"others may look into {self.room}, where the keys are: `chmod 700 {self.room}`.")
        for path in self.room.glob(f"*{SUFFIX}"):
            _check(path)

    def newest(self) -> str:
        return max(self.all(), default="")

    def all(self) -> list[str]:
        return [path.name.removesuffix(SUFFIX) for path in sorted(self.room.glob(f"k-*{SUFFIX}"))]

    def make(self) -> str:
        """The first one brings the key of the indexes with it; an index key that is lost is never made anew."""
        if not self.all() and not (self.room / INDEX).exists():
            self._write(INDEX)
        name = f"k-{time.time_ns():020d}-{secrets.token_hex(3)}"  # sorts by age
        self._write(name + SUFFIX)
        return name

    def has(self, key_id: str) -> bool:
        return (self.room / (key_id + SUFFIX)).is_file()

    def wrap(self, key_id: str, items: Sequence[Item]) -> list[bytes]:
        key = self._key(key_id)
        return [(nonce := os.urandom(NONCE_BYTES)) + key.encrypt(nonce, secret, owner.encode()) for owner, secret in items]

    def unwrap(self, key_id: str, items: Sequence[Item]) -> list[bytes]:
        key = self._key(key_id)
        try:
            return [key.decrypt(one[:NONCE_BYTES], one[NONCE_BYTES:], owner.encode()) for owner, one in items]
        except InvalidTag as error:
            raise KeyGone(f"a key was not wrapped by {key_id} for this owner") from error

    def destroy(self, key_id: str) -> None:
        """Overwritten before it is taken away, as far as a file system lets anybody overwrite."""
        self._read.pop(key_id, None)
        path = self.room / (key_id + SUFFIX)
        if path.exists():
            with path.open("r+b") as file:
                file.write(os.urandom(KEY_BYTES))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
            self._sync()

    def index_key(self) -> bytes:
        path = self.room / INDEX
        if not path.exists():
            raise KeysRefused(f"{path} is missing: bring it back; a new one would recognise nobody who is known.")
        return _check(path).read_bytes()

    def _key(self, key_id: str) -> AESGCM:
        """Read again at each use of one not read before: another process may have made it a moment ago."""
        if not self.has(key_id):
            self._read.pop(key_id, None)
            raise KeyGone(f"the key {key_id} is not in {self.room}")
        if key_id not in self._read:
            self._read[key_id] = AESGCM(_check(self.room / (key_id + SUFFIX)).read_bytes())
        return self._read[key_id]

    def _write(self, name: str) -> None:
        new = self.room / f".{name}.{secrets.token_hex(4)}"
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(os.urandom(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        os.rename(new, self.room / name)
        self._sync()

    def _sync(self) -> None:
        room = os.open(self.room, os.O_RDONLY)
        try:
            os.fsync(room)
        finally:
            os.close(room)


def _check(path: Path) -> Path:
    if S_IMODE(path.stat().st_mode) & 0o077:
        raise KeysRefused(f"others may read the key {path}: `chmod 600 {path}`.")
    return path
