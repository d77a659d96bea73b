"""Which figures of the router does operations watch, and what may their labels say?"""

from __future__ import annotations

from plumbing.service import Figure
from services.referral_router import facts

KINDS = ("shelter", "offer_help", "child_help", "mirror_review", "detox", "examination", "child_notice")
STATES = (*facts.OPEN, facts.ARRIVED, facts.SETTLED, facts.WITHDRAWN)
REFUSALS = ("full", "profile", "distance", "no_bed", "declined", "closed", "unknown_facility")
OUTCOMES = ("awaited", "held", "decided", "silent", "refused", "ended")
TASK_KINDS = ("need", "ack")
FIGURES = (
    Figure("qorgan_needs", "Needs as they stand.", {"kind": KINDS, "state": STATES}),
    Figure("qorgan_people_waiting_past_clock", "Needs nobody has answered in their time.", {"kind": KINDS}),
    Figure("qorgan_longest_wait_seconds", "How long the oldest need without a place or an end has waited.", {"kind": KINDS}),
    Figure("qorgan_answers", "Answers awaited that came, or did not, before their clock ran out.",
           {"outcome": ("in_time", "late")}, grows=True),
    Figure("qorgan_attempts", "Attempts at a facility, as they stand.", {"outcome": OUTCOMES}),
    Figure("qorgan_refusals", "Refusals of facilities.", {"code": REFUSALS}, grows=True),
)
