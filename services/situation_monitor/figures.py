"""Which figures of the country does operations watch, and what may their labels say?"""

from __future__ import annotations

from plumbing.regions import REGIONS
from plumbing.service import Figure

FIGURES = (
    Figure("qorgan_surges_open", "Surges of reports in the hours of the last day.", {"region": REGIONS}),
    Figure("qorgan_surge_watch_silent_seconds", "Since the watch on surges last spoke; 0 before its first count."),
)
