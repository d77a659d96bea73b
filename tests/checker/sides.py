"""Does anything on the wire join the victim's side with the offender's?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tests.checker.evidence import Evidence, Said

ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
WORD = re.compile(r"[a-z_]*|KZ(-[0-9]{2})?|[0-9]{4}")
QUARTER_MS = 15 * 60 * 1000


def broken(evidence: Evidence) -> Iterator[str]:
    ids: dict[str, set[Any]] = {"victim": set(), "offender": set()}
    moments: dict[str, set[int]] = {"victim": set(), "offender": set()}
    for said in evidence.wire:
        side = evidence.sides[said.topic]
        if side:
            ids[side].update(_ids(said))
            moments[side].update(_moments(said))
    yield from _counts(evidence)
    yield from _databases(evidence)
    for one in sorted(ids["victim"] & ids["offender"], key=repr):
        yield f"{one!r} stands on both sides of the wire"
    for moment in sorted(moments["victim"] & moments["offender"]):
        if moment % QUARTER_MS:
            yield f"the moment {moment} ms stands on both sides of the wire and is no whole quarter-hour"


def _databases(evidence: Evidence) -> Iterator[str]:
    """With both databases in hand nothing can be put together, and with police's beside them neither."""
    held = {service: {row["id"] for row in evidence.rows(service, "ids")} for service in ("social_registry", "health_narcology")}
    for one in sorted(held["social_registry"] & held["health_narcology"]):
        yield f"the id {one} stands in the databases of both sides"
    for row in evidence.rows("police_intake", "own_ids"):
        for service in sorted(held):
            if row["id"] in held[service] and row["may"] != service:
                yield f"an id of police, {row['id']}, stands in the database of {service}"


def _counts(evidence: Evidence) -> Iterator[str]:
    """A count is a word, a number or a whole hour: anything else could be somebody."""
    counts = [said for said in evidence.wire if said.topic.endswith(".counts.v1")]
    for event, name, value in ((said.event, name, value) for said in counts for name, value in said.body.items()):
        if isinstance(value, datetime) and round(value.timestamp()) % 3600:
            yield f"{event} counts {name} finer than an hour"
        if isinstance(value, str) and not WORD.fullmatch(value):
            yield f"{event} counts {value!r} as {name}: that is no word of a list"


def _ids(said: Said) -> Iterator[Any]:
    for text in (said.key, *said.headers.values()):
        yield from ID.findall(text)
    for value in said.body.values():
        if isinstance(value, str):
            yield from ID.findall(value)
        elif isinstance(value, bytes):
            yield value


def _moments(said: Said) -> Iterator[int]:
    yield said.timestamp
    if said.headers.get("ce_time"):
        yield round(datetime.fromisoformat(said.headers["ce_time"]).timestamp() * 1000)
    for value in said.body.values():
        if isinstance(value, datetime):
            yield round(value.timestamp() * 1000)
