"""Whom is a report about, and whose station is it? Queries for the audit, which knows objects by id only."""

from __future__ import annotations

from plumbing.service import Looked
from services.police_intake.messages import Repeated, Replied

_PEOPLE = (
    "SELECT report_id AS object_id, victim_id AS person_id FROM reports"
    " UNION ALL SELECT report_id, respondent_id FROM reports WHERE respondent_id IS NOT NULL"
)
LOOKED = Looked(_PEOPLE, "SELECT report_id AS object_id, station FROM reports", (Replied, Repeated))
