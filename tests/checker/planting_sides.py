"""How would it look if the sides could be put together from their databases, or an outsider were not heard?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.checker.evidence import Evidence
from tests.checker.planting import first


def need_in_both_databases(evidence: Evidence) -> None:
    evidence.tables["health_narcology"]["ids"].append(evidence.tables["social_registry"]["ids"][0])


def report_in_a_side_database(evidence: Evidence) -> None:
    evidence.tables["social_registry"]["ids"].append({"id": evidence.answered[0]})


def he_in_her_database(evidence: Evidence) -> None:
    him = first(evidence.tables["police_intake"]["own_ids"], may="health_narcology")
    evidence.tables["social_registry"]["ids"].append({"id": him["id"]})


def outsider_unheard(evidence: Evidence) -> None:
    topic = next(name for name in evidence.topics if name not in evidence.numbered)
    evidence.wire.append(replace(evidence.wire[0], topic=topic, partition=0))


PLANTS: list[tuple[Callable[[Evidence], None], str]] = [
    (need_in_both_databases, "stands in the databases of both sides"), (report_in_a_side_database, "an id of police"),
    (he_in_her_database, "an id of police"), (outsider_unheard, "1 lie there"),
]
