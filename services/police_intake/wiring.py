"""What is connected? The table heard → locked → looked up → decided, the whole service on one screen."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from plumbing.service import Gauges, Route, Service
from services.police_intake import decisions, figures, figures_store, keeping, messages, runs, store
from services.police_intake.counting import counted
from services.police_intake.facts import evolve
from services.police_intake.journal.record import read_again
from services.police_intake.officer import acts, doubles, settling
from services.police_intake.officer import store as officer_store
from services.police_intake.places_store import places
from services.police_intake.web import add_pages

SERVICE = Service(
    name="police_intake",
    folder=Path(__file__).parent,
    evolve=evolve,
    record=keeping.record,
    keeps_decisions=False,  # its facts hold identities; what it decided stands in report_versions
    add_pages=partial(add_pages, read_again=read_again),
    counted=counted,
    places=places,
    gauges=Gauges(figures.FIGURES, figures_store.figures, figures.TASK_KINDS),
    routes=[
        #     heard                      locked                    looked up              decided
        Route(messages.RegisterReport,   store.lives_of_incoming,  officer_store.incoming, decisions.register),
        Route(messages.SetAside,         store.lives_of_set_aside, store.set_aside,       decisions.set_aside),
        Route(messages.TakeBack,         store.lives_of_reports,   officer_store.taken_back, decisions.take_back),
        Route(messages.FinishImport,     runs.runs_of,          runs.runs_finished,   decisions.finish_import),
        Route(acts.CompleteRecord, officer_store.lives_of_completed, officer_store.completed, settling.complete_record),
        Route(acts.CloseRecord,    officer_store.lives_of_closed,    officer_store.held,      settling.close_record),
        Route(acts.AddAnswers,     store.lives_of_reports,           officer_store.stated,    settling.add_answers),
        Route(acts.JudgePersons,   officer_store.lives_of_people,    officer_store.people,    doubles.judge),
        Route(acts.PartPersons,    officer_store.lives_of_people,    officer_store.people,    doubles.part),
        Route(messages.NeedStateChanged, store.lives_of_reports,   store.needs_and_cards, decisions.see_need),
        Route(messages.CardRequested,    store.lives_of_reports,   store.needs_and_cards, decisions.send_card),
    ],
)
