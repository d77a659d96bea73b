"""Does the demo end with exact books, leave nothing behind, and never touch another demo that runs?"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time

import pytest

from tests.deploy.checkouts import environment, left, whole_checkout
from tests.deploy.conftest import POSTGRES

pytestmark = pytest.mark.stack
SMALL = {"REPORTS": "12", "SPEED": "8000", "QORGAN_TEST_POSTGRES": POSTGRES, "PYTHONUNBUFFERED": "1"}
COMMAND = [sys.executable, "-m", "simulation.demo"]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    return whole_checkout(tmp_path_factory.mktemp("demo"))


def test_a_demo_once_ends_with_exact_books_and_leaves_no_process(copy):
    done = subprocess.run(COMMAND, cwd=copy, env=environment(**SMALL, ONCE="1"), capture_output=True, text=True, timeout=200)
    assert done.returncode == 0, done.stderr[-2000:]
    books = json.loads(done.stdout.splitlines()[-1])
    assert books["exact"] and books["records"] == sum(books["verdicts"].values()) > 100
    assert books["registered"] == books["assessed"] > 0 == books["waiting_without_clock"]
    assert {"shelter", "detox", "child_notice"} <= set(books["by_kind_and_region"])
    _, drawn = done.stdout.split("by region and kind", 1)
    told = drawn.rpartition("\n{")[0]
    regions = {region for kind in books["by_kind_and_region"].values() for region in kind}
    assert len(regions) > 3 and all(region in told for region in regions)
    assert books["districts"] > 3 and (books["uncovered"], books["untold"]) == (0, 0), "each has an inspector, and women were told"
    assert not left(copy)


def test_a_second_demo_touches_nothing_of_the_first_which_ctrl_c_ends_cleanly(copy):
    told = copy / "first.txt"
    with open(told, "w") as output:
        first = subprocess.Popen(COMMAND, cwd=copy, env=environment(**SMALL), stdout=output, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + 150
        while "exact" not in told.read_text() and "Replaying" not in told.read_text():
            assert time.monotonic() < until and first.poll() is None, told.read_text()
            time.sleep(0.2)
        running = left(copy)
        second = subprocess.run(COMMAND, cwd=copy, env=environment(**SMALL), capture_output=True, text=True, timeout=60)
        assert second.returncode == 1 and "another Qorgan works in" in second.stderr and second.stderr.count("\n") == 1
        assert left(copy) == running and first.poll() is None
        first.send_signal(signal.SIGINT)
        assert first.wait(60) == 0, told.read_text()
        assert not left(copy)
    finally:
        first.kill()
