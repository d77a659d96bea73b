"""What is connected? The table heard → locked → looked up → decided, the whole service on one screen."""

from __future__ import annotations

from pathlib import Path

from plumbing.service import Gauges, Route, Service
from services.police_intake import decisions, figures, figures_store, keeping, messages, store
from services.police_intake.counting import counted
from services.police_intake.facts import evolve
from services.police_intake.web import add_pages

SERVICE = Service(
    name="police_intake",
    folder=Path(__file__).parent,
    evolve=evolve,
    record=keeping.record,
    keeps_decisions=False,  # its facts hold identities; what it decided stands in report_versions
    add_pages=add_pages,
    counted=counted,
    gauges=Gauges(figures.FIGURES, figures_store.figures, figures.TASK_KINDS),
    routes=[
        #     heard                      locked                    looked up              decided
        Route(messages.RegisterReport,   store.lives_of_incoming,  store.incoming,        decisions.register),
        Route(messages.SetAside,         store.lives_of_set_aside, store.set_aside,       decisions.set_aside),
        Route(messages.TakeBack,         store.lives_of_reports,   store.reports,         decisions.take_back),
        Route(messages.CloseTask,        store.subjects,           store.no_facts,        decisions.close_task),
        Route(messages.FinishImport,     store.runs_of,            store.runs_finished,   decisions.finish_import),
        Route(messages.NeedStateChanged, store.lives_of_reports,   store.needs_and_cards, decisions.see_need),
        Route(messages.CardRequested,    store.lives_of_reports,   store.needs_and_cards, decisions.send_card),
    ],
)
