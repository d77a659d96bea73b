"""What did the audit end with, signed and kept outside the database? So that nobody can cut its end or write it anew."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

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


def write(settings: Settings, key: SigningKey, head: Head) -> None:
    """One line more, on the disk when this returns."""
    at = datetime.now(UTC).isoformat()
    told = {"service": settings.service, "sequence": head.sequence, "hash": head.hash.hex(), "at": at}
    signature = key.sign(_text(told)).signature.hex()
    line = json.dumps({**told, "public_key": key.verify_key.encode().hex(), "signature": signature}) + "\n"
    file = place(settings)
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    opened = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(opened, line.encode())
        os.fsync(opened)
    finally:
        os.close(opened)


def read(file: Path, service: str, key: VerifyKey) -> tuple[list[Head], list[str]]:
    """The heads that are signed with this key, in order, and a sentence for every line that is not."""
    heads: list[Head] = []
    wrong = []
    for number, line in enumerate(_lines(file), 1):
        head = _head(line, service, key)
        if head is None:
            wrong.append(f"line {number} of {file} is not signed with the key of this audit")
        elif heads and head.sequence < heads[-1].sequence:
            wrong.append(f"line {number} of {file} goes back: the lines were reordered, or the database is an older one")
        else:
            heads.append(head)
    return heads, wrong


def _lines(file: Path) -> Sequence[str]:
    """A last line without its end was cut off by a crash while it was written; nothing had been promised by it yet."""
    whole = file.read_text("utf-8") if file.exists() else ""
    return whole.split("\n")[:-1]


def _head(line: str, service: str, key: VerifyKey) -> Head | None:
    try:
        told = json.loads(line)
        key.verify(_text(told), bytes.fromhex(told["signature"]))
        return Head(told["sequence"], bytes.fromhex(told["hash"]), told["at"]) if told["service"] == service else None
    except (ValueError, KeyError, TypeError, BadSignatureError):
        return None


def _text(told: dict[str, object]) -> bytes:
    return json.dumps([told[name] for name in SIGNED]).encode()
