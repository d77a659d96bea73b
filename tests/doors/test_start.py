"""Does a service start only when somebody has decided who may come in, and does every invented person find a way in?"""

import json
import subprocess
import sys

import pytest

from deploy.local.issuer.staff import LIST, SCRYPT, Staff, drawn
from deploy.local.services import CHECKOUT
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
])
def test_a_service_started_by_hand_needs_an_issuer_or_open_doors(more, said):
    command = [sys.executable, "-m", "services.police_intake"]
    done = subprocess.run(command, env={**GIVEN, **more}, cwd=CHECKOUT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1 and said in done.stderr and len(done.stderr.strip().splitlines()) == 1, done.stderr


def test_open_doors_and_closed_ones_are_both_a_decision(tmp_path):
    (tmp_path / "secret").touch()
    Settings("s", "k", "d", doors_open=True).decide_doors()
    Settings("s", "k", "d", issuer="https://i", client_secret_file=str(tmp_path / "secret")).decide_doors()
    with pytest.raises(MissingSetting):
        Settings("s", "k", "d").decide_doors()


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
