"""The story of an outsider who follows the register through its public topic, and is killed again and again."""

import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from random import Random

import pytest

from deploy.local.services import CHECKOUT
from tests.failures import staff
from tests.journeys import telling

pytestmark = [pytest.mark.journey, pytest.mark.stack]
KILLS = 20
ROWS = """SELECT region, state, level, count(*)::int, coalesce(sum((SELECT count(*) FROM child_entries c
    WHERE c.entry_id = e.entry_id AND c.state = 'listed')), 0)::int FROM register_entries e WHERE code <> 'unfounded'
    OR state <> 'closed' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"""
FOLLOWED = "SELECT region, state, level, count(*), sum(children) FROM entries GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"


def follower(world, file, *words):
    command = [sys.executable, "docs/follow_the_register/follow.py", world.services.endpoints()["kafka"], str(file), *words]
    return subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)


def kill_in_the_middle(world, file, rng):
    """One message a transaction, so that there are many moments to die in."""
    process = follower(world, file, "--batch", "1")
    assert process.stdout.readline() == "following\n"
    time.sleep(rng.uniform(0, 0.12))
    process.send_signal(signal.SIGKILL)
    process.wait()


def how_far(file):
    with closing(sqlite3.connect(file)) as books:
        return books.execute("SELECT coalesce(sum(next_offset), 0) FROM places").fetchone()[0]


def test_the_register_followed_in_public_equals_its_rows_however_often_it_dies(whole, tmp_path):
    file, rng, stops = tmp_path / "register.sqlite", Random(11), []
    reports = [telling.post(whole, telling.report(whole, children=number % 3 + 1)) for number in range(24)]
    whole.rest()
    for turn in range(KILLS):
        if turn % 4 == 0:
            staff.keep_the_register(whole, turn + 1)
            whole.take_back(reports.pop())
        kill_in_the_middle(whole, file, rng)
        stops.append(how_far(file))
    whole.rest()
    assert follower(whole, file, "--until-caught-up").wait(60) == 0
    with closing(sqlite3.connect(file)) as books:
        followed = books.execute(FOLLOWED).fetchall()
    assert followed == whole.sql("social_registry", ROWS) and len(followed) > 3
    assert stops[-1] > 0 and len(set(stops)) > 3, "it died at different places, and went on from them"
