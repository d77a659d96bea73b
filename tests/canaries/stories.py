"""Through which stories are canaries sent? Every way in, every correction, every way out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from plumbing.identity import new_id
from plumbing.service import Heard, Origin
from services.police_intake.journal.record import read_row
from services.police_intake.taking import Taking
from simulation.staff import CODES, MONTHS
from tests.canaries.birds import Nest
from tests.land import ANSWERS, Land
from tests.police_intake.journal_text import GOOD, journal_of

START = datetime(2026, 11, 22, 5, 7, 31, tzinfo=UTC)
ACTS = {  # what staff do with whatever stands open, so that every state is seen: centres, register, detox, court
    "held": ("brought",), "confirmed": ("arrived", "brought"), "waiting": ("visit", "examine"), "decided": ("enter_after_visit", "case_begun"),
    "opened": ("assess",), "assessed": ("review",), "brought": ("admitted",), "examined": ("declined",), "declined": ("filed",),
    "filed": ("accepted",), "accepted": ("granted",), "granted": ("in_force",), "offered": ("hospitalised",),
}
CONTACT = "only_at"


def body(nest: Nest, story: str, at: datetime) -> dict[str, Any]:
    """A report with a canary in every field that is not a word of a closed list."""
    hers, his = nest.born(story, "victim.birth_date"), nest.born(story, "respondent.birth_date")
    victim = {"name": nest.text(story, "victim.name"), "birth_date": hers, "sex": "female",
              "iin": nest.number(story, "victim.iin", hers), "phone": nest.phone(story, "victim.phone")}
    respondent = {"name": nest.text(story, "respondent.name"), "birth_date": his, "sex": "male",
                  "iin": nest.number(story, "respondent.iin", his), "phone": nest.phone(story, "respondent.phone")}
    texts = {name: nest.text(story, name) for name in ("kui_number", "station", "weapon", "address", "narrative", "outcome", "officer")}
    return {**texts, "station": f"УП г. Павлодар {texts['station']}", "territory": "551000000", "recorded_at": at.isoformat(),
            "occurred_at": (at - timedelta(hours=1)).isoformat(), "channel": "call_102", "reporter": "neighbour",
            "victim": victim, "respondent": respondent, "relation": "spouse", "intoxication": "alcohol", "violence": ["physical"],
            "injury": "light", "children": 2, "complaint": True, "consent": "yes",
            "safe_contact": {"kind": CONTACT, "detail": nest.text(story, "safe_contact.detail")}}


def live(land: Land, nest: Nest, folder: Path) -> None:
    """Every story, one after the other; then nights pass, and staff do what is to be done."""
    for story in STORIES:
        story(land, nest)
        land.settle()
    _journal(land, nest, folder)
    _garbage(land, nest)
    for _ in range(12):
        _staff(land)
        land.forward(timedelta(minutes=10))
    for by in (timedelta(hours=7), timedelta(days=2)):
        land.forward(by)
        _staff(land)


def _sent(land: Land, told: dict[str, Any], expected: int = 201) -> str:
    answer = land.ask("police_intake", "POST", "/reports", json=told, headers={"Idempotency-Key": new_id()})
    assert answer.status_code == expected, answer.text
    return str(answer.json().get("report_id", ""))


def _posted(land: Land, nest: Nest) -> None:
    _sent(land, body(nest, "posted", _earlier(land)))


def _repeated(land: Land, nest: Nest) -> None:
    """The same two people again, by the same officer: an examination is proposed, and a case may follow."""
    told = body(nest, "repeated", _earlier(land))
    _sent(land, told)
    land.settle()
    land.forward(timedelta(minutes=30))
    _sent(land, {**told, "kui_number": nest.text("repeated", "kui_number"), "recorded_at": _earlier(land).isoformat()})


def _corrected(land: Land, nest: Nest) -> None:
    at = _earlier(land)
    report = _sent(land, body(nest, "to be corrected", at))
    land.settle()
    answer = land.ask("police_intake", "PUT", f"/reports/{report}", json=body(nest, "corrected", at))
    assert answer.status_code == 200, answer.text


def _taken_back(land: Land, nest: Nest) -> None:
    report = _sent(land, body(nest, "taken back", _earlier(land)))
    land.settle()
    told = {"reason": "unfounded", "by": nest.text("taken back", "officer")}
    assert land.ask("police_intake", "POST", f"/reports/{report}/cancellation", json=told).status_code == 200


def _refused(land: Land, nest: Nest) -> None:
    _sent(land, {**body(nest, "refused", _earlier(land)), "territory": "1"}, 422)


def _typed(land: Land, nest: Nest) -> None:
    """The officer's form, what she says apart from him, and her consent taken back."""
    story = "typed"
    told = body(nest, story, _earlier(land))
    nest.birds = [bird for bird in nest.birds if (bird.story, bird.field) != (story, "outcome")]  # this form has no such field
    people = {f"{who}_{name}": value for who in ("victim", "respondent") for name, value in told[who].items()}
    form = {name: told[name] for name in ("kui_number", "station", "territory", "weapon", "address", "narrative", "relation", "intoxication")}
    given = {**form, **people, "by": told["officer"], "act_id": new_id(), "recorded_at": "2026-11-22T09:00", "children": "1",
             "consent": "yes", "asked_apart": "yes", "safe_contact": CONTACT, "safe_contact_detail": told["safe_contact"]["detail"]}
    answer = land.ask("police_intake", "POST", "/reports/new", data=given, headers={"Accept": "text/html"})
    assert answer.status_code == 303, answer.text
    land.settle()
    report = given["act_id"]
    for consent in ("yes", "no"):
        says = {"report_id": report, "by": nest.text(story, "officer"), "consent": consent, "asked_apart": "yes", "act_id": new_id(),
                "safe_contact": CONTACT, "safe_contact_detail": nest.text(story, "safe_contact.detail")}
        answer = land.ask("police_intake", "POST", f"/reports/{report}/answers", data=says, headers={"Accept": "text/html"})
        assert answer.status_code == 303, answer.text
        land.settle()


STORIES: tuple[Callable[[Land, Nest], None], ...] = (_posted, _repeated, _corrected, _taken_back, _refused, _typed)


def _journal(land: Land, nest: Nest, folder: Path) -> None:
    """A record that becomes a report, and one that is held since its number is missing."""
    names = {"Потерпевший": "victim.name", "Лицо, указанное в сообщении": "respondent.name", "Безопасная связь": "safe_contact.detail",
             "Адрес события": "address", "Фабула": "narrative", "Исполнитель": "officer", "Заявитель": "reporter", "Решение": "outcome"}
    rows = []
    for story, number in (("journal", "9001"), ("held", "")):
        hers = nest.born(story, "victim.birth_date")
        known = {column: nest.text(story, field) for column, field in names.items()}
        rows.append({**GOOD, **known, "№ КУИ": number, "Дата рождения потерпевшего": f"{hers[8:]}.{hers[5:7]}.{hers[:4]}",
                     "ИИН потерпевшего": nest.number(story, "victim.iin", hers), "ИИН лица": "", "Телефон потерпевшего": ""})
    path = folder / "journal.csv"
    path.write_text(journal_of(*rows), "utf-8-sig")
    with land.at_work("police_intake"):
        Taking(land.steps["police_intake"], read_row).take(path, folder / "verdicts.jsonl")
    land.settle()


def _garbage(land: Land, nest: Nest) -> None:
    """Somebody says a name on a topic: bytes that are no message are set aside as they came, at the one who heard them."""
    said = nest.text("dead letter", "dead letter").encode()
    heard = Heard(None, new_id(), "nobody's", Origin(ANSWERS, 0, -1, 1, said), "no Confluent frame")
    with land.at_work("police_intake"):
        land.steps["police_intake"].run([heard])


def _staff(land: Land) -> None:
    for service, page, life in (("social_registry", "/worklist", "need_id"), ("social_registry", "/register", "entry_id"),
                                ("health_narcology", "/worklist", "need_id"), ("health_narcology", "/cases", "need_id")):
        for row in land.ask(service, "GET", f"{page}.json").json():
            act = next((one for one in ACTS.get(row["state"], ()) if one in row["acts"]), "")
            fields = {life: row[life], "act": act, "by": "staff", "code": CODES.get(act, ""), "months": MONTHS.get(act, "0"),
                      "seen": str(row.get("seen", 0))}
            if act:
                assert land.ask(service, "POST", f"{page}/act", data=fields).status_code in (303, 409)
    land.settle()


def _earlier(land: Land) -> datetime:
    return land.now() - timedelta(minutes=9)
