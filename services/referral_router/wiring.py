"""What is connected? The table heard → locked → looked up → decided, the whole service on one screen."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from plumbing.clocks import ClockDue
from plumbing.rule_files import load_rules, unpacked
from plumbing.service import Facts, Gauges, Key, Route, Service
from services.referral_router import (
    capacity,
    commands,
    consents,
    coordinating,
    decisions,
    erasures,
    figures,
    keeping,
    messages,
    regrading,
    risk_store,
    risks,
    store,
    withdrawing,
)
from services.referral_router.counting import counted
from services.referral_router.facts import evolve
from services.referral_router.places_store import places
from services.referral_router.questions import QUESTIONS
from services.referral_router.reading import FACT_KINDS
from services.referral_router.web import add_pages

GRADED = partial(risk_store.graded, store.reports_and_needs)
FOLDER = Path(__file__).parent
LAW = load_rules(FOLDER / "rules", QUESTIONS)


def evolved(facts: Mapping[Key, Any], event: Any) -> Facts:
    """Of needs and reports as facts.py says; and what a person has to do about a need, which may come sooner by a grade."""
    return evolve(facts, event) | regrading.with_task(event)


SERVICE = Service(
    name="referral_router",
    folder=FOLDER,
    evolve=evolved,
    record=keeping.record,
    law=LAW,
    law_hash=LAW.digest,
    law_kept_as=partial(unpacked, questions=QUESTIONS),
    fact_kinds=FACT_KINDS,
    add_pages=add_pages,
    counted=counted,
    places=places,
    gauges=Gauges(figures.FIGURES, store.figures, figures.TASK_KINDS),
    routes=[
        #     heard                        locked                    looked up                decided
        Route(messages.ReportRegistered,   store.lives_of_report,    store.reports_and_needs, decisions.assess_report),
        Route(messages.ReportCorrected,    store.lives_of_report,    store.reports_and_needs, decisions.assess_report),
        Route(messages.ReportCancelled,    store.lives_of_cancelled, store.reports_and_needs, decisions.take_back),
        Route(consents.ConsentGiven,       store.lives_of_cancelled, store.reports_and_needs, withdrawing.take_consent),
        Route(consents.ConsentWithdrawn,   store.lives_of_cancelled, store.reports_and_needs, withdrawing.take_withdrawal),
        Route(consents.DisclosureAllowed,  store.lives_of_cancelled, store.reports_and_needs, withdrawing.take_disclosure),
        Route(risks.RiskGraded,            store.lives_of_cancelled, GRADED,                  regrading.take_risk),
        Route(consents.CardDestroyed,      store.subjects_of_needs,  store.one_need,          withdrawing.take_card_destroyed),
        Route(erasures.SocialForgot,       store.subjects_of_needs,  store.one_need,          erasures.pass_on),
        Route(erasures.HealthForgot,       store.subjects_of_needs,  store.one_need,          erasures.pass_on),
        Route(messages.PlaceHeld,          store.subjects_of_needs,  store.one_need,          decisions.take_hold),
        Route(messages.BedHeld,            store.subjects_of_needs,  store.one_need,          decisions.take_hold),
        Route(messages.SocialRefused,      store.subjects_of_needs,  store.one_need,          decisions.take_refusal),
        Route(messages.HealthRefused,      store.subjects_of_needs,  store.one_need,          decisions.take_refusal),
        Route(messages.SocialAcknowledged, store.subjects_of_needs,  store.one_need,          decisions.take_acknowledgement),
        Route(messages.HealthAcknowledged, store.subjects_of_needs,  store.one_need,          decisions.take_acknowledgement),
        Route(messages.GuestArrived,       store.subjects_of_needs,  store.one_need,          decisions.take_arrival),
        Route(messages.PatientAdmitted,    store.subjects_of_needs,  store.one_need,          decisions.take_arrival),
        Route(messages.SocialHoldEnded,    store.subjects_of_needs,  store.one_need,          decisions.take_end),
        Route(messages.HealthHoldEnded,    store.subjects_of_needs,  store.one_need,          decisions.take_end),
        Route(messages.NoticeDecided,      store.subjects_of_needs,  store.one_need,          decisions.take_decision),
        Route(messages.ExaminationDecided, store.subjects_of_needs,  store.one_need,          decisions.take_decision),
        Route(messages.TreatmentStageReached, store.subjects_of_needs, store.one_need,       decisions.take_stage),
        Route(messages.CentreCapacity,     store.waiting_subjects,   store.waiting_needs,     capacity.hear_centre),
        Route(messages.ClinicCapacity,     store.waiting_subjects,   store.waiting_needs,     capacity.hear_clinic),
        Route(commands.SettleNeed,         store.subjects_of_needs,  store.one_need,          decisions.settle),
        Route(commands.AskAgain,           store.subjects_of_needs,  store.one_need,          coordinating.ask_again),
        Route(commands.NoteNeed,           store.subjects_of_needs,  store.one_need,          coordinating.note),
        Route(ClockDue,                    store.subjects_of_needs,  store.one_need,          decisions.ring),
    ],
)
