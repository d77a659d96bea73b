"""Is only killed what is ours?"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import pytest

from deploy.local.birth import born
from deploy.local.processes import Plan, Process


@pytest.fixture
def sleeper(tmp_path):
    process = Process(tmp_path / "sleeper.pid")
    process.spawn(Plan(["sleep", "60"], tmp_path / "log", tmp_path))
    yield process
    process.stop(signal.SIGKILL, 5)


def test_a_started_process_is_found_again_by_its_pid_file(sleeper):
    assert Process(sleeper.pid_file).pid == sleeper.pid is not None


def test_a_recycled_pid_is_not_ours_and_never_killed(sleeper, tmp_path):
    stale = tmp_path / "stale.pid"
    stale.write_text(json.dumps({"pid": sleeper.pid, "born": "1"}))
    assert Process(stale).pid is None
    Process(stale).stop(signal.SIGKILL, 1)
    assert sleeper.pid is not None


def test_a_half_written_pid_file_means_no_process(tmp_path):
    (tmp_path / "x.pid").write_text('{"pid": 1')
    assert Process(tmp_path / "x.pid").pid is None


def test_a_frozen_process_can_be_stopped(sleeper):
    sleeper.send(signal.SIGSTOP)
    sleeper.stop(signal.SIGTERM, 5)
    assert sleeper.pid is None


CHILD = """
import sys, time
from pathlib import Path
from deploy.local.processes import Plan, Process
folder, how = Path(sys.argv[1]), sys.argv[2]
Process(folder / "c.pid").spawn(Plan(["sleep", "60"], folder / "log", folder,
                                     death_signal=15 if how == "attached" else None))
print("started", flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the parent-death signal is Linux's")
@pytest.mark.parametrize("how", ["attached", "detached"])
def test_an_attached_child_dies_with_its_parent_and_a_detached_one_lives(tmp_path, how):
    parent = subprocess.Popen([sys.executable, "-c", CHILD, tmp_path, how], stdout=subprocess.PIPE, text=True)
    assert parent.stdout and parent.stdout.readline() == "started\n"
    child = Process(tmp_path / "c.pid")
    assert child.pid
    parent.kill()
    parent.communicate()
    time.sleep(0.3)
    assert (child.pid is None) == (how == "attached")
    child.stop(signal.SIGKILL, 5)


def test_a_process_that_never_was_has_no_birth():
    assert born(2**22 + 7) is None
