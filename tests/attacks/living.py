"""A land in which everything a person can type was typed by an attacker: bodies, forms, corrections, a journal, acts of staff."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from plumbing.identity import new_id
from services.police_intake.journal.record import read_row
from services.police_intake.taking import Taking
from tests.attacks.payloads import ALL
from tests.land import Land
from tests.police_intake.journal_text import GOOD, journal_of

START = datetime(2026, 11, 22, 5, 7, 31, tzinfo=UTC)
PAGE = {"Accept": "text/html", "Accept-Language": "en"}
PLAIN = {"station": "УП г. Павлодар", "territory": "551000000", "consent": "yes", "children": 1, "intoxication": "alcohol"}
TEXTS = ("address", "narrative", "outcome", "officer", "weapon")  # of POST /reports, beside those of people


@contextmanager
def attacked(folder: Path) -> Iterator[tuple[Land, list[tuple[str, int, str]]]]:
    """The land, and (what was sent where, status, answer) of each request."""
    land, answers = Land(START), []
    with land.open():
        for number, payload in enumerate(ALL):
            answers += _reports(land, payload, number)
            answers += _staff(land, payload)
        _journal(land, folder)
        answers += [one for payload in ALL for one in _asked(land, payload)]
        yield land, answers


def _reports(land: Land, payload: str, number: int) -> Iterator[tuple[str, int, str]]:
    recorded = (land.now() - timedelta(minutes=9)).isoformat()
    person = {"name": payload, "birth_date": "1990-01-01", "sex": "female"}
    contact = {"kind": "through_trusted_person", "detail": payload}
    body = {**PLAIN, **dict.fromkeys(TEXTS, payload), "kui_number": f"{number}/{payload}"[:32], "recorded_at": recorded, "victim": person,
            "respondent": {**person, "sex": "male", "birth_date": "1980-01-01"}, "safe_contact": contact}
    headers = {"Idempotency-Key": str(number), "Qorgan-Client": "x"}
    told = yield from _sent(land, "police_intake", "/reports", json=body, headers=headers)
    yield from _sent(land, "police_intake", "/reports", json={**body, "station": payload, "kui_number": f"s{number}"}, headers={})
    yield from _sent(land, "police_intake", "/reports", json={**body, "violence": payload, payload: payload}, headers={})
    yield from _sent(land, "police_intake", "/reports", content=payload, headers={"Content-Type": "application/json"})
    land.settle()
    report = told.json().get("report_id", "") if told.status_code == 201 else "x"
    form = {**dict.fromkeys(("station", "victim_name", "respondent_name", "narrative", "address", "by", "weapon"), payload),
            "kui_number": payload, "territory": "551000000", "recorded_at": "2026-11-22T09:00", "act_id": new_id()}
    yield from _sent(land, "police_intake", "/reports/new", data=form)
    yield from _sent(land, "police_intake", "/reports/new", data={**form, "station": "УП г. Павлодар", "act_id": new_id()})
    answers = {"report_id": report, "by": payload, "consent": "yes", "asked_apart": "yes", "safe_contact": "only_at",
               "safe_contact_detail": payload, "act_id": new_id()}
    yield from _sent(land, "police_intake", f"/reports/{report}/answers", data=answers)
    yield from _sent(land, "police_intake", f"/reports/{report}/take-back", data={"report_id": report, "reason": payload, "by": payload})
    if number % 4 == 3:
        yield from _sent(land, "police_intake", f"/reports/{report}/unfounded", params={"by": payload})
    land.settle()


def _staff(land: Land, payload: str) -> Iterator[tuple[str, int, str]]:
    """Every act that stands open is done once, signed with the payload; and once with the payload for everything."""
    for service, page, life in (("social_registry", "/worklist", "need_id"), ("social_registry", "/register", "entry_id"),
                                ("health_narcology", "/worklist", "need_id"), ("health_narcology", "/cases", "need_id")):
        for row in land.ask(service, "GET", f"{page}.json").json()[:2]:
            fields = {life: row[life], "act": (row["acts"] or [""])[0], "by": payload, "code": payload, "seen": row.get("seen", 0)}
            yield from _sent(land, service, f"{page}/act", data=fields)
        yield from _sent(land, service, f"{page}/act", data=dict.fromkeys((life, "act", "by", "code", "seen", "months", "channel"), payload))
    for (need_id,) in land.rows("referral_router", "SELECT need_id FROM needs WHERE state = 'with_person' LIMIT 1"):
        note = {"need_id": need_id, "said": "taken_over", "by": payload, "channel": "telephone", "answered_by": payload}
        yield from _sent(land, "referral_router", "/needs/note", data=note)
    for path in ("/needs/note", "/needs/ask-again", "/worklist/act"):
        yield from _sent(land, "referral_router", path, data=dict.fromkeys(("need_id", "said", "by", "channel", "outcome"), payload))
    land.settle()


def _journal(land: Land, folder: Path) -> None:
    """Each column of a journal's record in turn holds each payload; the file's name is one, too."""
    rows = [{**GOOD, "№ КУИ": f"{n}", column: payload} for n, payload in enumerate(ALL) for column in list(GOOD)[n % 5::5]]
    path = folder / f"journal {ALL[0]} =1+1.csv".replace("/", "-")
    path.write_text(journal_of(*rows), "utf-8-sig")
    with land.at_work("police_intake"):
        Taking(land.steps["police_intake"], read_row).take(path, folder / "verdicts.jsonl")
    land.settle()


def _asked(land: Land, payload: str) -> Iterator[tuple[str, int, str]]:
    """What stands in an address: filters, ids, pages, languages."""
    for service, path in (("police_intake", "/reports"), ("police_intake", "/handover"), ("police_intake", "/reports/find"),
                          ("social_registry", "/worklist"), ("social_registry", "/register"), ("health_narcology", "/worklist"),
                          ("health_narcology", "/beds"), ("health_narcology", "/cases"), ("referral_router", "/needs"),
                          ("referral_router", "/worklist"), ("situation_monitor", "/picture/now"), ("police_intake", "/dead-letters")):
        names = ("station", "state", "day", "region", "facility", "kind", "page", "number", "year", "seen", "hours", "begins", "before", "back")
        yield from _sent(land, service, path, "GET", params=dict.fromkeys(names, payload))
    for path in ("/reports/{}", "/held/{}", "/persons/{}", "/language/{}", "/{}"):
        yield from _sent(land, "police_intake", path.format(quote(payload, safe="")), "GET")
    for service, path in (("social_registry", "/referrals/{}"), ("social_registry", "/register/{}"), ("referral_router", "/needs/{}"),
                          ("referral_router", "/reports/{}"), ("situation_monitor", "/picture/{}.csv")):
        yield from _sent(land, service, path.format(quote(payload, safe="")), "GET")


def _sent(land: Land, service: str, path: str, method: str = "POST", **more: Any) -> Any:
    told = land.ask(service, method, path, **{"headers": PAGE, **more})
    yield f"{method} {service} {path} {more}", told.status_code, told.text
    return told
