"""What is connected? The table heard → locked → looked up → decided, the whole service on one screen."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from plumbing.clocks import ClockDue
from plumbing.pages import Desk
from plumbing.postgres import Transaction
from plumbing.service import Gauges, Route, Service
from services.health_narcology import cases, decisions, figures, figures_store, keeping, messages, ringing, store
from services.health_narcology.counting import counted
from services.health_narcology.facts import evolve
from services.health_narcology.law import read_law
from services.health_narcology.places_store import places
from services.health_narcology.web import beds as bed_pages
from services.health_narcology.web import cases as case_pages
from services.health_narcology.web import worklist

FOLDER = Path(__file__).parent
LAW = read_law(FOLDER)


def new_facilities(tx: Transaction) -> Sequence[Any]:
    """What the directory lists and this database does not know yet."""
    known = store.known_facilities(tx)
    entries = tomllib.loads((FOLDER / "directory.toml").read_text("utf-8"))["facility"]
    return [
        messages.OpenFacility(entry["code"], entry["region"], entry["kind"], entry["beds"], entry.get("beds_before", 0))
        for entry in entries
        if entry["code"] not in known
    ]


def add_pages(app: FastAPI, desk: Desk) -> None:
    for pages in (worklist, case_pages, bed_pages):
        pages.add_pages(app, desk)


SERVICE = Service(
    name="health_narcology",
    folder=FOLDER,
    evolve=evolve,
    record=keeping.record,
    law=LAW,
    law_hash=LAW.terms.digest,
    add_pages=add_pages,
    gauges=Gauges(figures.FIGURES, figures_store.figures, figures.TASK_KINDS),
    at_start=new_facilities,
    counted=counted,
    places=places,
    rings=ringing.rings,
    routes=[
        #     heard                             locked               looked up      decided
        Route(messages.OpenFacility,            store.facilities_of, store.look_up, decisions.open_facility),
        Route(messages.HealthReferralIssued,    store.facilities_of, store.look_up, decisions.answer_referral),
        Route(messages.HealthReferralWithdrawn, store.facilities_of, store.look_up, decisions.withdraw),
        Route(messages.HealthHoldConfirmed,     store.facilities_of, store.look_up, decisions.confirm),
        Route(messages.RespondentCardSealed,    store.facilities_of, store.look_up, decisions.keep_card),
        Route(messages.RespondentCardErased,    store.facilities_of, store.look_up, decisions.forget_card),
        Route(messages.StaffAct,                store.facilities_of, store.look_up, decisions.act),
        Route(messages.CaseAct,                 store.facilities_of, store.look_up, cases.act),
        Route(messages.LeaveBed,                store.facilities_of, store.look_up, cases.leave_bed),
        Route(ClockDue,                         store.facilities_of, store.look_up, decisions.ring),
    ],
)
