"""Does the register stand on the wire as it stands in its rows, and does somebody look at every open entry?"""

from __future__ import annotations

from collections.abc import Iterator

from tests.checker.evidence import Evidence, Row, Said

STATE_AFTER = {"RegisterEntryOpened": "opened", "RegisterEntryAssessed": "assessed", "RegisterEntryReviewed": "reviewed",
               "RegisterEntryClosed": "closed"}
CHILDREN = ("ChildEntryListed", "ChildEntryClosed")
SAID = ("region", "level", "children", "due_on", "code")


def broken(evidence: Evidence) -> Iterator[str]:
    rows = {row["entry_id"]: row for row in evidence.rows("social_registry", "entries")}
    told = _told(evidence)
    for entry_id in sorted(set(rows) ^ set(told)):
        yield f"entry {entry_id} stands in only one of the register's rows and its public topic"
    for entry_id in sorted(set(rows) & set(told)):
        for name in ("state", *SAID):
            if _differs(rows[entry_id], told[entry_id], name):
                yield (f"entry {entry_id} has {name} {rows[entry_id][name]} in its row"
                       f" and {told[entry_id].get(name)} on the public topic")
    yield from _looked_at_by_nobody(evidence, rows)


def _told(evidence: Evidence) -> dict[str, Row]:
    """Every entry as one who follows the public topic alone would see it."""
    told: dict[str, Row] = {}
    for said in evidence.once(*STATE_AFTER, *CHILDREN):
        event = said.event.split(".")[1]
        entry = told.setdefault(said.body["entry_id"], {})
        entry.update(_fields(said))
        if event in STATE_AFTER:
            entry["state"] = STATE_AFTER[event]
        if event == "RegisterEntryOpened":
            entry["level"] = ""
        if event == "RegisterEntryClosed":
            entry.update(children=0, due_on=None, **({"level": ""} if said.body["code"] == "unfounded" else {}))
    return told


def _fields(said: Said) -> Row:
    return {name: said.body[name] for name in SAID if name in said.body}


def _differs(row: Row, told: Row, name: str) -> bool:
    return row[name] != told.get(name) and not (name == "code" and row["state"] != "closed")


def _looked_at_by_nobody(evidence: Evidence, rows: dict[str, Row]) -> Iterator[str]:
    clocks = {row["subject"]: row["step"] for row in evidence.rows("social_registry", "clocks")
              if row["step"].startswith(("review/", "task/assess/", "task/review/"))}
    tasks = {row["subject"] for row in evidence.rows("social_registry", "tasks")}
    for entry_id, row in rows.items():
        if row["state"] == "closed" and (entry_id in clocks or entry_id in tasks):
            yield f"entry {entry_id} is closed, and somebody is still asked to look at it"
        if row["state"] != "closed" and entry_id not in clocks:
            yield f"entry {entry_id} is {row['state']} without a clock or a task"
