"""What do people do in the land? What police may see of it is the same in every run; the rest follows the run's secrets."""

from __future__ import annotations

from collections.abc import Collection
from random import Random
from typing import TYPE_CHECKING, Any

from simulation.staff import CODES, HABITS, LISTS, MONTHS

if TYPE_CHECKING:
    from tests.land import Land
    from tests.noninterference.secrets import Secrets

SEEN_BY_POLICE = {  # (kind, state) → acts with their chances; the word `notice` stands for a visit or an entry at once
    ("shelter", "confirmed"): [("arrived", 0.8), ("no_show", 0.2)],
    ("notice", "waiting"): [("notice", 0.5), ("no_visit", 0.3)],
}
BEHIND_THE_WALL = {
    ("shelter", "arrived"): "left", ("notice", "decided"): "visited", ("entry", "opened"): "assess",
    ("entry", "assessed"): "review", ("entry", "reviewed"): "close",
}

WAITING = "SELECT need_id FROM needs WHERE state = 'with_person' ORDER BY opened_at, need_id LIMIT 2"


def work(land: Land, secrets: Secrets, stay: Collection[str] = ()) -> None:
    """Everybody looks at every list once and acts; each act is carried to its end before the next. Who is to `stay` does."""
    _victims_side(land, secrets, stay)
    _health(land)
    _coordinator(land, secrets)


def _victims_side(land: Land, secrets: Secrets, stay: Collection[str]) -> None:
    for page, life in (("/worklist", "need_id"), ("/register", "entry_id")):
        rows = land.ask("social_registry", "GET", f"{page}.json").json()
        for row in sorted(rows, key=lambda one: one[life]):
            act = _chosen(SEEN_BY_POLICE.get((row["kind"], row["state"]), []), Random(f"seen/{row[life]}/{row['state']}"))
            act = act or _hidden(row, secrets, Random(f"{secrets.name}/{row[life]}/{row['state']}/{land.now()}"))
            act = "" if act == "left" and row[life] in stay else act
            rng = Random(f"{secrets.name}/{row[life]}")
            if act in secrets.codes and act in ("notice", "visited"):
                act = rng.choice(secrets.codes[act])
            if act:
                code = rng.choice(secrets.codes.get(act, ("police_notice",)))
                _act(land, "social_registry", f"{page}/act", _fields(row, life, {"act": act, "by": secrets.staff, "code": code}))


def _hidden(row: dict[str, Any], secrets: Secrets, rng: Random) -> str:
    act = BEHIND_THE_WALL.get((row["kind"], row["state"]), "")
    return "" if act == "left" and secrets.stays(rng) else act


def _health(land: Land) -> None:
    for page in ("/worklist", "/cases"):
        rows = land.ask("health_narcology", "GET", f"{page}.json").json()
        for row in sorted(rows, key=lambda one: one["need_id"]):
            act = _chosen(HABITS.get((row["kind"], row["state"]), []), Random(f"health/{row['need_id']}/{row['state']}"))
            more = {"act": act, "by": "night shift", "code": CODES.get(act, ""), "months": MONTHS.get(act, "0")}
            if act:
                _act(land, "health_narcology", f"{page}/act", _fields(row, LISTS[page], more))


def _coordinator(land: Land, secrets: Secrets) -> None:
    for (need_id,) in land.rows("referral_router", WAITING):
        note = {"need_id": need_id, "said": "taken_over", "by": secrets.staff, "channel": "telephone",
                "answered_by": secrets.staff}
        _act(land, "referral_router", "/needs/note", note)


def _fields(row: dict[str, Any], life: str, more: dict[str, str]) -> dict[str, str]:
    seen = {"seen": str(row["seen"])} if "seen" in row else {}
    return {life: row[life], **seen, **more}


def _act(land: Land, service: str, path: str, fields: dict[str, str]) -> None:
    told = land.ask(service, "POST", path, data=fields)
    assert told.status_code in (303, 409), (service, path, fields, told.status_code, told.text[:300])
    land.settle()


def _chosen(habits: list[tuple[str, float]], rng: Random) -> str:
    left = rng.random()
    for name, chance in habits:
        if left < chance:
            return name
        left -= chance
    return ""
