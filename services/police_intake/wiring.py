"""What is connected? The table heard → locked → looked up → decided, the whole service on one screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from plumbing.clocks import ClockDue
from plumbing.postgres import Transaction
from plumbing.service import Facts, Gauges, Key, Route, Service
from services.police_intake import (
    audit_store,
    decisions,
    figures,
    figures_store,
    keeping,
    messages,
    records,
    ringing,
    runs,
    store,
)
from services.police_intake.consent import acting, hers_store, withdrawing
from services.police_intake.consent import messages as consents
from services.police_intake.consent import store as consent_store
from services.police_intake.consent.notices import LAW
from services.police_intake.counting import counted
from services.police_intake.dispatch import deciding, incident
from services.police_intake.dispatch import store as incidents
from services.police_intake.erasing import acts as e
from services.police_intake.erasing import answering, holders_store
from services.police_intake.erasing import deciding as erasing
from services.police_intake.erasing import store as erasing_store
from services.police_intake.erasing.terms import with_terms
from services.police_intake.facts import evolve
from services.police_intake.journal.record import read_again
from services.police_intake.measures import lives, moving
from services.police_intake.measures import store as measures_store
from services.police_intake.measures.law import with_measures
from services.police_intake.officer import acts, doubles, settling
from services.police_intake.officer import store as officer_store
from services.police_intake.oversight.law import with_registration
from services.police_intake.places_store import places
from services.police_intake.risk import deciding as risking
from services.police_intake.risk import messages as r
from services.police_intake.risk import store as risk_store
from services.police_intake.risk.again import after_news, with_task
from services.police_intake.risk.broken import after_breach
from services.police_intake.risk.loading import with_grids
from services.police_intake.roster import deciding as rostering
from services.police_intake.roster import shifts
from services.police_intake.roster import store as roster_store
from services.police_intake.web import add_pages

FOLDER = Path(__file__).parent
WHOLE_LAW = with_registration(with_measures(with_grids(with_terms(LAW))))
REGISTER = after_news(acting.about_her(decisions.register))
DISPATCH = deciding.SamePath(REGISTER, decisions.set_aside)
ANSWERS, COMPLETE = acting.about_her(settling.add_answers), after_news(acting.about_her(settling.complete_record))
INCOMING = partial(hers_store.incoming, officer_store.incoming, officer_store.with_reports)
COMPLETED = partial(hers_store.incoming, officer_store.completed, officer_store.with_reports)
ANSWERING = partial(hers_store.answering, officer_store.stated, officer_store.with_reports)
INCIDENTS = partial(incidents.incidents, INCOMING)
RISKING = partial(risk_store.asked, store.known_reports)
NEEDS = measures_store.with_measures(store.needs_and_cards)
TAKEN_BACK = measures_store.with_measures(officer_store.taken_back)
MOVED, MOVE = risk_store.with_standing(measures_store.known), after_breach(moving.move)
SPOKEN = partial(hers_store.spoken, officer_store.with_reports)
DISCLOSING = partial(hers_store.disclosing, officer_store.with_reports)


def record(tx: Transaction, events: Sequence[tuple[Any, datetime]]) -> None:
    """Erasures last: they take away what was written before them."""
    keeping.record(tx, events)
    erasing_store.record(tx, events)


def rung(tx: Transaction, messages: Sequence[ClockDue]) -> Facts:
    """What a clock of hers, of her risk, of a measure, of an erasure or of a file asks about."""
    mine = hers_store.rung(tx, messages) | risk_store.rung(tx, messages)
    return mine | erasing_store.known(tx, messages) | measures_store.rung(tx, messages)


def evolved(facts: Mapping[Key, Any], event: Any) -> Facts:
    """Of people and reports as facts.py says; and by when she is to be asked again about the danger."""
    return evolve(facts, event) | with_task(event)


SERVICE = Service(
    name="police_intake",
    folder=FOLDER,
    evolve=evolved,
    record=record,
    law=WHOLE_LAW,
    law_hash=WHOLE_LAW.digest,
    keeps_decisions=False,  # its facts hold identities; what it decided stands in report_versions
    add_pages=partial(add_pages, read_again=read_again),
    counted=counted,
    places=places,
    gauges=Gauges(figures.FIGURES, figures_store.figures, figures.TASK_KINDS),
    looked=audit_store.LOOKED,
    routes=[
        #     heard                      locked                    looked up              decided
        Route(messages.RegisterReport,   store.lives_of_incoming,  INCOMING,              REGISTER),
        Route(messages.SetAside,         store.lives_of_set_aside, store.set_aside,       decisions.set_aside),
        Route(messages.TakeBack,         store.lives_of_reports,   TAKEN_BACK,             decisions.take_back),
        Route(records.FinishImport,      runs.runs_of,             runs.runs_finished,    decisions.finish_import),
        Route(acts.CompleteRecord, officer_store.lives_of_completed, COMPLETED,               COMPLETE),
        Route(acts.CloseRecord,    officer_store.lives_of_closed,    officer_store.held,      settling.close_record),
        Route(acts.AddAnswers,     hers_store.lives_of_answers,      ANSWERING,               ANSWERS),
        Route(acts.JudgePersons,   officer_store.lives_of_people,    officer_store.people,    doubles.judge),
        Route(acts.PartPersons,    officer_store.lives_of_people,    officer_store.people,    doubles.part),
        Route(incident.IncidentReported, incidents.lives_of_incidents, INCIDENTS, DISPATCH.take_incident),
        Route(consents.WithdrawConsent,  hers_store.lives,         SPOKEN,                acting.withdraw),
        Route(consents.AskDisclosure,    store.lives_of_reports,   DISCLOSING,            acting.ask),
        Route(consents.DecideDisclosure, store.lives_of_reports,   DISCLOSING,            acting.decide),
        Route(consents.ReviewDisclosure, store.lives_of_reports,   DISCLOSING,            acting.review),
        Route(consents.ConsentWithdrawalPassedOn, store.lives_of_reports, consent_store.withdrawals, withdrawing.see_passed_on),
        Route(consents.ConsentWithdrawalAcknowledged, store.lives_of_reports, consent_store.withdrawals,
              withdrawing.see_acknowledged),
        Route(r.AssessRisk,        store.lives_of_reports,   RISKING,               risking.assess),
        Route(r.RaiseRisk,         store.lives_of_reports,   RISKING,               risking.raise_grade),
        Route(r.ProposeLower,      store.lives_of_reports,   RISKING,               risking.propose),
        Route(r.DecideLower,       store.lives_of_reports,   RISKING,               risking.decide),
        Route(e.RequestErasure,    erasing_store.lives,            erasing_store.known,   erasing.request),
        Route(e.ApproveErasure,    erasing_store.lives,            erasing_store.known,   erasing.approve),
        Route(e.CancelErasure,     erasing_store.lives,            erasing_store.known,   erasing.cancel),
        Route(e.CardErasureAcknowledged, holders_store.lives,      holders_store.known,   answering.see_acknowledged),
        Route(lives.BeginMeasure,  measures_store.lives,           measures_store.known,  moving.begin),
        Route(lives.MoveMeasure,   measures_store.lives,           MOVED,                 MOVE),
        Route(lives.SettleParked,  measures_store.lives,           measures_store.known,  moving.settle),
        Route(shifts.EnterShift,   roster_store.lives_of_inspectors, roster_store.entered, rostering.enter),
        Route(shifts.EndShift,     roster_store.lives_of_shifts,     roster_store.ended,   rostering.end),
        Route(ClockDue,            erasing_store.lives,            rung,                  ringing.ring),
        Route(messages.NeedStateChanged, store.lives_of_reports,   NEEDS,                  decisions.see_need),
        Route(messages.CardRequested,    store.lives_of_reports,   store.needs_and_cards, decisions.send_card),
    ],
)
