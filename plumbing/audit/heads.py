"""What did the audit end with, signed and kept outside the database? So that nobody can cut its end or write it anew."""

from __future__ import annotations

import errno
import fcntl
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from plumbing.audit.chain import Head
from plumbing.settings import MissingSetting, Settings

SIGNED = ("service", "sequence", "hash", "at")


def signer(settings: Settings) -> SigningKey | None:
    """The key in QORGAN_AUDIT_KEY_FILE, 64 hex digits; None if none is set; raises MissingSetting for one that won't do."""
    if not settings.audit_key:
        return None
    file = Path(settings.audit_key)
    try:
        if file.stat().st_mode & 0o077:
            raise MissingSetting(f"{file} may be read by others: chmod 600 {file}, and take a new key if anybody has read it.")
        return SigningKey(bytes.fromhex(file.read_text("ascii").strip()))
    except (OSError, ValueError) as error:
        mend = f"python -c 'import secrets; print(secrets.token_hex(32))' > {file} && chmod 600 {file}"
        raise MissingSetting(f"{file} holds no key that signs the audit ({error}): {mend}") from error


def place(settings: Settings) -> Path:
    return Path(settings.audit_heads) / f"{settings.service}.heads"


@contextmanager
def opened(settings: Settings) -> Iterator[int]:
    """The file of the heads, at its end and for one writer at a time; raises OSError if it cannot be had."""
    file = place(settings)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    heads = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(heads, fcntl.LOCK_EX)
        yield heads
    finally:
        os.close(heads)  # and the lock with it


def write(settings: Settings, key: SigningKey, head: Head, file: int) -> None:
    """One line more in what opened() gave, on the disk when this returns; raises OSError if not all of it could be written."""
    at = datetime.now(UTC).isoformat()
    told = {"service": settings.service, "sequence": head.sequence, "hash": head.hash.hex(), "at": at}
    signature = key.sign(_text(told)).signature.hex()
    line = json.dumps({**told, "public_key": key.verify_key.encode().hex(), "signature": signature}) + "\n"
    length = os.fstat(file).st_size
    torn = length and os.pread(file, 1, length - 1) != b"\n"  # a line that was cut off ends here, and takes no other with it
    raw = (f"\n{line}" if torn else line).encode()
    if os.write(file, raw) < len(raw):
        raise OSError(errno.ENOSPC, "there was no room for the whole line")
    os.fsync(file)


def read(file: Path, service: str, keys: Sequence[VerifyKey]) -> tuple[list[Head], list[str]]:
    """The heads that are signed with one of these keys, in order, and a sentence for every line that is not."""
    heads: list[Head] = []
    wrong = []
    for number, told in _lines(file):
        head = _head(told, service, keys)
        if head is None:
            wrong.append(f"line {number} of {file} is not signed with the key of this audit")
        elif heads and head.sequence < heads[-1].sequence:
            wrong.append(f"line {number} of {file} goes back: the lines were reordered, or the database is an older one")
        else:
            heads.append(head)
    return heads, wrong


def _lines(file: Path) -> Iterator[tuple[int, Any]]:
    """(number, what it says) of each whole line: one that was cut off while it was written promised nothing yet."""
    whole = file.read_text("utf-8", "replace") if file.exists() else ""
    for number, line in enumerate(whole.split("\n"), 1):
        with suppress(ValueError):
            yield number, json.loads(line)


def _head(told: Any, service: str, keys: Sequence[VerifyKey]) -> Head | None:
    try:
        head = Head(told["sequence"], bytes.fromhex(told["hash"]), told["at"])
        text, signature = _text(told), bytes.fromhex(told["signature"])
    except (ValueError, KeyError, TypeError):
        return None
    return head if told["service"] == service and any(_holds(key, text, signature) for key in keys) else None


def _holds(key: VerifyKey, text: bytes, signature: bytes) -> bool:
    try:
        key.verify(text, signature)
    except (ValueError, BadSignatureError):
        return False
    return True


def _text(told: dict[str, object]) -> bytes:
    return json.dumps([told[name] for name in SIGNED]).encode()
