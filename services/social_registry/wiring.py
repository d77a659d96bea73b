"""What is connected? The table heard → locked → looked up → decided, the whole service on one screen."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from plumbing.clocks import ClockDue
from plumbing.postgres import Transaction
from plumbing.rule_files import load_rules, unpacked
from plumbing.service import Gauges, Route, Service
from plumbing.transitions import read_table
from services.social_registry import cards, decisions, figures, keeping, messages, register, ringing, safety, store
from services.social_registry.counting import counted, told_apart
from services.social_registry.facts import evolve
from services.social_registry.places_store import places
from services.social_registry.questions import QUESTIONS
from services.social_registry.terms import Law
from services.social_registry.web import add_pages

FOLDER = Path(__file__).parent
MOVES = (read_table(FOLDER / "transitions.toml"), read_table(FOLDER / "transitions_of_entries.toml"))
LAW = Law(*MOVES, load_rules(FOLDER / "rules", QUESTIONS))


def directory() -> list[dict[str, Any]]:
    """The centres and akimats that work with us."""
    entries: list[dict[str, Any]] = tomllib.loads((FOLDER / "directory.toml").read_text("utf-8"))["facility"]
    return entries


def new_facilities(tx: Transaction) -> Sequence[Any]:
    """What the directory lists and this database does not know yet."""
    known = store.known_facilities(tx)
    return [
        messages.OpenFacility(
            entry["code"], entry["region"], entry["kind"], entry.get("places_night", 0), entry.get("places_day", 0),
            entry.get("admits_men", False), entry.get("admits_boys_until", 0), entry.get("accessible", False),
        )
        for entry in directory()
        if entry["code"] not in known
    ]


SERVICE = Service(
    name="social_registry",
    folder=FOLDER,
    evolve=evolve,
    record=keeping.record,
    law=LAW,
    law_hash=LAW.digest,
    law_kept_as=lambda kept: Law(*MOVES, unpacked(kept, QUESTIONS)),
    add_pages=add_pages,
    gauges=Gauges(figures.FIGURES, store.figures, figures.TASK_KINDS),
    at_start=new_facilities,
    counted=partial(counted, told_apart([entry["region"] for entry in directory() if entry["kind"] == "crisis_centre"])),
    rings=ringing.rings,
    places=places,
    routes=[
        #     heard                              locked          looked up      decided
        Route(messages.OpenFacility,             store.lives_of, store.look_up, decisions.open_facility),
        Route(messages.ShelterReferralIssued,    store.lives_of, store.look_up, decisions.answer_shelter_referral),
        Route(messages.ShelterReferralWithdrawn, store.lives_of, store.look_up, decisions.withdraw),
        Route(messages.ShelterHoldConfirmed,     store.lives_of, store.look_up, decisions.confirm),
        Route(messages.CardWithdrawn,            store.lives_of, store.look_up, cards.destroy_card),
        Route(messages.VictimCardSealed,         store.lives_of, store.look_up, cards.keep_card),
        Route(messages.VictimCardErased,         store.lives_of, store.look_up, cards.forget_card),
        Route(messages.OffenderStatusForSafety,  store.lives_of, store.look_up, safety.take),
        Route(messages.AcknowledgeSafety,        store.lives_of, store.look_up, safety.acknowledge),
        Route(messages.ChildNoticeIssued,        store.lives_of, store.look_up, decisions.take_notice),
        Route(messages.ChildNoticeWithdrawn,     store.lives_of, store.look_up, decisions.withdraw),
        Route(messages.StaffAct,                 store.lives_of, store.look_up, decisions.act),
        Route(messages.RegisterAct,              store.lives_of, store.look_up, register.act),
        Route(ClockDue,                          store.lives_of, store.look_up, decisions.ring),
    ],
)
