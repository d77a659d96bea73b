"""Who is there, and in which order is what they say carried to whom?"""

from __future__ import annotations

from plumbing.catalogue import catalogue
from plumbing.service import Service
from services.health_narcology.wiring import SERVICE as HEALTH
from services.police_intake.wiring import SERVICE as POLICE
from services.referral_router.wiring import SERVICE as ROUTER
from services.situation_monitor.wiring import SERVICE as MONITOR
from services.social_registry.wiring import SERVICE as SOCIAL

SERVICES: dict[str, Service] = {one.name: one for one in (POLICE, ROUTER, SOCIAL, HEALTH, MONITOR)}
# Who is carried to whom first, so that timing is equal in every run: the centres' side to its end, then health's, then police.
ORDER = (
    ("police_intake", "referral_router"),
    ("referral_router", "social_registry"), ("social_registry", "referral_router"),
    ("referral_router", "health_narcology"), ("health_narcology", "referral_router"),
    ("referral_router", "police_intake"), ("police_intake", "social_registry"), ("police_intake", "health_narcology"),
    ("police_intake", "situation_monitor"), ("referral_router", "situation_monitor"),
    ("social_registry", "situation_monitor"), ("health_narcology", "situation_monitor"),
)


def topics_between(owner: str, reader: str) -> list[str]:
    return [topic.name for topic in catalogue().said_by(owner) if reader in topic.readers]


CHANNELS = tuple((name, reader) for owner, reader in ORDER for name in topics_between(owner, reader))
REPORTS = topics_between("police_intake", "referral_router")[0]
ANSWERS = topics_between("referral_router", "police_intake")[0]
CAPACITIES = next(name for name in topics_between("social_registry", "referral_router")
                  if catalogue().topics[name].key == "facility_code")
