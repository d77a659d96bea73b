"""Which figures of police intake does operations watch, and what may their labels say?"""

from __future__ import annotations

from plumbing.service import Figure

VERDICTS = ("accepted", "duplicate", "correction", "held", "ignored", "rejected")
TASK_KINDS = ("held", "refused", "rejected", "possible_duplicate", "erasure", "file")
FIGURES = (
    Figure("qorgan_reports_accepted", "Reports accepted, by form, interface or journal.", grows=True),
    Figure("qorgan_reports", "Reports as they stand.", {"state": ("active", "taken_back")}),
    Figure("qorgan_import_verdicts", "Records of journals, by verdict.", {"verdict": VERDICTS}, grows=True),
)
