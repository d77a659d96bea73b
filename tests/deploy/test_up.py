"""Does the background stack come up, recover and go away, and does every failure name its mend?"""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from deploy.local.roles import SERVICES
from deploy.local.services import Service
from tests.deploy.checkouts import ask, checkout, command, environment, left
from tests.deploy.conftest import POSTGRES

pytestmark = pytest.mark.stack
UP = ("up", "--postgres", POSTGRES)


@pytest.fixture
def copy(tmp_path):
    folder = checkout(tmp_path / "a copy")
    yield folder
    ask(folder, "down")
    assert not left(folder)


def addresses(folder) -> dict:
    return json.loads((folder / "var" / "endpoints.json").read_text())


def states(folder) -> str:
    return ask(folder, "status").stdout


def test_up_writes_a_private_file_of_addresses_that_answer(copy):
    done = ask(copy, *UP)
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE((copy / "var" / "endpoints.json").stat().st_mode) == 0o600
    found = addresses(copy)
    assert list(found) == ["kafka", "services", "postgres", "postgres_admin", "dispatch_key", "keys"]
    assert found["dispatch_key"] == f"{found['services']['police_intake']}/dispatch-key"
    assert stat.S_IMODE((copy / "var" / "keys" / "dispatch").stat().st_mode) == 0o600
    assert set(found["services"]) == set(found["postgres"]) == set(found["postgres_admin"]) == set(SERVICES)
    for url in found["services"].values():
        assert urllib.request.urlopen(f"{url}/readyz", timeout=5).status == 200
    assert states(copy).count(", ready") == 8


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="this system shows no process's environment")
def test_a_service_finds_its_own_database_around_it_and_no_others(copy):
    ask(copy, *UP)
    for name in SERVICES:
        process = Service(name, copy / "var", attached=False).pid
        found = Path(f"/proc/{process}/environ").read_text("utf-8").split("\0")
        assert {one.partition("=")[0] for one in found if one.startswith("QORGAN_DSN_")} == {
            f"QORGAN_DSN_{name.upper()}", f"QORGAN_DSN_{name.upper()}_DESK"}
        assert any(one.startswith("QORGAN_DISPATCH_KEY_FILE=") for one in found) == (name == "police_intake")


def test_up_again_leaves_what_runs_alone(copy):
    ask(copy, *UP)
    before = states(copy)
    assert ask(copy, *UP).returncode == 0
    assert states(copy) == before


def test_another_postgresql_beside_the_one_that_runs_is_refused_in_one_sentence(copy):
    ask(copy, *UP)
    before = states(copy)
    other = "system" if POSTGRES == "wheel" else "wheel"
    for verb in "up", "recover":
        done = ask(copy, verb, "--postgres", other)
        assert done.returncode == 1 and done.stderr.count("\n") == 1 and "say make down first" in done.stderr
    assert states(copy) == before and before.count(", ready") == 8


def test_down_leaves_no_process_and_no_addresses(copy):
    ask(copy, *UP)
    assert ask(copy, "down").returncode == 0
    assert not left(copy) and not (copy / "var" / "endpoints.json").exists()
    assert states(copy).count("not running") == 8


@pytest.mark.parametrize("after", [0.4, 0.8, 1.2, 2.5])
def test_after_kill_9_of_the_launcher_the_next_up_recovers(copy, after):
    launcher = subprocess.Popen(command(*UP), cwd=copy, env=environment(), stdout=subprocess.DEVNULL)
    time.sleep(after)
    launcher.kill()
    launcher.wait()
    done = ask(copy, *UP)
    assert done.returncode == 0, done.stderr
    assert states(copy).count(", ready") == 8


def test_what_was_killed_in_the_background_is_started_by_the_next_up(copy):
    ask(copy, *UP)
    for name in "kafka", "postgres", "police_intake":
        os.kill(json.loads((copy / "var" / f"{name}.pid").read_text())["pid"], signal.SIGKILL)
    before = addresses(copy)
    assert ask(copy, *UP).returncode == 0
    assert states(copy).count(", ready") == 8 and addresses(copy) == before


def test_a_service_that_ends_at_its_start_is_named_and_everything_is_stopped(copy):
    (copy / "services" / "social_registry" / "__main__.py").write_text("raise SystemExit('no such luck')")
    done = ask(copy, *UP)
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    assert "social_registry ended at its start" in done.stderr and "no such luck" in done.stderr
    assert not left(copy)


def test_run_gives_its_command_a_stack_and_its_exit_code(copy):
    script = "import os; exit(7 * ({'QORGAN_KAFKA', 'QORGAN_DSN_POLICE_INTAKE'} <= set(os.environ)))"
    assert ask(copy, "run", "--postgres", POSTGRES, "--", sys.executable, "-c", script).returncode == 7


def test_a_missing_network_is_one_sentence_and_code_1(copy, tmp_path):
    proxy = "http://127.0.0.1:9"
    done = ask(copy, "up", XDG_CACHE_HOME=str(tmp_path / "empty"), HTTPS_PROXY=proxy, https_proxy=proxy)
    assert done.returncode == 1 and done.stderr.count("\n") == 1 and "Maven Central" in done.stderr


def test_down_where_nothing_ever_ran_is_no_fault(copy):
    assert ask(copy, "down").returncode == 0
