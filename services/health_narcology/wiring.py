"""What is connected? The table heard → locked → looked up → decided, the whole service on one screen."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from plumbing.clocks import ClockDue
from plumbing.postgres import Transaction
from plumbing.service import Gauges, Route, Service
from plumbing.transitions import read_table
from services.health_narcology import decisions, figures, keeping, messages, store
from services.health_narcology.counting import counted
from services.health_narcology.facts import evolve
from services.health_narcology.web import add_pages

FOLDER = Path(__file__).parent


def new_facilities(tx: Transaction) -> Sequence[Any]:
    """What the directory lists and this database does not know yet."""
    known = store.known_facilities(tx)
    entries = tomllib.loads((FOLDER / "directory.toml").read_text("utf-8"))["facility"]
    return [
        messages.OpenFacility(entry["code"], entry["region"], entry["kind"], entry["beds"])
        for entry in entries
        if entry["code"] not in known
    ]


SERVICE = Service(
    name="health_narcology",
    folder=FOLDER,
    evolve=evolve,
    record=keeping.record,
    law=read_table(FOLDER / "transitions.toml"),
    add_pages=add_pages,
    gauges=Gauges(figures.FIGURES, store.figures, figures.TASK_KINDS),
    at_start=new_facilities,
    counted=counted,
    routes=[
        #     heard                             locked               looked up      decided
        Route(messages.OpenFacility,            store.facilities_of, store.look_up, decisions.open_facility),
        Route(messages.HealthReferralIssued,    store.facilities_of, store.look_up, decisions.answer_referral),
        Route(messages.HealthReferralWithdrawn, store.facilities_of, store.look_up, decisions.withdraw),
        Route(messages.HealthHoldConfirmed,     store.facilities_of, store.look_up, decisions.confirm),
        Route(messages.RespondentCardSealed,    store.facilities_of, store.look_up, decisions.keep_card),
        Route(messages.StaffAct,                store.facilities_of, store.look_up, decisions.act),
        Route(ClockDue,                         store.facilities_of, store.look_up, decisions.ring),
    ],
)
