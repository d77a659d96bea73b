"""Which figures of police intake does operations watch, and what may their labels say?"""

from __future__ import annotations

from plumbing.regions import REGIONS
from plumbing.service import Figure
from services.police_intake.erasing.acts import HOLDERS
from services.police_intake.report import REGION_UNKNOWN

VERDICTS = ("accepted", "duplicate", "correction", "held", "ignored", "rejected")
MEASURE_TASKS = (
    "search", "tell_her", "service", "prosecutor_copy", "check", "protest", "danger", "base_gone", "parked_measure",
    "case_open", "detention", "hearing", "hearing_awaited", "fine_open", "release", "community_service", "grade",
    "court_answer", "come_into_force", "monthly_report", "tell_her_required", "register_entry", "register_check",
    "register_end", "crime_open", "tell_her_out", "second_contact",
    "release_unacknowledged", "respondent_complaint", "examine_again", "no_approach_answer", "no_approach_announce",
    "tell_her_no_approach", "no_approach_broken", "no_approach_stands", "court_notice",
)
MEASURES = (
    "administrative_case", "court_notice", "criminal_link", "incident_outcome", "no_approach_order", "preventive_register",
    "protection_order", "reconciliation", "respondent_complaint", "safety_notice", "second_contact", "special_requirements",
)
MEASURE_STATES = (
    "acquitted", "active", "administrative", "administrative_provisional", "announced", "arrest_served", "arrested",
    "awaited", "breached", "cancelled", "closed", "community_service", "court_told", "criminal",
    "criminal_provisional", "declined", "detained", "ended", "evaded", "examined", "expired", "fine_paid", "fined",
    "imposed", "in_court", "in_court_held", "investigated", "issued", "lifted", "no_action", "no_safe_way",
    "not_served", "opened", "order_revoked", "out_untold", "overtaken_by_a_court", "overturned", "proposed",
    "reached", "received", "reconciled", "recorded", "refused", "registered", "rejected", "removed", "replaced",
    "requested", "revoked", "sanctioned", "sentenced", "served", "served_refused", "service_done", "struck",
    "superseded", "terminated", "to_be_examined", "told", "waiting", "warned", "withdrawn",
)
TASK_KINDS = (
    "held", "refused", "rejected", "possible_duplicate", "consent_ends", "consent_withdrawn", "disclosure", "disclosure_review",
    "erasure", "erasure_silent", "file", "risk_again", "risk_call_back", "risk_lower", *MEASURE_TASKS,
)
WITHIN = ("minute", "ten_minutes", "hour", "day", "later")  # till the last holder had acknowledged
FIGURES = (
    Figure("qorgan_reports_accepted", "Reports accepted, by form, interface or journal.", grows=True),
    Figure("qorgan_reports", "Reports as they stand.", {"state": ("active", "taken_back")}),
    Figure("qorgan_import_verdicts", "Records of journals, by verdict.", {"verdict": VERDICTS}, grows=True),
    Figure("qorgan_consents", "Reports by what she said last about help.", {"state": ("given", "refused", "withdrawn")}),
    Figure("qorgan_refusals_with_card", "First refusals, by whether the card with the numbers of help was left with her.",
           {"handed": ("yes", "no")}, grows=True),
    Figure("qorgan_consent_withdrawals", "Withdrawals, by whether every holder has acknowledged.",
           {"state": ("open", "acknowledged")}),
    Figure("qorgan_consent_withdrawals_within", "Withdrawals acknowledged by every holder, by seconds that took at most.",
           {"within": WITHIN}, grows=True),
    Figure("qorgan_disclosures", "Disclosures without consent, as they stand.",
           {"state": ("asked", "allowed", "refused", "ended"), "verdict": ("none", "lawful", "unlawful")}),
    Figure("qorgan_erasure_holders_silent", "Cards of erased people that a holder has not said in time to be destroyed.",
           {"holder": HOLDERS}),
    Figure("qorgan_measures", "Measures as they stand: outcomes, orders, cases, second contacts, notices for her safety.",
           {"kind": MEASURES, "state": MEASURE_STATES}, zeros=False),
    Figure("qorgan_districts_uncovered", "Districts with no inspector for women on shift, nor one who comes within 24 hours.",
           {"region": (*REGIONS, REGION_UNKNOWN)}),
    Figure("qorgan_wishes_unmet", "Tasks with her for which she wants a woman, and none is on shift in her district.",
           {"region": (*REGIONS, REGION_UNKNOWN)}),
    Figure("qorgan_cards_sealed", "Cards of victims and families that were sealed, by what they rest on.",
           {"ground": ("consent", "disclosure", "law")}, grows=True),
)
