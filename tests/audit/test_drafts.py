"""Does the audit name everybody and everything that an act was about?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from plumbing.actors import Actor, acting
from plumbing.audit.drafts import changes
from plumbing.identity import new_id
from plumbing.service import Heard
from services.police_intake.consent.messages import ConsentWithdrawn, WithdrawConsent
from services.police_intake.officer.acts import JudgePersons

NOW = datetime(2026, 11, 24, tzinfo=UTC)
ONE, OTHER, THIRD = (new_id() for _ in range(3))


@dataclass(frozen=True)
class Registered:
    new_id: str
    message_id: str


@dataclass(frozen=True)
class Kept:
    report_id: str
    held_id: str


@dataclass(frozen=True)
class Counted:
    number: int


ACTS = {
    "two people are said to be one": (JudgePersons(ONE, OTHER, True, "Dana"), [Counted(1)], [("person", ONE), ("person", OTHER)]),
    "all her reports are told": (WithdrawConsent(ONE, "Dana"), [ConsentWithdrawn(OTHER, 2, "she"), ConsentWithdrawn(THIRD, 2, "she")],
                                 [("report", ONE), ("report", OTHER), ("report", THIRD)]),
    "a record becomes a report": (Kept("", ONE), [Kept(OTHER, ONE), Kept(OTHER, "")], [("held", ONE), ("report", OTHER)]),
    "a form makes a report": (Registered(ONE, OTHER), [Kept(ONE, "")], [("report", ONE)]),
    "nothing has an id": (Counted(1), [Counted(2)], [("key", "its key")]),
}


@pytest.mark.parametrize("act", ACTS)
def test_whoever_an_act_touched_has_a_row_and_only_one(act):
    command, events, objects = ACTS[act]
    with acting(Actor("s-1", "Dana", "duty_clerk")):
        rows = changes([(Heard(command, "message", "its key"), events, None)], NOW)
    assert [(row.kind, row.object_id) for row in rows] == objects and len({row.request_id for row in rows}) == 1
