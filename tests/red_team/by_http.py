"""What do people and machines try at doors that are not theirs?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from functools import cache, partial
from html import unescape
from pathlib import Path
from typing import Any

import httpx2
import psycopg2

from tests.red_team.trying import Try

REFUSALS = (401, 403, 404)
# Ids that somebody may have found in a log or an e-mail: each is a question to its owner's database.
FOUND = {
    "report": ("police_intake", "SELECT report_id FROM reports WHERE region = 'KZ-55' LIMIT 1"),
    "person": ("police_intake", "SELECT person_id FROM persons LIMIT 1"),
    "shelter": ("social_registry", "SELECT need_id FROM referrals WHERE kind = 'shelter' AND facility_code LIKE 'cc-pavlodar-%' LIMIT 1"),
    "need": ("referral_router", "SELECT need_id FROM needs WHERE kind = 'shelter' LIMIT 1"),
    "entry": ("social_registry", "SELECT entry_id FROM register_entries WHERE region <> 'KZ-55' LIMIT 1"),
    "bed": ("health_narcology", "SELECT need_id FROM referrals JOIN facilities f ON f.code = facility_code WHERE f.region <> 'KZ-55' LIMIT 1"),
}
# who (of deploy/local/staff.toml; empty: nobody), service, method, address, form
TRIES: tuple[tuple[str, str, str, str, dict[str, str]], ...] = (
    *(("", name, "GET", path, {}) for name, path in (
        ("police_intake", "/reports"), ("police_intake", "/reports/{report}"), ("social_registry", "/worklist"),
        ("social_registry", "/worklist.json"), ("social_registry", "/referrals/{shelter}"), ("social_registry", "/register"),
        ("health_narcology", "/worklist"), ("health_narcology", "/cases"), ("referral_router", "/needs"),
        ("referral_router", "/needs/{need}"), ("situation_monitor", "/picture"), ("police_intake", "/metrics"),
        ("police_intake", "/dead-letters"))),
    ("", "police_intake", "POST", "/reports/{report}/unfounded", {}),
    ("clerk-shymkent", "police_intake", "GET", "/reports/{report}", {}),
    ("clerk-shymkent", "police_intake", "GET", "/reports/{report}/answers", {}),
    ("clerk-shymkent", "police_intake", "GET", "/persons/{person}", {}),
    ("clerk-shymkent", "police_intake", "POST", "/reports/{report}/take-back", {"report_id": "{report}", "reason": "unfounded", "confirmed": "yes"}),
    ("clerk", "social_registry", "GET", "/referrals/{shelter}", {}),
    ("clerk", "social_registry", "GET", "/worklist.json", {}),
    ("clerk", "referral_router", "GET", "/needs/{need}", {}),
    ("clerk", "health_narcology", "GET", "/worklist", {}),
    ("officer", "police_intake", "GET", "/reports/{report}/answers", {}),
    ("officer", "social_registry", "GET", "/referrals/{shelter}", {}),
    ("officer", "police_intake", "POST", "/reports/{report}/take-back", {"report_id": "{report}", "reason": "unfounded", "confirmed": "yes"}),
    ("head", "social_registry", "GET", "/worklist", {}),
    ("head", "referral_router", "GET", "/needs", {}),
    ("manager-akmola", "social_registry", "GET", "/referrals/{shelter}", {}),
    ("manager-akmola", "social_registry", "POST", "/referrals/act", {"need_id": "{shelter}", "act": "decline", "code": "full", "confirmed": "yes"}),
    ("manager", "police_intake", "GET", "/reports/{report}", {}),
    ("manager", "health_narcology", "GET", "/cases", {}),
    ("narcologist", "social_registry", "GET", "/referrals/{shelter}", {}),
    ("narcologist", "police_intake", "GET", "/reports/{report}", {}),
    ("narcologist", "health_narcology", "POST", "/worklist/act", {"need_id": "{bed}", "act": "decline", "code": "no_bed", "confirmed": "yes"}),
    ("worker", "social_registry", "GET", "/referrals/{shelter}", {}),
    ("worker", "social_registry", "GET", "/register/{entry}", {}),
    ("worker", "police_intake", "GET", "/reports", {}),
    ("analyst", "police_intake", "GET", "/reports", {}),
    ("analyst", "social_registry", "GET", "/register", {}),
    ("analyst", "referral_router", "GET", "/needs/{need}", {}),
    ("coordinator", "police_intake", "GET", "/reports/{report}", {}),
    ("coordinator", "social_registry", "GET", "/referrals/{shelter}", {}),
    ("coordinator-pavlodar", "police_intake", "GET", "/persons/{person}", {}),
    ("engineer", "police_intake", "GET", "/reports/{report}", {}),
    ("engineer", "social_registry", "GET", "/referrals/{shelter}", {}),
    ("auditor", "police_intake", "POST", "/reports/{report}/take-back", {"report_id": "{report}", "reason": "unfounded", "confirmed": "yes"}),
    ("auditor", "social_registry", "POST", "/referrals/act", {"need_id": "{shelter}", "act": "decline", "code": "full", "confirmed": "yes"}),
)


class Visitor:
    """A browser of one person at one service, logged in if it is anybody's."""

    def __init__(self, service: str, password: str = "", user: str = "") -> None:
        self._client = httpx2.Client(base_url=service, follow_redirects=False, trust_env=False, timeout=20,
                                     headers={"Accept": "text/html"})
        if user:
            self._log_in(user, password)

    def ask(self, method: str, path: str, form: dict[str, str]) -> tuple[bool, str]:
        """(refused, how): a way to the login is a refusal, too."""
        answer = self._client.request(method, path, data=form or None)
        to_login = answer.status_code == 303 and "/login" in answer.headers.get("location", "")
        return answer.status_code in REFUSALS or to_login, str(answer.status_code) + (" to the login" if to_login else "")

    def _log_in(self, user: str, password: str) -> None:
        page = self._client.get(self._client.get("/login").headers["location"])
        hidden = {unescape(name): unescape(value) for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', page.text)}
        issuer = f"{page.url.scheme}://{page.url.netloc.decode()}"
        sent = self._client.post(f"{issuer}/authorize", data={**hidden, "user": user, "password": password})
        done = self._client.get(sent.headers["location"])
        assert done.status_code == 303, f"{user} could not log in: {done.status_code} {done.text[:80]}"


def tries(at: dict[str, Any], folder: Path) -> Iterator[Try]:
    """Who has no work at a service is not let in at its login: that is a refusal of everything there."""
    ids = {name: _one(at["postgres"][service], question) for name, (service, question) in FOUND.items()}
    passwords = _passwords(folder)

    @cache
    def visitor(user: str, service: str) -> Visitor | str:
        try:
            return Visitor(at["services"][service], passwords.get(user, ""), user)
        except AssertionError as error:
            return str(error)

    def goes(user: str, service: str, *asked: Any) -> tuple[bool, str]:
        came = visitor(user, service)
        return came.ask(*asked) if isinstance(came, Visitor) else ("403" in came, came)

    for user, service, method, path, form in TRIES:
        filled = {name: value.format(**ids) for name, value in form.items()}
        does = partial(goes, user, service, method, path.format(**ids), filled)
        yield Try(user or "nobody", f"{service} {method} {path}", does)


def _one(dsn: str, question: str) -> str:
    with closing(psycopg2.connect(dsn, connect_timeout=5)) as connection, connection.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    if row is None:
        raise LookupError(f"nothing is there to be found by {question}: a door that refuses nothing would look shut")
    return str(row[0])


def _passwords(folder: Path) -> dict[str, str]:
    file = folder / "staff.json"
    people = json.loads(file.read_text("utf-8"))["people"] if file.exists() else {}
    return {user: one["password"] for user, one in people.items()}
