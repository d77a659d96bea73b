"""Does the background stack come up with closed doors, tell the issuer who its clients are, and stay closed?"""

import json
import stat
import urllib.request

import pytest

from deploy.local.tokens import token
from tests.deploy.checkouts import ask, checkout
from tests.deploy.test_up import UP, addresses, left, states

pytestmark = pytest.mark.stack


def test_up_with_closed_doors_brings_an_issuer_and_a_plain_up_leaves_it_there(tmp_path):
    copy = checkout(tmp_path / "a copy")
    try:
        done = ask(copy, *UP, "--secure")
        assert done.returncode == 0 and "var/staff.json" in done.stdout.replace(str(copy), ""), done.stderr
        found = addresses(copy)
        described = json.load(urllib.request.urlopen(f"{found['issuer']}/.well-known/openid-configuration", timeout=5))
        assert described["issuer"] == found["issuer"] and states(copy).count(", ready") == 9
        clients = json.loads((copy / "var/issuer/clients.json").read_text())
        assert {one["redirect_uri"] for one in clients.values()} == {f"{url}/login/done" for url in found["services"].values()}
        for file in ("staff.json", "issuer/clients.json", "issuer/signing_key.json", "passwords/issuer-police_intake"):
            assert stat.S_IMODE((copy / "var" / file).stat().st_mode) == 0o600, file
        assert token(copy / "var", found["issuer"], "scraper", "police_intake").count(".") == 2
        words = (copy / "var/staff.json").read_text()
        assert ask(copy, *UP, "--secure").returncode == 0 and (copy / "var/staff.json").read_text() == words
        assert ask(copy, *UP).returncode == 0
        assert addresses(copy)["issuer"] == found["issuer"] and states(copy).count(", ready") == 9
    finally:
        ask(copy, "down")
    assert not left(copy)
