"""What does the issuer say about itself, and what does it give for a code? OpenID Connect, over authlib's client."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any
from urllib.parse import urlsplit

from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from httpx2 import Client, HTTPError
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet

from plumbing.doors.refusing import Refused
from plumbing.problems import Problem
from plumbing.settings import LOOPBACK

log = logging.getLogger(__name__)
DISCOVERY = "/.well-known/openid-configuration"
KEPT = 3600.0  # seconds; an unknown key is asked for sooner
ASKED_AGAIN = 10.0
PATIENCE = 5.0
AWAY = "the issuer, who says who everybody is, does not answer: try again"


class Provider:
    """One issuer as one service knows it; safe to be used by several threads."""

    def __init__(self, issuer: str, client_id: str, secret: str, own_url: str) -> None:
        self.issuer, self.client_id, self._secret = issuer, client_id, secret
        self.own_url, self.redirect_uri = own_url, f"{own_url}/login/done"
        self._described: tuple[float, dict[str, Any]] = (float("-inf"), {})
        self._keys: tuple[float, KeySet] = (float("-inf"), KeySet([]))
        self._tried, self._trying = float("-inf"), threading.Lock()

    def authorize_url(self, state: str, nonce: str, verifier: str) -> str:
        """Where the browser goes to say who it is; asked anew each time, since a locked session must not open by itself.

        max_age: so that the issuer must tell when it asked, and nobody is let in by a login of before.
        """
        with self._client() as client:
            url, _ = client.create_authorization_url(
                self._said("authorization_endpoint"), state=state, code_verifier=verifier, nonce=nonce,
                prompt="login", max_age=0,
            )
        return str(url)

    def id_token(self, code: str, verifier: str) -> str:
        """The ID token for a code; raises Refused for one that was used, has run out, or was another's."""
        try:
            with self._client() as client:
                given = client.fetch_token(
                    self._said("token_endpoint"), grant_type="authorization_code", code=code, code_verifier=verifier
                )
        except OAuthError as error:
            raise Refused(f"the issuer gives nothing for this code: {error.error}") from error
        except HTTPError as error:
            raise self._away(error) from error
        if not isinstance(given.get("id_token"), str):
            raise Refused("the issuer gave no ID token")
        return str(given["id_token"])

    def key(self, kid: str, algorithm: str) -> Key:
        """The issuer's public key of this id; a new one is asked for, but not at every stranger's word."""
        if self._wants(kid) or not self._keys[1].keys:
            with self._trying:
                if self._wants(kid):  # else whoever held the lock has just asked
                    self._ask_for_keys()
        keys = self._keys[1]
        if not keys.keys:
            raise Problem(503, "issuer-away", AWAY)
        try:
            return keys.get_by_kid(kid, {"alg": algorithm})
        except JoseError as error:
            raise Refused("no key of the issuer has this id") from error

    def _wants(self, kid: str) -> bool:
        """Must the issuer be asked: for this key, or because what it said is old? Not while it was just asked."""
        asked, keys = self._keys
        now, known = time.monotonic(), any(key.kid == kid for key in keys)
        return now - self._tried > ASKED_AGAIN and (not known or now - asked > KEPT)

    def _ask_for_keys(self) -> None:
        """What came to nothing is remembered, too: an issuer that hangs is not asked for each bad token."""
        self._tried = time.monotonic()  # before: meanwhile nobody waits but at the very start
        try:
            self._keys = (time.monotonic(), self._fetched_keys())
        finally:
            self._tried = time.monotonic()

    def _fetched_keys(self) -> KeySet:
        given = self._get(self._said("jwks_uri"))
        public = [key for key in given.get("keys", ()) if key.get("kty") in ("EC", "RSA") and key.get("kid")]
        return KeySet.import_key_set({"keys": public})

    def _said(self, name: str) -> str:
        asked, told = self._described
        if time.monotonic() - asked > KEPT:
            told = self._get(self.issuer + DISCOVERY)
            if told.get("issuer") != self.issuer:
                raise Problem(503, "issuer-away", f"{self.issuer} calls itself {told.get('issuer')}: set QORGAN_ISSUER to that")
            self._described = (time.monotonic(), told)
        return str(told[name])

    def _get(self, url: str) -> dict[str, Any]:
        try:
            with Client(timeout=PATIENCE, trust_env=not self._is_near) as client:
                answer = client.get(url)
                answer.raise_for_status()
                told: dict[str, Any] = answer.json()
                return told
        except (HTTPError, ValueError) as error:
            raise self._away(error) from error

    @property
    def _is_near(self) -> bool:
        """On this machine: a proxy of the environment has no business there."""
        return urlsplit(self.issuer).hostname in LOOPBACK

    def _client(self) -> OAuth2Client:
        return OAuth2Client(
            self.client_id, self._secret, redirect_uri=self.redirect_uri, scope="openid profile",
            code_challenge_method="S256", timeout=PATIENCE, trust_env=not self._is_near,
        )

    def _away(self, error: Exception) -> Problem:
        log.warning("the issuer %s does not answer: %s", self.issuer, type(error).__name__)
        return Problem(503, "issuer-away", AWAY)
