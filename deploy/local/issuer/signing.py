"""With which key are tokens signed? ES256, in a file nobody else may read; the public half is told to everybody."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, KeySet

from deploy.local.passwords import write_private

IDENTITY_SECONDS, ACCESS_SECONDS = 300, 600


class Signer:
    """The issuer's key, and the two kinds of token it signs."""

    def __init__(self, folder: Path, issuer: str) -> None:
        file = folder / "issuer" / "signing_key.json"
        if not file.exists():
            made = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
            write_private(file, json.dumps(made.as_dict(private=True)))
        self._key = ECKey.import_key(json.loads(file.read_text("utf-8")))
        self.issuer = issuer

    def public_keys(self) -> dict[str, Any]:
        return dict(KeySet([self._key]).as_dict(private=False))

    def identity(self, claims: dict[str, str], audience: str, nonce: str) -> str:
        """The ID token of one login."""
        now = int(time.time())
        told = {**claims, "aud": audience, "nonce": nonce, "auth_time": now}
        return self._signed("JWT", told, IDENTITY_SECONDS)

    def access(self, claims: dict[str, str], audience: str) -> str:
        """The access token of a machine (RFC 9068)."""
        return self._signed("at+jwt", {**claims, "aud": audience, "machine": True}, ACCESS_SECONDS)

    def _signed(self, kind: str, told: dict[str, Any], seconds: int) -> str:
        now = int(time.time())
        header = {"alg": "ES256", "typ": kind, "kid": self._key.kid}
        return jwt.encode(header, {**told, "iss": self.issuer, "iat": now, "exp": now + seconds}, self._key, ["ES256"])
