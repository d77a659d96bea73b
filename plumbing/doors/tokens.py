"""Is this token the issuer's, meant for this service and still good? Then whose is it?"""

from __future__ import annotations

import time
from collections.abc import Callable
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, RSAKey

from plumbing.actors import Actor
from plumbing.doors.refusing import Refused

if TYPE_CHECKING:
    from plumbing.doors.provider import Provider

ALGORITHMS = {"ES256": ECKey, "RS256": RSAKey, "PS256": RSAKey}  # no `none`, and no key that both sides know
ACCESS = ("at+jwt", "application/at+jwt")
LEEWAY = 30  # seconds by which clocks may differ
BYTES_MAX = 8192
REMEMBERED = 1000
WORDS_MAX = 200  # characters in a claim


class Tokens:
    """Reads the tokens of one issuer for one audience; `clock` gives seconds since 1970."""

    def __init__(self, provider: Provider, audience: str, clock: Callable[[], float] = time.time) -> None:
        self._provider, self._audience, self.clock = provider, audience, clock
        self._known: dict[bytes, tuple[Actor, float]] = {}

    def person(self, id_token: str, nonce: str, begun_at: float) -> Actor:
        """Who has logged in since then (seconds since 1970), by the ID token that came for this login's nonce."""
        header, claims = self._checked(id_token, nonce=nonce)
        asked_at = claims.get("auth_time")
        if not isinstance(asked_at, int | float) or asked_at < begun_at - LEEWAY:
            raise Refused("the issuer has not asked who this is since the login began")
        if header.get("typ") in ACCESS:
            raise Refused("this is a token for machines, not of a login")
        return _actor(claims, machine=False)

    def machine(self, token: str) -> Actor:
        """Which machine this access token was given to. A good one is remembered till it runs out."""
        if (known := self.remembered(token)) is not None:
            return known
        header, claims = self._checked(token)
        if header.get("typ") not in ACCESS or claims.get("machine") is not True:
            raise Refused("this is no access token of a machine")
        actor = _actor(claims, machine=True)
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[_digest(token)] = (actor, float(claims["exp"]))
        return actor

    def remembered(self, token: str) -> Actor | None:
        """Whose token this is, if it was good before and has not run out; asks nobody, and takes no time."""
        actor, ends = self._known.get(_digest(token), (None, 0.0))
        return actor if self.clock() < ends + LEEWAY else None

    def _checked(self, token: str, **more: str) -> tuple[dict[str, Any], dict[str, Any]]:
        if len(token) > BYTES_MAX:
            raise Refused("this is too long for a token")
        needed: dict[str, Any] = {"exp": {"essential": True}, "iat": {"essential": True}, "sub": {"essential": True}}
        exact = {"iss": self._provider.issuer, "aud": self._audience, **more}
        needed |= {name: {"essential": True, "value": one} for name, one in exact.items()}
        wanted = jwt.JWTClaimsRegistry(lambda: int(self.clock()), LEEWAY, **needed)
        try:
            read = jwt.decode(token, self._key, list(ALGORITHMS))
            wanted.validate(read.claims)
        except (JoseError, ValueError, TypeError, UnicodeError) as error:
            raise Refused(f"the token is not good: {type(error).__name__}") from error
        if read.claims["aud"] not in (self._audience, [self._audience]):
            raise Refused("the token is meant for others too")
        return dict(read.header), dict(read.claims)

    def _key(self, shown: Any) -> Key:
        """The key must be the issuer's own, of the id and of the kind that the algorithm needs."""
        header = shown.headers()
        kind = ALGORITHMS.get(header.get("alg", ""))
        if kind is None or not isinstance(header.get("kid"), str):
            raise Refused("the token names no key, or an algorithm that is not taken here")
        key = self._provider.key(header["kid"], header["alg"])
        if not isinstance(key, kind):
            raise Refused("the key is not made for this algorithm")
        return key


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()


def _actor(claims: dict[str, Any], machine: bool) -> Actor:
    told = {name: claims.get(name, "") for name in ("sub", "name", "role", "region", "station", "facility")}
    if not all(isinstance(one, str) and len(one) <= WORDS_MAX and one.isprintable() for one in told.values()):
        raise Refused("the token's words about its bearer cannot be read")
    if not told["sub"] or not told["name"]:
        raise Refused("the token does not say whose it is")
    return Actor(told["sub"], told["name"], told["role"], told["region"], told["station"], told["facility"], machine)
