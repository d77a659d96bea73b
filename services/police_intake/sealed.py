"""How do people, reports and records lie sealed in the tables, and how are they read back? SQL that reads them open."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from plumbing import vault

if TYPE_CHECKING:
    from plumbing.postgres import Transaction

_PERSON = "person_id, sealed, victim_ref, respondent_ref, same_as, erased_at IS NOT NULL"
_REPORT = (
    "report_id, sealed, version, active, victim_id, respondent_id, household_ref, extracted_at, recorded_at, consent,"
    " region, erased_at IS NOT NULL"
)


class Written(NamedTuple):
    """A content of a report: as written, as read, and its hash."""

    content: dict[str, str]
    fields: dict[str, Any]
    content_hash: str

    def __repr__(self) -> str:
        return "Written(…)"  # a log or an error must not tell what stands in it


def lock_name(text: str) -> str:
    """A lock's key says nothing about whom it is for: a hash without a key would be as good as the number itself."""
    return vault.here().index("lock", text).hex()[:24]


def blind(kind: str, texts: Iterable[str]) -> dict[bytes, str]:
    """Blind index → text, to ask for these and know what came."""
    return {vault.here().index(kind, text): text for text in texts}


def index(kind: str, text: str) -> bytes | None:
    """None for what is erased: it has no text any more."""
    return vault.here().index(kind, text) if text else None


def name_index(folded_name: str, birth_date: date | None) -> bytes | None:
    """Of a folded name with its birth date; nobody is recognised by a name alone."""
    return vault.here().index("name", f"{folded_name}|{birth_date}") if birth_date else None


def iin_index(iin: str | None) -> bytes | None:
    return vault.here().index("iin", iin) if iin else None


def people(tx: Transaction, where: str, arguments: Sequence[Any]) -> list[tuple[Any, ...]]:
    """(id, folded name, name, birth date, identity number, victim's and respondent's id, same as, erased) by id."""
    rows = tx.rows(f"SELECT {_PERSON} FROM persons WHERE {where} ORDER BY person_id", arguments)
    opened = _open(tx, [person_place(row[0], row[1]) for row in rows])
    return [_person(row, told) for row, told in zip(rows, opened, strict=True)]


def reports(tx: Transaction, where: str, arguments: dict[str, Any]) -> list[list[Any]]:
    """The fields of a known report, in its order, of the rows that meet a condition, by id."""
    rows = tx.rows(f"SELECT {_REPORT} FROM reports WHERE {where} ORDER BY report_id", arguments)
    opened = _open(tx, [report_place(row[0], row[1]) for row in rows])
    return [_report(row, told or ("", "")) for row, told in zip(rows, opened, strict=True)]


def contacts(tx: Transaction, ids: Sequence[str]) -> list[tuple[Any, ...]]:
    """(report id, asked apart, consent, by, (kind of safe contact, its detail)) of what she said herself."""
    rows = tx.rows(
        "SELECT report_id, asked_apart, consent, by, sealed FROM victim_answers WHERE report_id = ANY(%s)", (list(ids),)
    )
    opened = _open(tx, [answer_place(row[0], row[4]) for row in rows])
    return [(*row[:4], told) for row, told in zip(rows, opened, strict=True) if told]


def numbers(tx: Transaction, sealed: Sequence[tuple[str, Any]]) -> list[str]:
    """The journal's number of each (report id, its sealed part); "" where it is erased."""
    opened = _open(tx, [report_place(*one) for one in sealed])
    return [told[0].split("|")[2] if told else "" for told in opened]


def latest(tx: Transaction, ids: Sequence[str]) -> dict[str, Written]:
    """What these reports say now; one that is erased, or has no content of its own version, is not among them."""
    return _versions(tx, "JOIN reports r USING (report_id, version) WHERE report_id = ANY(%s)", ids)


def last_written(tx: Transaction, report_id: str) -> Written | None:
    """The newest content a report ever had, also after it was taken back."""
    newest = "WHERE report_id = ANY(%s) ORDER BY version DESC LIMIT 1"
    return _versions(tx, newest, [report_id]).get(report_id)


def records(tx: Transaction, rows: Sequence[tuple[str, Any]]) -> list[dict[str, str] | None]:
    """The content of each (held id, sealed); None where it is erased."""
    return _open(tx, [record_place(*one) for one in rows])


def risk_answers(tx: Transaction, report_id: str, version: int, value: Any) -> dict[str, str] | None:
    """What she answered about the danger; None where it is erased."""
    told: dict[str, str] | None = _open(tx, [risk_place(report_id, version, value)])[0]
    return told


def seal(tx: Transaction, pieces: Sequence[tuple[str, str, Any]]) -> list[bytes | None]:
    """Each value as JSON, sealed for its place."""
    return vault.here().seal_many(tx, [(owner, place, _bytes(value)) for owner, place, value in pieces])


def person_place(person_id: str, value: Any) -> tuple[str, str, Any]:
    return person_key(person_id), f"persons/sealed/{person_id}", value


def report_place(report_id: str, value: Any) -> tuple[str, str, Any]:
    return report_key(report_id), f"reports/sealed/{report_id}", value


def version_place(report_id: str, version: int, value: Any) -> tuple[str, str, Any]:
    return report_key(report_id), f"report_versions/sealed/{report_id}/{version}", value


def answer_place(report_id: str, value: Any) -> tuple[str, str, Any]:
    return report_key(report_id), f"victim_answers/sealed/{report_id}", value


def risk_place(report_id: str, version: int, value: Any) -> tuple[str, str, Any]:
    return report_key(report_id), f"risk_steps/sealed/{report_id}/{version}", value


def record_place(held_id: str, value: Any) -> tuple[str, str, Any]:
    return record_key(held_id), f"held_records/sealed/{held_id}", value


def person_key(person_id: str) -> str:
    return f"person/{person_id}"


def report_key(report_id: str) -> str:
    return f"report/{report_id}"


def record_key(held_id: str) -> str:
    return f"held/{held_id}"


def _versions(tx: Transaction, which: str, ids: Sequence[str]) -> dict[str, Written]:
    rows = tx.rows(f"SELECT report_id, v.version, v.sealed FROM report_versions v {which}", (list(ids),))
    opened = _open(tx, [version_place(*row) for row in rows])
    return {row[0]: Written(*told) for row, told in zip(rows, opened, strict=True) if told}


def _person(row: Sequence[Any], told: Any) -> tuple[Any, ...]:
    folded, name, born, iin = told or ("", "", None, None)
    return (row[0], folded, name, date.fromisoformat(born) if born else None, iin, *row[2:])


def _report(row: Sequence[Any], told: Sequence[str]) -> list[Any]:
    return [row[0], told[0], *row[2:9], told[1], *row[9:]]


def _open(tx: Transaction, pieces: Sequence[tuple[str, str, Any]]) -> list[Any]:
    return [None if text is None else json.loads(text) for text in vault.here().open_many(tx, pieces)]


def _bytes(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
