"""Who may hold and show what? The rules that field and column audiences are held to; each gives the offenders."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from tests.schemas import reading

ROOT = reading.SCHEMAS.parent
COLUMN = re.compile(r"^COMMENT ON COLUMN ((?:(?:keys|vault)\.)?\w+)\.(\w+) IS", re.MULTILINE)
LISTS = reading.toml("audiences.toml")
Column = tuple[str, str]
UNDER_OWN_KEYS = ("police_intake", "sealed")  # what police seal for themselves; a card to a one-time key is kept in no table of theirs


@dataclass(frozen=True)
class Field:
    """One field of one version of an event, with what it is for and who may know it."""

    event: str
    name: str
    purpose: str
    audience: str


def all_fields() -> list[Field]:
    """Of every version of every event, and of the envelope."""
    files = [*((event, file) for _, event, _, file in reading.versions()), ("envelope", reading.SCHEMAS / "envelope.avsc")]
    schemas = [(event, json.loads(file.read_text("utf-8"))) for event, file in files]
    return [
        Field(event, one["name"], one.get("purpose", ""), one.get("audience", ""))
        for event, schema in schemas
        for one in schema["fields"]
    ]


def unlabelled(known: Sequence[Field]) -> list[str]:
    """Fields whose purpose or audience is none of the closed lists."""
    return [
        f"{one.event}.{one.name}: {one.purpose or 'no purpose'}, {one.audience or 'no audience'}"
        for one in known
        if one.purpose not in LISTS["purposes"] or one.audience not in LISTS["audiences"]
    ]


def may_hold(service: str, audience: str) -> bool:
    return service in LISTS["audiences"][audience]["services"]


def may_show(service: str, audience: str) -> bool:
    return service in LISTS["audiences"][audience]["pages"]


def on_wrong_topics(topics: Mapping[str, Any], known: Sequence[Field]) -> Iterator[str]:
    """A topic whose owner or reader may not hold a field of it; a topic for anybody with what is not public."""
    for name, topic in topics.items():
        ends = (topic["owner"], *topic["readers"])
        for one in (field for field in known if field.event in topic["events"]):
            wrong = [end for end in ends if not may_hold(end, one.audience)]
            if wrong or (not topic["readers"] and one.audience != "public"):
                yield f"{name}: {one.event.split('.')[1]}.{one.name} ({one.audience}) may not be told to {wrong or 'anybody'}"


def in_wrong_views(service: str, views: Sequence[type], known: Sequence[Field]) -> Iterator[str]:
    """A dataclass of a service with a field it may not hold."""
    audience = {(one.event, one.name): one.audience for one in known}
    for view in views:
        for one in fields(view):  # type: ignore[arg-type]
            label = audience.get((view.event, one.name), "")  # type: ignore[attr-defined]
            if not label or not may_hold(service, label):
                yield f"{service} has {view.__name__}.{one.name} ({label or 'unknown'})"


def columns_of(folder: str) -> list[Column]:
    """(table, column) of every column of a folder's tables.sql; each has a comment, as tests of the stores demand."""
    return COLUMN.findall((ROOT / folder / "tables.sql").read_text("utf-8"))


def labels_of(folder: str) -> list[tuple[Column, str]]:
    """((table, column), audience) as the folder's columns.toml says, in its order, doubles kept."""
    told = tomllib.loads((ROOT / folder / "columns.toml").read_text("utf-8"))
    return [((table, name), audience) for table, by in told.items() for audience, names in by.items() for name in names]


def wrongly_listed(columns: Sequence[Column], labels: Sequence[tuple[Column, str]]) -> Iterator[str]:
    """A column without an audience, with two, or one that is not there."""
    told = [column for column, _ in labels]
    yield from (f"{'.'.join(one)} has no audience" for one in columns if one not in told)
    yield from (f"{'.'.join(one)} has two audiences" for one in sorted(set(told)) if told.count(one) > 1)
    yield from (f"{'.'.join(one)} is no column" for one in told if one not in columns)


def in_wrong_databases(service: str, labels: Sequence[tuple[Column, str]]) -> Iterator[str]:
    """A column of a service that this service may not hold."""
    for (table, name), audience in labels:
        if audience not in LISTS["audiences"] or not may_hold(service, audience):
            yield f"{service} may not keep {table}.{name} ({audience})"


def loosened(service: str, labels: Sequence[tuple[Column, str]], heard: Sequence[Field]) -> Iterator[str]:
    """A column named like a field this service hears or says, shown where one of these fields may not be shown.

    So a column that holds what came in several messages has the audience of the strictest.
    """
    for (table, name), audience in [one for one in labels if (service, one[0][1]) != UNDER_OWN_KEYS]:
        same = {one.audience for one in heard if one.name == name and one.audience != "count"}
        if may_show(service, audience) and not all(may_show(service, one) for one in same):
            yield f"{service} keeps {table}.{name} as {audience}, and heard it as {sorted(same)}"
