"""Which figures of the social registry does operations watch, and what may their labels say?

No figure names a centre; a region is named only where it has three centres or more, since with fewer
"region" would be nearly an address, and a place that fills up would tell when somebody came.
"""

from __future__ import annotations

from plumbing.regions import REGIONS
from plumbing.service import Figure

CENTRES_MIN = 3
ELSEWHERE, EVERYWHERE = "elsewhere", "everywhere"  # the regions with fewer together; or all, if those are too few
_PLACES = {"region": (*REGIONS, ELSEWHERE, EVERYWHERE), "place": ("night", "day")}
TASK_KINDS = (
    "notice", "stay", "close", "assess", "review", "safety_released", "safety_absconded", "safety_discharged",
    "safety_detox_exit", "safety_order_ending",
)
FIGURES = (
    Figure("qorgan_places", "Places in open centres.", _PLACES, zeros=False),
    Figure("qorgan_places_free", "Places in open centres that nobody holds.", _PLACES, zeros=False),
    Figure("qorgan_holds", "Places held, by how far it has come.", {"state": ("held", "confirmed", "arrived")}),
    Figure("qorgan_referrals_open", "Referrals on which somebody has something to do.",
           {"kind": ("shelter", "notice"), "state": ("held", "confirmed", "arrived", "waiting", "decided")}),
)
