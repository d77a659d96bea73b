"""What is connected? The table heard → locked → looked up → decided, the whole service on one screen."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from plumbing.clocks import ClockDue
from plumbing.postgres import Transaction
from plumbing.service import Gauges, Route, Service
from services.police_intake import decisions, figures, figures_store, keeping, messages, records, runs, store
from services.police_intake.counting import counted
from services.police_intake.erasing import acts as e
from services.police_intake.erasing import deciding
from services.police_intake.erasing import store as erasing_store
from services.police_intake.facts import evolve
from services.police_intake.journal.record import read_again
from services.police_intake.officer import acts, doubles, settling
from services.police_intake.officer import store as officer_store
from services.police_intake.web import add_pages

FOLDER = Path(__file__).parent


def terms() -> tuple[e.Terms, ...]:
    """The dated numbers of erasures."""
    told = tomllib.loads((FOLDER / "erasing/terms.toml").read_text("utf-8"))["term"]
    return tuple(
        e.Terms(
            one["in_force_from"], timedelta(days=one["delay_days"]), timedelta(hours=one["approval_hours"]),
            timedelta(hours=one["again_hours"]), tuple(one["reasons"]),
        )
        for one in told
    )


def record(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    """Erasures last: they take away what was written before them."""
    keeping.record(tx, events)
    erasing_store.record(tx, events)


SERVICE = Service(
    name="police_intake",
    folder=FOLDER,
    law=terms(),
    evolve=evolve,
    record=record,
    keeps_decisions=False,  # its facts hold identities; what it decided stands in report_versions
    add_pages=partial(add_pages, read_again=read_again),
    counted=counted,
    gauges=Gauges(figures.FIGURES, figures_store.figures, figures.TASK_KINDS),
    routes=[
        #     heard                      locked                    looked up              decided
        Route(messages.RegisterReport,   store.lives_of_incoming,  officer_store.incoming, decisions.register),
        Route(messages.SetAside,         store.lives_of_set_aside, store.set_aside,       decisions.set_aside),
        Route(messages.TakeBack,         store.lives_of_reports,   officer_store.taken_back, decisions.take_back),
        Route(records.FinishImport,      runs.runs_of,             runs.runs_finished,    decisions.finish_import),
        Route(acts.CompleteRecord, officer_store.lives_of_completed, officer_store.completed, settling.complete_record),
        Route(acts.CloseRecord,    officer_store.lives_of_closed,    officer_store.held,      settling.close_record),
        Route(acts.AddAnswers,     store.lives_of_reports,           officer_store.stated,    settling.add_answers),
        Route(acts.JudgePersons,   officer_store.lives_of_people,    officer_store.people,    doubles.judge),
        Route(acts.PartPersons,    officer_store.lives_of_people,    officer_store.people,    doubles.part),
        Route(e.RequestErasure,    erasing_store.lives,              erasing_store.known,       deciding.request),
        Route(e.ApproveErasure,    erasing_store.lives,              erasing_store.known,       deciding.approve),
        Route(e.CancelErasure,     erasing_store.lives,              erasing_store.known,       deciding.cancel),
        Route(ClockDue,            erasing_store.lives,              erasing_store.known,       decisions.ring),
        Route(messages.NeedStateChanged, store.lives_of_reports,   store.needs_and_cards, decisions.see_need),
        Route(messages.CardRequested,    store.lives_of_reports,   store.needs_and_cards, decisions.send_card),
    ],
)
