"""How is a story told: a report in a region, what police see of it, and what staff do?"""

from __future__ import annotations

from typing import Any

from tests.talking import ask, ask_patiently, form
from tests.world import World

PAVLODAR = "551000000"


def report(world: World, **changes: Any) -> dict[str, Any]:
    """One report of a few minutes ago, by default about a woman who wants help."""
    body = world.bodies(1)[0]
    whole = {"territory": PAVLODAR, "station": "УП г. Павлодар", "consent": "yes", "intoxication": "none", "children": 0,
             "victim": {**body["victim"], "sex": "female", "birth_date": "1990-03-04", "iin": None}, "relation": "spouse"}
    him = {"name": "Сейітов Арман", "birth_date": "1985-07-08", "iin": None, "sex": "male"}
    return {**body, **whole, "respondent": {**him, "name": f"{him['name']} {body['victim']['name']}"}, **changes}


def post(world: World, body: dict[str, Any]) -> str:
    return world.post([body])[0]


def correct(world: World, report_id: str, body: dict[str, Any]) -> None:
    status, told = ask_patiently("PUT", f"{world.url('police_intake')}/reports/{report_id}", body, {})
    assert status == 200, told


def needs(world: World, report_id: str) -> dict[str, dict[str, Any]]:
    """kind → the need as police see it, now that all is at rest; one that lives hides one that was withdrawn."""
    world.rest()
    seen = sorted(world.see(report_id)["needs"], key=lambda need: bool(need["state"] != "withdrawn"))
    return {need["kind"]: need for need in seen}


def states(world: World, report_id: str) -> dict[str, str]:
    return {kind: need["state"] for kind, need in needs(world, report_id).items()}


def need_id(world: World, report_id: str, kind: str) -> str:
    world.rest()
    return str(world.sql("referral_router", "SELECT need_id FROM needs WHERE report_id = %s AND kind = %s"
                         " ORDER BY opened_at DESC LIMIT 1", report_id, kind)[0][0])


def listed(world: World, owner: str, need: str) -> dict[str, Any]:
    """The row of this need on an owner's worklist; empty if it is not there."""
    rows = ask("GET", f"{world.url(owner)}/worklist.json")[1]
    return next((row for row in rows if row["need_id"] == need), {})


def act(world: World, owner: str, need: str, name: str, *, code: str = "") -> None:
    assert form(f"{world.url(owner)}/worklist/act", need_id=need, act=name, by="Aigul", code=code) == 303


def page(world: World, path: str) -> str:
    """A page of police as an English-speaking officer reads it."""
    shown = ask("GET", world.url("police_intake") + path, headers={"Accept": "text/html", "Accept-Language": "en"})
    return str(shown[1])


def attempts(world: World, need: str) -> list[tuple[Any, ...]]:
    """(facility, outcome) of each attempt, in order."""
    return world.sql("referral_router", "SELECT facility_code, outcome FROM attempts WHERE need_id = %s ORDER BY attempt", need)
