"""Which code was given to whom, and was it used? Each buys one token, within a minute, with the secret of PKCE."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from dataclasses import dataclass

from authlib.oauth2.rfc7636 import create_s256_code_challenge

SECONDS = 60.0
CODES_MAX = 10_000


@dataclass(frozen=True)
class Asked:
    """What a service asked of the issuer, and the browser brought here."""

    client_id: str
    redirect_uri: str
    state: str
    nonce: str
    challenge: str


class Codes:
    """Given codes, in memory: a restart of the issuer takes them all back."""

    def __init__(self) -> None:
        self._given: dict[str, tuple[Asked, dict[str, str], float]] = {}
        self._lock = threading.Lock()

    def give(self, asked: Asked, claims: dict[str, str]) -> str:
        code = secrets.token_urlsafe(32)
        with self._lock:
            if len(self._given) >= CODES_MAX:
                self._given.clear()
            self._given[code] = (asked, claims, time.monotonic() + SECONDS)
        return code

    def take(self, code: str, client_id: str, redirect_uri: str, verifier: str) -> tuple[Asked, dict[str, str]] | None:
        """What the code was given for; whoever comes with it first, rightly or not, has used it up."""
        with self._lock:
            found = self._given.pop(code, None)
        if found is None:
            return None
        asked, claims, ends = found
        fits = (asked.client_id, asked.redirect_uri) == (client_id, redirect_uri) and time.monotonic() < ends
        proven = hmac.compare_digest(create_s256_code_challenge(verifier), asked.challenge)
        return (asked, claims) if fits and proven else None
