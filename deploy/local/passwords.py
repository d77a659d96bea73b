"""Where are the stack's passwords and keys kept?"""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write_private(path: Path, text: str) -> None:
    """Write a file that nobody else may read, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(new, path)


def password(folder: Path, role: str) -> str:
    """The role's password: drawn once, then always the same one."""
    kept = folder / "passwords" / role
    if not kept.exists():
        write_private(kept, secrets.token_hex(24))
    return kept.read_text(encoding="utf-8").strip()


def dispatch_key_file(folder: Path) -> Path:
    """The private key to which a dispatch system seals: drawn once; police intake adds newer ones at the top."""
    outside = os.environ.get("QORGAN_DISPATCH_KEY_FILE", "")
    kept = Path(outside) if outside else folder / "keys" / "dispatch"
    if not kept.exists():
        write_private(kept, secrets.token_hex(32) + "\n")
    return kept


def audit_key(folder: Path) -> Path:
    """The file of the key that signs what the audits ended with: drawn once, kept beside no database."""
    kept = folder / "passwords" / "audit_key"
    if not kept.exists():
        write_private(kept, secrets.token_hex(32))
    return kept
