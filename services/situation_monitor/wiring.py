"""What is connected? The table heard → locked → looked up → decided, the whole service on one screen."""

from __future__ import annotations

from pathlib import Path

from plumbing.rule_files import load_rules
from plumbing.service import Gauges, Route, Service
from services.situation_monitor import decisions, figures, keeping, messages, store
from services.situation_monitor.facts import evolve
from services.situation_monitor.questions import QUESTIONS
from services.situation_monitor.web import add_pages

FOLDER = Path(__file__).parent
LAW = load_rules(FOLDER / "rules", QUESTIONS)

SERVICE = Service(
    name="situation_monitor",
    folder=FOLDER,
    evolve=evolve,
    record=keeping.record,
    law=LAW,
    law_hash=LAW.digest,
    pace=0.25,  # the picture is renewed every few seconds: counting may wait for more to count
    keeps_decisions=False,  # a count is no decision about anybody; the sums are what is kept
    add_pages=add_pages,
    gauges=Gauges(figures.FIGURES, store.figures),
    routes=[
        #     heard                         locked              looked up           decided
        Route(messages.ReportCounted,       store.nothing_more, store.no_facts,     decisions.count_report),
        Route(messages.RecordsCounted,      store.nothing_more, store.no_facts,     decisions.count_records),
        Route(messages.MeasureCounted,      store.nothing_more, store.no_facts,     decisions.count_measure),
        Route(messages.AssessmentCounted,   store.nothing_more, store.no_facts,     decisions.count_assessment),
        Route(messages.NeedCounted,         store.nothing_more, store.no_facts,     decisions.count_need),
        Route(messages.SocialLifeCounted,   store.nothing_more, store.no_facts,     decisions.count_life),
        Route(messages.HealthLifeCounted,   store.nothing_more, store.no_facts,     decisions.count_life),
        Route(messages.SocialPlacesCounted, store.nothing_more, store.no_facts,     decisions.count_places),
        Route(messages.HealthPlacesCounted, store.nothing_more, store.no_facts,     decisions.count_places),
        Route(messages.RaiseSurge,          store.territories,  store.surges_known, decisions.raise_surge),
        Route(messages.KeepWatch,           store.nothing_more, store.no_facts,     decisions.keep_watch),
    ],
)
