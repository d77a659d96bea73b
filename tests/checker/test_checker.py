"""Can the checker fail? Each broken promise, planted into a copy of what a whole Qorgan shows, is named."""

from __future__ import annotations

import json
import subprocess
import sys
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from deploy.local.services import CHECKOUT
from tests.checker import (
    planting,
    planting_cases,
    planting_consents,
    planting_erasures,
    planting_imports,
    planting_register,
    planting_sides,
    violations,
)
from tests.failures import staff

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def evidence(world):
    world.put_clock_forward(timedelta(0))
    reports = world.post(world.bodies(60, consent="yes", intoxication="alcohol", children=2))
    world.rest()
    staff.work(world, 12)
    staff.keep_the_register(world)
    for report_id in reports[:6]:
        world.take_back(report_id)
    world.rest()
    return world.checker.gather(world.answered)


def test_what_is_whole_breaks_no_promise(evidence):
    assert violations(evidence) == []


PLANTS = [
    *planting.PLANTS, *planting_cases.PLANTS, *planting_imports.PLANTS, *planting_register.PLANTS, *planting_sides.PLANTS,
    *planting_consents.PLANTS, *planting_erasures.PLANTS,
]


@pytest.mark.parametrize("plant, named", PLANTS, ids=lambda one: getattr(one, "__name__", ""))
def test_every_broken_promise_is_named(evidence, plant, named):
    copy = deepcopy(evidence)
    plant(copy)
    assert any(named in sentence for sentence in violations(copy)), violations(copy)[:5]


def test_one_exact_moment_on_both_sides_is_named(evidence):
    copy, moment = deepcopy(evidence), datetime(2026, 11, 22, 10, 7, 31, 123000, tzinfo=UTC)
    for side in ("victim", "offender"):
        place = next(n for n, said in enumerate(copy.wire) if copy.sides[said.topic] == side and "basis" in said.body)
        copy.wire[place] = replace(copy.wire[place], body={**copy.wire[place].body, "answer_due": moment})
    assert any("is no whole quarter-hour" in sentence for sentence in violations(copy))


def test_a_clock_stopped_in_the_database_is_named(world, evidence):
    stopped = world.sql("referral_router", "UPDATE clocks SET ended_at = now() WHERE (subject, step) = (SELECT subject, step"
                        " FROM clocks WHERE ended_at IS NULL AND step LIKE 'arrival/%%' LIMIT 1) RETURNING subject, step")
    assert any(f"need {stopped[0][0]} is held without a clock" in one for one in world.checker.check(world.answered))
    world.sql("referral_router", "UPDATE clocks SET ended_at = NULL WHERE subject = %s AND step = %s RETURNING 1", *stopped[0])
    assert world.checker.check(world.answered) == []


def test_the_command_line_tells_lost_reports_from_whole_ones(world, evidence, tmp_path):
    endpoints, answered = tmp_path / "endpoints.json", tmp_path / "answered.txt"
    endpoints.write_text(json.dumps(world.services.endpoints()), "utf-8")
    for lost, code in (([], 0), (["nowhere"], 1)):
        answered.write_text("\n".join([*world.answered, *lost]), "utf-8")
        command = [sys.executable, "-m", "tests.checker", str(endpoints), str(answered)]
        done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=60)
        assert (done.returncode, json.loads(done.stdout.splitlines()[-1])) == (code, {"violated": len(lost)})
