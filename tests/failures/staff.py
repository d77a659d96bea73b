"""What do the people at centres, clinics and akimats do while machines die? Anything their pages offer."""

from __future__ import annotations

import http.client
from random import Random

from tests.talking import ask, form
from tests.world import World

CODES = {"refused_at_door": "mild", "decline": "declined", "dropped": "other_help", "discharged": "term_over", "lifted": "overturned"}
LISTS = (("social_registry", "worklist"), ("health_narcology", "worklist"), ("health_narcology", "cases"))


def work(world: World, most: int, seed: int = 1) -> None:
    """Up to `most` acts on each list of each owner of places; a page that dies under the hand is tried no further."""
    rng = Random(seed)
    for owner, page in LISTS:
        try:
            _work_at(f"{world.url(owner)}/{page}", most, rng)
        except (OSError, http.client.HTTPException):
            continue


def _work_at(url: str, most: int, rng: Random) -> None:
    rows = [row for row in ask("GET", f"{url}.json")[1] if row["acts"]]
    for row in rng.sample(rows, min(most, len(rows))):
        act = rng.choice(row["acts"])
        status = form(f"{url}/act", need_id=row["need_id"], act=act, by="Aigul", code=CODES.get(act, ""), months="12")
        assert status in (303, 409, 503), (status, row, act)
