"""Does a service start only when somebody has decided who may come in, and does every invented person find a way in?"""

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from deploy.local.issuer.staff import LIST, SCRYPT, TRIES, Staff, drawn
from deploy.local.services import CHECKOUT
from plumbing.serving import configuration
from plumbing.settings import MissingSetting, Settings
from tests.doors import house, reading, seeds
from tests.doors.browsing import Browser

GIVEN = {"QORGAN_KAFKA": "127.0.0.1:1", "QORGAN_DSN_POLICE_INTAKE": "postgresql://nobody@127.0.0.1:1/none", "PATH": "/usr/bin:/bin"}


@pytest.mark.parametrize("more, said", [
    ({}, "nobody says who may come in: give QORGAN_ISSUER"),
    ({"QORGAN_DOORS": "yes"}, "nobody says who may come in"),
    ({"QORGAN_DOORS": "open", "QORGAN_ISSUER": "https://issuer.example"}, "are both set"),
    ({"QORGAN_ISSUER": "https://issuer.example"}, "QORGAN_CLIENT_SECRET_FILE is not set"),
    ({"QORGAN_ISSUER": "https://issuer.example", "QORGAN_CLIENT_SECRET_FILE": "/nowhere"}, "/nowhere cannot be read"),
    ({"QORGAN_ISSUER": "https://issuer.example", "QORGAN_CLIENT_SECRET_FILE": "LOOSE"}, "can be read by others: chmod 600"),
    ({"QORGAN_ISSUER": "http://issuer.example", "QORGAN_CLIENT_SECRET_FILE": "LOOSE"}, "anybody on the way could speak for"),
    ({"QORGAN_ISSUER": "http://127.0.0.1.example", "QORGAN_CLIENT_SECRET_FILE": "LOOSE"}, "anybody on the way could speak for"),
])
def test_a_service_started_by_hand_needs_an_issuer_or_open_doors(more, said, tmp_path):
    command = [sys.executable, "-m", "services.police_intake"]
    (tmp_path / "police_intake").mkdir(mode=0o700)
    (loose := tmp_path / "loose").touch()
    loose.chmod(0o644)
    told = {name: str(loose) if value == "LOOSE" else value for name, value in more.items()}
    done = subprocess.run(command, env={**GIVEN, "QORGAN_KEYS": str(tmp_path), **told}, cwd=CHECKOUT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and said in done.stderr and len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_open_doors_and_closed_ones_are_both_a_decision(tmp_path):
    (tmp_path / "secret").touch(0o600)
    Settings("s", "k", "d", doors_open=True).decide_doors()
    Settings("s", "k", "d", issuer="https://i", client_secret_file=str(tmp_path / "secret")).decide_doors()
    Settings("s", "k", "d", issuer="http://127.0.0.1:1", client_secret_file=str(tmp_path / "secret")).decide_doors()
    with pytest.raises(MissingSetting):
        Settings("s", "k", "d").decide_doors()


@pytest.mark.parametrize("proxies", ["", "10.0.0.7"])
def test_a_stranger_cannot_say_that_somebody_else_asks(proxies):
    """The address slows strangers down: only a proxy that the environment names may tell another one."""
    app = FastAPI()

    @app.get("/")
    def who(request: Request):
        return request.client.host

    config = configuration(app, Settings("s", "k", "d", proxies=proxies))
    config.load()
    for comes_from, believed in (("127.0.0.1", False), ("10.0.0.7", bool(proxies))):
        with TestClient(config.loaded_app, client=(comes_from, 1)) as client:
            told = client.get("/", headers={"X-Forwarded-For": "203.0.113.9"}).json()
        assert told == ("203.0.113.9" if believed else comes_from)


def test_passwords_are_drawn_once_for_each_and_nobody_else_may_read_them(tmp_path):
    first, again = drawn(tmp_path), drawn(tmp_path)
    words = [one.get("password") or one["secret"] for kind in first.values() for one in kind.values()]
    assert first == again and len(set(words)) == len(words) and min(map(len, words)) >= 16
    assert (tmp_path / "staff.json").stat().st_mode & 0o777 == 0o600
    assert not any(word in LIST.read_text("utf-8") for word in words)


def test_the_issuer_keeps_no_password_and_lets_nobody_guess(tmp_path):
    staff, word = Staff(tmp_path), drawn(tmp_path)["people"]["clerk"]["password"]
    assert word not in repr(vars(staff)) and SCRYPT["n"] >= 2**14
    assert staff.person("clerk", word)["role"] == "duty_clerk"
    assert [staff.person("clerk", "guess") for _ in range(5)] == [None] * 5
    assert staff.person("clerk", word) is None, "five wrong tries: wait a minute"
    assert staff.person("head", drawn(tmp_path)["people"]["head"]["password"]) is not None


def test_a_crowd_that_guesses_at_once_has_no_more_tries_than_one(tmp_path):
    staff, hashed = Staff(tmp_path), []
    real = staff._hash
    staff._hash = lambda secret: (time.sleep(0.1), hashed.append(secret), real(secret))[-1]
    with ThreadPoolExecutor(20) as crowd:
        assert {*crowd.map(lambda n: staff.person("clerk", f"guess {n}"), range(20))} == {None}
    assert len(hashed) == TRIES


@pytest.mark.stack
def test_the_signing_key_is_in_a_file_nobody_else_may_read(issuer):
    file = issuer.folder / "issuer" / "signing_key.json"
    assert file.stat().st_mode & 0o777 == 0o600 and "d" in json.loads(file.read_text())
    assert (issuer.folder / "issuer" / "clients.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.stack
@pytest.mark.parametrize("name", seeds.NAMES)
def test_every_invented_person_logs_in_where_the_role_has_work_and_nowhere_else(issuer, name):
    desk = house.closed_desk(seeds.SERVICES[name], issuer, seeds.MESSAGES[name](), reads_per_second=1000)
    at_work = {role for role, *_ in reading.rules(name)}
    with house.opened(desk, issuer) as opened:
        for one in reading.STAFF["person"]:
            with Browser(opened) as browser:
                page = browser.login(one["user"])
            assert page.status_code == (200 if one["role"] in at_work else 403), (one["user"], page.text[:300])
