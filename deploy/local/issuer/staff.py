"""Who is on the staff, and is this their password? Drawn at the first start, kept in a file nobody else may read."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import threading
import time
import tomllib
import uuid
from pathlib import Path
from typing import Any

from deploy.local.passwords import write_private

LIST = Path(__file__).parents[1] / "staff.toml"
SCRYPT = {"n": 2**14, "r": 8, "p": 1}
TRIES, PER_SECONDS = 5, 60.0
TOLD = ("name", "role", "region", "station", "facility")


def passwords_file(folder: Path) -> Path:
    return folder / "staff.json"


def drawn(folder: Path) -> dict[str, Any]:
    """{"people": {user: {password, subject}}, "machines": {id: {secret, subject}}}; whoever is new gets theirs now."""
    listed = tomllib.loads(LIST.read_text("utf-8"))
    file = passwords_file(folder)
    before = json.loads(file.read_text("utf-8")) if file.exists() else {}
    people, machines = before.get("people", {}), before.get("machines", {})
    now = {
        "people": {one["user"]: people.get(one["user"]) or _fresh("password", 12) for one in listed["person"]},
        "machines": {one["id"]: machines.get(one["id"]) or _fresh("secret", 32) for one in listed["machine"]},
    }
    if now != before:
        write_private(file, json.dumps(now, indent=2, ensure_ascii=False) + "\n")
    return now


class Staff:
    """The staff as the issuer keeps it in memory: passwords as salted scrypt, and slow to be guessed."""

    def __init__(self, folder: Path) -> None:
        listed, kept = tomllib.loads(LIST.read_text("utf-8")), drawn(folder)
        self._salt = secrets.token_bytes(16)
        self._people = {
            one["user"]: (self._hash(kept["people"][one["user"]]["password"]), _claims(one, kept["people"][one["user"]]))
            for one in listed["person"]
        }
        self._machines = {
            one["id"]: (self._hash(kept["machines"][one["id"]]["secret"]), _claims(one, kept["machines"][one["id"]]), one)
            for one in listed["machine"]
        }
        self._tries: dict[str, list[float]] = {}
        self._counting = threading.Lock()

    def person(self, user: str, password: str) -> dict[str, str] | None:
        """What tokens tell of this person; None for a wrong password, for nobody, and after too many tries."""
        if user in self._people and not self._may_try(user):
            return None
        known, claims = self._people.get(user, (b"", {}))
        if not hmac.compare_digest(self._hash(password), known):
            return None
        with self._counting:
            self._tries.pop(user, None)
        return claims

    def _may_try(self, user: str) -> bool:
        """Counted before the password is looked at: many guesses at once are no more than one after the other."""
        since = time.monotonic() - PER_SECONDS
        with self._counting:
            tries = [at for at in self._tries.get(user, ()) if at > since]
            if len(tries) >= TRIES:
                return False
            self._tries[user] = [*tries, time.monotonic()]
            return True

    def machine(self, name: str, secret: str, audience: str) -> dict[str, str] | None:
        known, claims, listed = self._machines.get(name, (b"", {}, {"audiences": ()}))
        good = hmac.compare_digest(self._hash(secret), known)
        return claims if good and audience in listed["audiences"] else None

    def _hash(self, secret: str) -> bytes:
        return hashlib.scrypt(secret.encode(), salt=self._salt, **SCRYPT)


def _fresh(name: str, size: int) -> dict[str, str]:
    return {name: secrets.token_urlsafe(size), "subject": str(uuid.uuid4())}


def _claims(listed: dict[str, Any], kept: dict[str, str]) -> dict[str, str]:
    return {"sub": kept["subject"], **{name: listed.get(name, "") for name in TOLD}}
