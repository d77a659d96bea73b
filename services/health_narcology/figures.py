"""Which figures of health does operations watch, and what may their labels say?

No figure says why anybody was refused or that nothing was needed: that never leaves this service's own tables.
"""

from __future__ import annotations

from plumbing.regions import REGIONS
from plumbing.service import Figure
from services.health_narcology.facts import LIVE

TASK_KINDS = ("examination", "brought", "stay", "close")
FIGURES = (
    Figure("qorgan_beds", "Beds in open detox centres.", {"region": REGIONS}, zeros=False),
    Figure("qorgan_beds_free", "Beds in open detox centres that nobody holds.", {"region": REGIONS}, zeros=False),
    Figure("qorgan_holds", "Beds held, by how far it has come.", {"state": LIVE}),
    Figure("qorgan_referrals_open", "Referrals on which somebody has something to do.",
           {"kind": ("detox", "examination"), "state": LIVE}),
)
