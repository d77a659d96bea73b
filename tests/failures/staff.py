"""What do the people at centres, clinics and akimats do while machines die? Anything their pages offer."""

from __future__ import annotations

import http.client
from random import Random

from tests.talking import ask, form
from tests.world import World

CODES = {"refused_at_door": "mild", "decline": "declined", "dropped": "other_help", "discharged": "term_over", "lifted": "overturned",
         "enter": "police_notice", "enter_after_visit": "police_notice", "assess": "C", "review": "B", "close": "need_ended"}
LISTS = (("social_registry", "worklist"), ("health_narcology", "worklist"), ("health_narcology", "cases"))


def work(world: World, most: int, seed: int = 1) -> None:
    """Up to `most` acts on each list of each owner of places; a page that dies under the hand is tried no further."""
    rng = Random(seed)
    for owner, page in LISTS:
        try:
            _work_at(f"{world.url(owner)}/{page}", most, rng)
            if owner == "social_registry":
                _work_at_the_register(world.url(owner), rng)
        except (OSError, http.client.HTTPException):
            continue


def _work_at(url: str, most: int, rng: Random) -> None:
    rows = [row for row in ask("GET", f"{url}.json")[1] if row["acts"]]
    for row in rng.sample(rows, min(most, len(rows))):
        act = rng.choice(row["acts"])
        status = form(f"{url}/act", need_id=row["need_id"], act=act, by="Aigul", code=CODES.get(act, ""), months="12")
        assert status in (303, 409, 503), (status, row, act)


def keep_the_register(world: World, seed: int = 1) -> None:
    """The akimats open entries from most waiting notices; then most open entries move on."""
    rng, url = Random(seed), world.url("social_registry")
    for row in ask("GET", f"{url}/worklist.json")[1]:
        if row["kind"] == "notice" and row["state"] == "waiting" and rng.random() < 0.6:
            form(f"{url}/worklist/act", need_id=row["need_id"], act="enter", by="Aigul", code=CODES["enter"])
    _work_at_the_register(url, rng)


def _work_at_the_register(url: str, rng: Random) -> None:
    """An entry that was opened is assessed; half of the others move on."""
    for row in ask("GET", f"{url}/register.json")[1]:
        act = "assess" if row["state"] == "opened" else rng.choice(row["acts"])
        if row["state"] == "opened" or rng.random() < 0.5:
            fields = {"entry_id": row["entry_id"], "act": act, "seen": str(row["seen"]), "code": CODES[act]}
            status = form(f"{url}/register/act", by="Aigul", **fields)
            assert status in (303, 409, 503), (status, row, act)
