"""How is an erasure ordered? `python -m services.police_intake erase request|approve|cancel|status PERSON_ID …`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

from plumbing.audit.operating import operating
from plumbing.identity import new_id
from plumbing.postgres import Database
from plumbing.preparing import prepare
from plumbing.service import CommandRefused, Heard, Service
from plumbing.settings import Settings
from plumbing.step import Step
from services.police_intake.erasing import acts as e
from services.police_intake.erasing.store import known

ON_THE_PAGE = ("request", "approve")
LOGGED_IN = (
    "doors are closed here, and a command line knows no login: an erasure is asked for and approved on the person's page,"
    " /persons/PERSON_ID; here it can be cancelled"
)


def erase_verb(service: Service, settings: Settings, words: Sequence[str]) -> int:
    """Two people and some days; prints in one sentence how it stands."""
    asked = _parser().parse_args(list(words))
    if settings.issuer and asked.what in ON_THE_PAGE:
        print(f"{LOGGED_IN}.", file=sys.stderr)
        return 1
    prepare(service, settings)
    with closing(Database(settings.dsn, f"{service.name}/erase")) as database:
        step = Step(service, database, settings.clock)
        if asked.what != "status":
            command = command_of(asked.what, asked.person, asked.by, asked.reason)
            with operating("erase", asked.by):
                [events] = step.run([Heard(command, f"command/{new_id()}", asked.person)])
            for refused in (event for event in events if isinstance(event, CommandRefused)):
                print(f"{refused.detail}.", file=sys.stderr)
                return 1
        with database.transaction() as tx:
            print(_told(known(tx, [e.CancelErasure(asked.person, "")]).get(("erasure", asked.person))))
    return 0


def command_of(what: str, person_id: str, by: str, reason: str = "") -> Any:
    """Nobody is logged in at a command line: the audit keeps who was at the machine, beside the name that was typed."""
    if what == "request":
        return e.RequestErasure(person_id, by, reason)
    return e.ApproveErasure(person_id, by) if what == "approve" else e.CancelErasure(person_id, by)


def _told(kept: e.ErasureKept | None) -> str:
    if kept is None:
        return "No erasure of this person was ever asked for."
    asked = f"{kept.state}: asked for by {kept.requested_by} ({kept.reason}), {_at(kept.requested_at)}"
    approved = f", approved by {kept.approved_by}" + (f", {_at(kept.approved_at)}" if kept.approved_at else "")
    due = f", due {_at(kept.due_at)}; it can be cancelled until then" if kept.state == "approved" and kept.due_at else ""
    back = f", taken back by {kept.ended_by}" if kept.ended_by else ""
    ended = f"{back}, {_at(kept.ended_at)}" if kept.ended_at else ""
    answers = "".join(f"; {_answer(one)}" for one in kept.answers)
    return f"{asked}{approved if kept.approved_by else ''}{due}{ended}{answers}."


def _answer(told: e.Answers) -> str:
    """By name: who has destroyed the cards, and who has not said so."""
    far = f"{told.service} has acknowledged {len(told.heard)} of {len(told.cards)}"
    return f"{far}, {_at(told.heard[-1])}" if told.all_heard else f"{far}, awaited until {_at(told.due_at)}"


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m services.police_intake erase")
    verbs = parser.add_subparsers(dest="what", required=True)
    for what in ("request", "approve", "cancel", "status"):
        verb = verbs.add_parser(what)
        verb.add_argument("person", metavar="PERSON_ID")
        verb.add_argument("--by", required=what != "status", default="", help="your name")
        verb.add_argument("--reason", required=what == "request", default="", help="a code; a wrong one is told all there are")
    return parser
