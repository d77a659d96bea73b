"""Is a machine let in by the issuer's own token for this service, still good, and by nothing else?"""

import base64
import hashlib
import hmac
import json
import time

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from tests.doors.browsing import bearer, token

pytestmark = pytest.mark.stack
DISPATCH = {"sub": "d", "name": "Invented dispatch system", "role": "dispatch"}


@pytest.fixture
def knock(police):
    """knock(token) → the status of a read that the dispatch system may do: 404, since there is no such report."""

    def asked(shown, scheme="Bearer"):
        headers = {"Authorization": f"{scheme} {shown}".encode()}
        return httpx2.get(f"{police.url}/reports/none", headers=headers, trust_env=False).status_code

    return asked


def signed(issuer, header=(), claims=(), key=None):
    """A token as the issuer signs it, with something changed."""
    now = int(time.time())
    usual = {**DISPATCH, "iss": issuer.url, "aud": "police_intake", "iat": now, "exp": now + 60, "machine": True}
    own = issuer.signer._key
    head = {"alg": "ES256", "typ": "at+jwt", "kid": own.kid, **dict(header)}
    told = {name: value for name, value in {**usual, **dict(claims)}.items() if value is not None}
    return jwt.encode(head, told, key or own, [head["alg"]])


def raw(header, claims, signature=b""):
    parts = [json.dumps(header).encode(), json.dumps(claims).encode()]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in (*parts, signature))


def test_a_token_of_the_issuer_lets_the_machine_in(issuer, knock):
    assert knock(token(issuer, "dispatch", "police_intake")) == 404
    assert knock(signed(issuer)) == 404 and knock(signed(issuer), "bearer") == 404


@pytest.mark.parametrize("claims", [
    {"exp": 1}, {"exp": None}, {"exp": "soon"}, {"iat": None}, {"iat": 2**40}, {"nbf": 2**40}, {"aud": "referral_router"}, {"aud": None},
    {"aud": ["police_intake", "referral_router"]}, {"iss": "http://127.0.0.1:1"}, {"iss": None}, {"sub": None}, {"sub": ""}, {"name": ""},
    {"machine": None}, {"machine": "true"}, {"role": ["dispatch"]}, {"region": {"a": 1}}, {"name": "a\nb"}, {"name": "x" * 201},
], ids=str)
def test_a_token_that_says_something_wrong_is_refused(issuer, knock, claims):
    assert knock(signed(issuer, claims=claims)) == 401


def test_a_token_that_runs_out_is_not_remembered_longer(issuer, police, knock):
    shown = signed(issuer, claims={"exp": int(time.time()) + 5})
    assert knock(shown) == 404
    police.door.tokens.clock = lambda: time.time() + 36
    assert knock(shown) == 401, "it ran out, and the thirty seconds that clocks may differ are over"


def test_an_unsigned_token_is_refused_however_it_is_written(issuer, knock):
    claims = {**DISPATCH, "iss": issuer.url, "aud": "police_intake", "iat": 1, "exp": 2**31, "machine": True}
    for none in ("none", "None", "NONE", ""):
        for kid in ({}, {"kid": issuer.signer._key.kid}):
            assert knock(raw({"alg": none, "typ": "at+jwt", **kid}, claims)) == 401
    head, body, _ = signed(issuer).split(".")
    assert knock(f"{head}.{body}.") == knock(f"{head}.{body}") == 401


def test_the_public_key_is_no_secret_to_sign_with(issuer, knock):
    """Key confusion: HS256 over what everybody can read."""
    own = issuer.signer._key
    claims = {**DISPATCH, "iss": issuer.url, "aud": "police_intake", "iat": 1, "exp": 2**31, "machine": True}
    public = httpx2.get(f"{issuer.url}/keys", trust_env=False).json()["keys"][0]
    assert "d" not in public, "the private half is told to nobody"
    for secret in (own.as_pem(private=False), own.as_der(private=False), json.dumps(public).encode(), public["x"].encode()):
        text = raw({"alg": "HS256", "typ": "at+jwt", "kid": own.kid}, claims)[:-1]
        shown = f"{text}.{base64.urlsafe_b64encode(hmac.digest(secret, text.encode(), hashlib.sha256)).rstrip(b'=').decode()}"
        assert knock(shown) == 401


def test_a_key_that_is_not_the_issuers_signs_nothing(issuer, knock):
    stranger, kid = ECKey.generate_key("P-256"), issuer.signer._key.kid
    assert knock(signed(issuer, key=stranger)) == 401
    assert knock(signed(issuer, {"kid": "another"}, key=stranger)) == 401
    embedded = {"kid": "another", "jwk": stranger.as_dict(private=False)}
    assert knock(signed(issuer, embedded, key=stranger)) == 401, "a key that a token brings along is nobody's"
    assert knock(signed(issuer, {"alg": "RS256", "kid": kid}, key=RSAKey.generate_key(2048))) == 401
    assert knock(signed(issuer, {"alg": "HS256", "kid": kid}, key=OctKey.generate_key(256))) == 401


def test_a_token_without_a_key_id_or_with_a_changed_body_is_refused(issuer, knock):
    good = signed(issuer)
    head, body, signature = good.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    changed = raw({}, {**claims, "role": "ops_engineer"}).split(".")[1]
    assert knock(f"{head}.{changed}.{signature}") == 401
    for shown in ("x", "a.b.c", "." * 5, "é", good + "x", good[: len(good) // 2], "A" * 9000):
        assert knock(shown) == 401


def test_a_persons_id_token_is_no_token_of_a_machine(issuer, knock):
    for more in ({}, {"machine": True}):
        person = {"sub": "c", "name": "Clerk", "role": "duty_clerk", **more}
        assert knock(issuer.signer.identity(person, "police_intake", "nonce")) == 401


def test_a_machine_gets_tokens_only_for_its_own_services_and_by_its_own_secret(issuer):
    asked = {"grant_type": "client_credentials", "audience": "referral_router"}
    secret = issuer.kept["machines"]["dispatch"]["secret"]
    for name, word, audience in (("dispatch", secret, "referral_router"), ("dispatch", "guess", "police_intake"), ("nobody", secret, "police_intake")):
        answer = httpx2.post(f"{issuer.url}/token", data={**asked, "audience": audience}, auth=(name, word), trust_env=False)
        assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


def test_who_is_a_machine_and_who_may_not_come_in_is_told_apart(issuer, police, knock):
    assert knock(signed(issuer, claims={"role": "akimat_analyst"})) == 403, "no work here"
    assert knock(signed(issuer, claims={"role": "anyone"})) == 403, "a token cannot open the doors"
    assert httpx2.get(f"{police.url}/metrics", headers=bearer(token(issuer, "scraper", "police_intake")), trust_env=False).status_code == 200
