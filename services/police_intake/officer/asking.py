"""What may be read about what waits for an officer: held records, possible doubles, a shift? SQL for the pages only."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from services.police_intake import sealed
from services.police_intake.officer.candidates import candidates
from services.police_intake.roster.assigning import WITH_HER
from services.police_intake.roster.rows import UNMET

if TYPE_CHECKING:
    from plumbing.postgres import Transaction

HELD = (
    "held_id", "verdict", "reason", "content", "kept_at", "extracted_at", "doubts", "outcome", "report_id", "by", "closed_at",
)


PART = 1000  # of a list of tasks, asked for at once
WHO = ("person_id", "folded_name", "name", "birth_date", "iin", "victim_ref", "respondent_ref", "same_as", "erased")


def held_record(tx: Transaction, held_id: str) -> dict[str, Any] | None:
    """As it came; `erased` instead of a content once its key is destroyed."""
    rows = tx.rows(
        "SELECT held_id, verdict, reason, sealed, kept_at, extracted_at, doubts, outcome, report_id, closed_by, closed_at"
        " FROM held_records WHERE held_id = %s",
        (held_id,),
    )
    if not rows:
        return None
    [content] = sealed.records(tx, [(held_id, rows[0][3])])
    return {**dict(zip(HELD, rows[0], strict=True)), "content": content or {}, "erased": content is None}


def due_of(tx: Transaction, subject: str, kinds: tuple[str, ...]) -> datetime | None:
    """Until when the open task about this is to be done; None if there is none."""
    rows = tx.rows(
        "SELECT due_at FROM tasks WHERE subject = %s AND kind = ANY(%s) AND closed_at IS NULL", (subject, list(kinds))
    )
    return rows[0][0] if rows else None


def double(tx: Transaction, person_id: str) -> dict[str, Any] | None:
    """The row in doubt and each it may be, side by side, with what was judged."""
    me = tx.rows("SELECT same_as FROM persons WHERE person_id = %s", (person_id,))
    if not me:
        return None
    ids = [person_id, *candidates(tx, person_id), *([me[0][0]] if me[0][0] else [])]
    found = {one[0]: one for one in sealed.people(tx, "person_id = ANY(%s)", (ids,))}
    rows = tx.rows(
        "SELECT p.person_id, (SELECT count(*) FROM reports WHERE victim_id = p.person_id),"
        " (SELECT count(*) FROM reports WHERE respondent_id = p.person_id),"
        " (SELECT array_agg(DISTINCT station) FROM reports WHERE p.person_id IN (victim_id, respondent_id)),"
        " (SELECT max(recorded_at) FROM reports WHERE p.person_id IN (victim_id, respondent_id))"
        " FROM persons p WHERE person_id = ANY(%s) ORDER BY person_id <> %s, person_id",
        (ids, person_id),
    )
    names = ("person_id", "as_victim", "as_respondent", "stations", "latest")
    told = [{**dict(zip(WHO, found[row[0]], strict=True)), **dict(zip(names, row, strict=True))} for row in rows]
    return {"me": told[0], "others": told[1:], "judged": judgements(tx, person_id)}


def judgements(tx: Transaction, person_id: str) -> list[tuple[Any, ...]]:
    """(other id, verdict, by, when), oldest first."""
    return tx.rows(
        "SELECT other_id, verdict, by, judged_at FROM person_judgements WHERE person_id = %s ORDER BY judged_at", (person_id,)
    )


def open_tasks(tx: Transaction, now: datetime, station: str = "", skip: int = 0) -> list[tuple[Any, ...]]:
    """(subject, kind, reason, due at, level) of a part of the open tasks: unmet wishes first, then the earliest due.

    With a station: what is its own, and what nobody can tell whose it is, so that no station leaves it to another.
    """
    return tx.rows(
        "SELECT t.subject, t.kind, t.reason, t.due_at, t.level FROM tasks t LEFT JOIN held_records h ON h.held_id = t.subject"
        " LEFT JOIN measures m ON m.measure_id = t.subject"
        " LEFT JOIN reports w ON w.report_id = coalesce(m.report_id, t.subject)"
        " WHERE t.closed_at IS NULL AND (%(station)s = '' OR coalesce("
        "  (SELECT bool_or(r.station = %(station)s) FROM reports r"
        "   WHERE t.subject IN (r.report_id, r.victim_id, r.respondent_id) OR r.report_id = m.report_id),"
        "  nullif(h.station, '') = %(station)s, true))"
        f" ORDER BY coalesce({UNMET}, false) DESC, t.due_at, t.subject, t.kind LIMIT %(part)s OFFSET %(skip)s",
        {"station": station, "part": PART, "skip": skip, "now": now, "with_her": list(WITH_HER)},
    )
