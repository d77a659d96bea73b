"""Which keys open what a dispatch system has sealed? A file of private keys, the newest first: older ones still open."""

from __future__ import annotations

import os
import stat
from base64 import b64encode
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from plumbing.sealing import KeyPair, Secret, new_key_pair, pair_of

SETTING = "QORGAN_DISPATCH_KEY_FILE"


class NoDispatchKey(RuntimeError):
    """The file is not set, not there, open to others, or holds no keys; the text names the mend."""


@dataclass(frozen=True)
class Keys:
    """The newest pair is published; `by_id` has them all."""

    newest: KeyPair
    by_id: dict[str, KeyPair]


def key_id(public: bytes) -> str:
    return blake2b(public, digest_size=8).hexdigest()


def read_keys() -> Keys:
    """Read anew each time: a key that was added counts without a new start. Raises NoDispatchKey."""
    path = _path()
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise NoDispatchKey(f"{path} can be read by others: chmod 600 it, and make a new key")
        lines = path.read_text("ascii").split()
        pairs = [pair_of(Secret(bytes.fromhex(line))) for line in lines]
    except (OSError, ValueError) as error:
        raise NoDispatchKey(f"{SETTING} names no file of keys that can be read: {type(error).__name__}") from error
    if not pairs:
        raise NoDispatchKey(f"{path} holds no key: python -m services.police_intake new-dispatch-key writes one")
    return Keys(pairs[0], {key_id(pair.public): pair for pair in pairs})


def published(keys: Keys) -> dict[str, str]:
    """What a dispatch system needs to seal."""
    public = keys.newest.public
    return {"key_id": key_id(public), "public_key": b64encode(public).decode(), "algorithm": "libsodium sealed box (X25519)"}


def add_key() -> str:
    """A new pair, published from now on; what was sealed to older ones can still be opened. Gives its id."""
    path, pair = _path(), new_key_pair()
    before = path.read_text("ascii") if path.exists() else ""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _replace(path, f"{bytes(pair.private).hex()}\n{before}")
    return key_id(pair.public)


def destroy_old() -> int:
    """All but the newest pair end; gives how many did. What was sealed to them opens no more, wherever it lies."""
    keys = read_keys()
    _replace(_path(), f"{bytes(keys.newest.private).hex()}\n")
    return len(keys.by_id) - 1


def _replace(path: Path, text: str) -> None:
    """Whole or not at all; the bytes that lay there are overwritten, as far as a file system lets anybody overwrite."""
    scratch = path.with_name(f"{path.name}.{os.getpid()}.new")
    with open(os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    if not path.exists():
        return os.replace(scratch, path)
    with path.open("r+b") as before:
        os.replace(scratch, path)
        before.write(bytes(os.fstat(before.fileno()).st_size))
        before.flush()
        os.fsync(before.fileno())


def _path() -> Path:
    named = os.environ.get(SETTING, "")
    if not named:
        raise NoDispatchKey(f"{SETTING} is not set: give it a file, or use `make up`, which makes one")
    return Path(named)
