"""What is connected? The table heard → locked → looked up → decided, the whole service on one screen."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from plumbing.service import Gauges, Route, Service
from services.police_intake import (
    decisions,
    doubles,
    figures,
    figures_store,
    keeping,
    messages,
    officer,
    officer_acts,
    officer_store,
    runs_store,
    store,
)
from services.police_intake.counting import counted
from services.police_intake.facts import evolve
from services.police_intake.journal.record import read_again
from services.police_intake.web import add_pages

SERVICE = Service(
    name="police_intake",
    folder=Path(__file__).parent,
    evolve=evolve,
    record=keeping.record,
    keeps_decisions=False,  # its facts hold identities; what it decided stands in report_versions
    add_pages=partial(add_pages, read_again=read_again),
    counted=counted,
    gauges=Gauges(figures.FIGURES, figures_store.figures, figures.TASK_KINDS),
    routes=[
        #     heard                      locked                    looked up              decided
        Route(messages.RegisterReport,   store.lives_of_incoming,  store.incoming,        decisions.register),
        Route(messages.SetAside,         store.lives_of_set_aside, store.set_aside,       decisions.set_aside),
        Route(messages.TakeBack,         store.lives_of_reports,   store.reports,         decisions.take_back),
        Route(messages.FinishImport,     runs_store.runs_of,          runs_store.runs_finished,   decisions.finish_import),
        Route(officer_acts.CompleteRecord, officer_store.lives_of_completed, officer_store.completed, officer.complete_record),
        Route(officer_acts.CloseRecord,    officer_store.lives_of_closed,    officer_store.held,      officer.close_record),
        Route(officer_acts.AddAnswers,     store.lives_of_reports,           officer_store.stated,    officer.add_answers),
        Route(officer_acts.JudgePersons,   officer_store.lives_of_people,    officer_store.people,    doubles.judge),
        Route(officer_acts.PartPersons,    officer_store.lives_of_people,    officer_store.people,    doubles.part),
        Route(messages.NeedStateChanged, store.lives_of_reports,   store.needs_and_cards, decisions.see_need),
        Route(messages.CardRequested,    store.lives_of_reports,   store.needs_and_cards, decisions.send_card),
    ],
)
