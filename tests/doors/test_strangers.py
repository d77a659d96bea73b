"""Can strangers keep a report out: with bad tokens, at open pages, while the issuer hangs, with forms that never end?"""

import secrets
import threading
import time

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey
from starlette.datastructures import FormData

from plumbing.doors.leading import typed
from plumbing.doors.provider import Provider
from plumbing.problems import Problem
from services.police_intake.wiring import SERVICE as POLICE
from tests.doors import house
from tests.doors.browsing import bearer
from tests.doors.test_limits import dispatch, sent

STRANGERS, HANGS = ECKey.generate_key("P-256"), 5  # seconds


@pytest.fixture
def wide(issuer):
    """A police door whose limits of one address stop nobody: as if strangers came from very many."""
    with house.opened(house.closed_desk(POLICE, issuer, [], reads_per_second=10_000, reports_per_second=10_000), issuer) as opened:
        yield opened


@pytest.fixture
def crowded(wide):
    """crowded(requests…): many strangers ask these all the while, and the issuer hangs."""
    def hang(url):
        time.sleep(HANGS)
        raise wide.door.provider._away(TimeoutError())

    stop, threads = threading.Event(), []

    def ask(method, path):
        with httpx2.Client(base_url=wide.url, trust_env=False, timeout=60) as stranger:
            while not stop.is_set():
                strange = {"alg": "ES256", "typ": "at+jwt", "kid": secrets.token_hex()}
                shown = bearer(jwt.encode(strange, {"sub": "x"}, STRANGERS, ["ES256"])) if method == "POST" else {}
                stranger.request(method, path, headers=shown, json={} if shown else None)

    def begin(*requests):
        provider = wide.door.provider
        provider._get, provider._described, provider._tried = hang, (float("-inf"), {}), float("-inf")
        provider._keys = (time.monotonic() - 60, provider._keys[1])
        threads.extend(threading.Thread(target=ask, args=one, daemon=True) for one in requests)
        for thread in threads:
            thread.start()
        time.sleep(1)

    yield begin
    stop.set()
    for thread in threads:
        thread.join()


@pytest.mark.stack
def test_strangers_with_bad_tokens_and_at_open_pages_keep_no_report_out(wide, issuer, crowded):
    known, new = dispatch(issuer, "known"), dispatch(issuer, "new")
    assert sent(wide, known) == 422
    crowded(*[("POST", "/reports")] * 12, *[("GET", "/login")] * 8, *[("GET", "/readyz")] * 4)
    began, answers = time.monotonic(), [sent(wide, known, n) for n in range(1, 4)]
    took = time.monotonic() - began
    assert answers == [422] * 3 and took < HANGS, (answers, took)
    assert sent(wide, new) == 422, "also a machine that nobody has seen yet"


def test_an_issuer_that_hangs_is_asked_once_for_many_keys_that_nobody_knows():
    provider, asked = Provider("http://127.0.0.1:1", "police_intake", "secret", "http://127.0.0.1:2"), []

    def hang():
        asked.append("keys")
        raise provider._away(TimeoutError())

    provider._fetched_keys = hang
    for n in range(20):
        with pytest.raises(Problem):
            provider.key(f"made up {n}", "ES256")
    assert asked == ["keys"]


def test_a_form_of_very_many_fields_is_kept_in_one_pass():
    class Fields(FormData):
        def getlist(self, key):
            raise AssertionError("that would be one pass for each field")

    kept = typed(Fields([(f"n{n % 1000}", "x") for n in range(2000)]))
    assert len(kept) == 1000 and kept["n7"] == ["x", "x"]
