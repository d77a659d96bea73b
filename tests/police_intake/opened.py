"""What lies sealed in police intake's tables, read open with the keys of the test?"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import Any

from plumbing import dead_letters
from plumbing.postgres import Database
from services.police_intake import sealed


def look(dsn: str, question: Callable[[Any], Any]) -> Any:
    with closing(Database(dsn, "tests")) as database, database.transaction() as tx:
        return question(tx)


def written(dsn: str) -> list[tuple[str, int, sealed.Written]]:
    """(report id, version, content) of everything that opens, in order."""

    def question(tx: Any) -> Any:
        rows = tx.rows("SELECT report_id, version, sealed FROM report_versions ORDER BY 1, 2")
        opened = sealed._open(tx, [sealed.version_place(*row) for row in rows])
        return [(*row[:2], sealed.Written(*told)) for row, told in zip(rows, opened, strict=True) if told]

    return look(dsn, question)


def reports(dsn: str, number: str) -> list[str]:
    """The reports of a journal's number."""

    def question(tx: Any) -> Any:
        rows = tx.rows("SELECT report_id, sealed FROM reports ORDER BY 1")
        return [row[0] for row, known in zip(rows, sealed.numbers(tx, rows), strict=True) if known == number]

    return look(dsn, question)


def records(dsn: str) -> list[dict[str, str] | None]:
    return look(dsn, lambda tx: sealed.records(tx, tx.rows("SELECT held_id, sealed FROM held_records ORDER BY 1")))


def people(dsn: str, iin: str) -> list[str]:
    return look(dsn, lambda tx: [row[0] for row in sealed.people(tx, "iin_index = %s", (sealed.iin_index(iin),))])


def letters(dsn: str) -> bytes:
    """The bytes of every message that was set aside and is not redriven."""
    return b"\n".join(look(dsn, lambda tx: [letter.value for letter in dead_letters.lying(tx)]))


def everything(dsn: str) -> str:
    """Everything in a database that the key service of today still opens."""
    told = [str((*named, *content)) for *named, content in written(dsn)] + [str(one) for one in records(dsn)]
    told += [str(one) for one in look(dsn, lambda tx: sealed.people(tx, "true", ()))]
    told += [str(one) for one in look(dsn, lambda tx: sealed.reports(tx, "true", {}))]
    return " ".join(told + [str(one) for one in look(
        dsn, lambda tx: sealed.contacts(tx, [id_ for (id_,) in tx.rows("SELECT report_id FROM reports")]))])
