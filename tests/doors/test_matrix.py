"""Is every cell true? Every role × every route of every service × own, foreign and unknown things, tried by HTTP."""

from __future__ import annotations

import json
import re
from itertools import product

import httpx2
import pytest

from plumbing.actors import Actor
from plumbing.doors.entrance import UNKNOWN, routes_of
from tests.doors import house, reading, seeds
from tests.doors.browsing import bearer

pytestmark = pytest.mark.stack
MACHINES = {one["role"]: one for one in reading.STAFF["machine"]}
NONE = "00000000-0000-4000-8000-000000000000"
# Where somebody of this scope stands is "own"; a detox centre, clinic or station of somebody else's is foreign to it.
PLACE_OF_SCOPE = {"country": ("own", "foreign", "nowhere"), "region": ("own",), "station": ("own",), "facility": ("own",)}


@pytest.fixture(params=seeds.NAMES)
def service(request, issuer):
    made = seeds.SERVICES[request.param]
    desk = house.closed_desk(made, issuer, seeds.MESSAGES[request.param](), reads_per_second=10_000, reports_per_second=10_000)
    with house.opened(desk, issuer) as opened:
        yield opened


def shows(service, role):
    """What somebody of this role shows at the door: a machine a token, a person the cookie of a session."""
    told = reading.bearer_of(role)
    if role in MACHINES:
        claims = {"sub": role, "name": told["name"], "role": role}
        return bearer(service.issuer.signer.access(claims, service.desk.service.name))
    actor = Actor(role, told["name"], role, told.get("region", ""), told.get("station", ""), told.get("facility", ""))
    return {"Cookie": f"{service.door.sessions.cookie}={service.door.sessions.begin(actor, '')}"}


def filled(route, where, one):
    """(method, path, form) of a route, with this id wherever it wants one."""
    method, path = route.split(" ")
    form = {name.removeprefix("form:"): one for name in where if name.startswith("form:")}
    for name in where:
        path = path.replace(f"{{{name}}}", one)
    return method, re.sub(r"\{name\}", "regions", path), form


def kinds_of(kind, known):
    """What a route's word may mean: a referral is a guest or a notice, a task is a record or a person."""
    return [one for one in known if kind in (one, reading.IS_A.get(one))]


def cells(service):
    """(role, route, method, path, form, is it let in) of everything there is to try."""
    name = service.desk.service.name
    known = seeds.things(name, service.desk.settings.dsn)
    for (route, (action, *rest)), role in product(reading.routes(name).items(), reading.roles()):
        at_work = any(who == role for who, *_ in reading.rules(name))
        kind, *where = rest or [""]
        if not where:
            method, path, form = filled(route, (), "")
            is_in = action in ("open", "known") or bool(kind and reading.may(name, role, action, kind))
            yield role, route, (method, path, form), 200 if action == "open" or (at_work and is_in) else 403
            continue
        yield role, route, filled(route, where, NONE), 404 if at_work else 403
        for what in kinds_of(kind, known):
            for one, place in known[what]:
                scope = reading.may(name, role, action, what)
                is_in = bool(scope) and place in PLACE_OF_SCOPE[scope] and is_theirs(role, scope, one, what)
                yield role, route, filled(route, where, one), (200 if is_in else 404) if at_work else 403


def is_theirs(role, scope, one, what):
    """A person of a facility has what lies there; the first narcologist of the staff works at a clinic, not in detox."""
    return scope != "facility" or reading.bearer_of(role)["facility"].startswith("cc-") or what != "detox"


def verdict(answer):
    """200: let in, whatever the handler says then; 403: not with this role; 404: not this one; 401: a stranger."""
    if answer.status_code in (401, 403):
        return answer.status_code
    told = json.loads(answer.text) if "problem+json" in answer.headers.get("content-type", "") else {}
    return 404 if (answer.status_code, told.get("detail")) == (404, UNKNOWN.detail) else 200


def test_every_cell_of_the_matrix_is_as_the_rules_say(service):
    shown = {role: shows(service, role) for role in reading.roles()}
    wrong, tried = [], 0
    with httpx2.Client(base_url=service.url, trust_env=False, timeout=30) as door:
        for role, route, (method, path, form), expected in cells(service):
            sent = {"json": {}} if route == "POST /reports" or method == "PUT" else {"data": form}
            answer = door.request(method, path, headers=shown[role], **(sent if method != "GET" else {}))
            tried += 1
            if verdict(answer) != expected or answer.status_code >= 500:
                wrong.append(f"{role}: {method} {path} {form} gave {answer.status_code} {answer.text[:80]}, expected {expected}")
            if route in ("POST /logout", "GET /exit"):
                shown[role] = shows(service, role)
    assert not wrong, "\n".join(wrong)
    least = len(reading.roles()) * len(reading.routes(service.desk.service.name))
    print(json.dumps({"service": service.desk.service.name, "cells": tried, "least": least, "wrong": 0}))
    assert tried >= least


def test_a_stranger_gets_nothing_from_any_route(service):
    known = seeds.things(service.desk.service.name, service.desk.settings.dsn)
    some = [one for things in known.values() for one, _ in things] + [NONE]
    with httpx2.Client(base_url=service.url, trust_env=False, timeout=30) as door:
        for route, (action, *rest) in reading.routes(service.desk.service.name).items():
            if action == "open":
                continue
            for one in some if rest[1:] else [NONE]:
                method, path, form = filled(route, rest[1:], one)
                assert door.request(method, path, **({"data": form} if method != "GET" else {})).status_code == 401, route


def test_every_route_of_the_application_is_in_the_rules_and_the_other_way_round(service):
    assert sorted(routes_of(service.app)) == sorted(reading.routes(service.desk.service.name))


def test_an_undeclared_route_is_nobodys_and_stops_the_start(service):
    @service.app.get("/forgotten")
    def forgotten():
        return "a secret"

    answer = httpx2.get(f"{service.url}/forgotten", headers=shows(service, "ops_engineer"), trust_env=False)
    assert answer.status_code == 403 and "secret" not in answer.text
    with pytest.raises(house.doors.WrongAccess, match="GET /forgotten"):
        house.doors.check(service.app, service.desk)


def test_every_id_in_a_path_is_checked_by_the_rules(service):
    """A route with an id in its path that the rules do not look up would show everybody's."""
    free = {"digest", "name", "language", "notice_id", "version"}  # of files, tables, languages and notices, which are nobody's
    for route, words in reading.routes(service.desk.service.name).items():
        assert {name for name in re.findall(r"\{(\w+)\}", route) if name not in free} <= set(words[2:]), route
