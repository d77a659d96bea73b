"""In which of all that was written does a word stand, in whichever encoding?"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from plumbing import metrics
from plumbing.catalogue import catalogue
from tests.land import SERVICES
from tests.land.doors import paths, shown
from tests.police_intake import opened

if TYPE_CHECKING:
    from tests.land import Land

SHORTEST = 7  # bytes
Place = tuple[str, str, str]  # service ("" for files), kind of place, its name


def written(land: Land, folder: Path, looked: set[Place]) -> Iterator[tuple[Place, bytes]]:
    """Everything: raw bytes of all topics, every row of every table and what its keys open, every page, log, metric, document and file.

    looked: gets the pages before which the audit was written
    """
    for topic in catalogue().topics.values():
        if topic.owner in SERVICES:
            for row in land.lines(topic.name):
                yield (topic.owner, "topic", f"{topic.name} {row[0]}/{row[1]}"), f"{row[2]} {row[3]} {row[6]} ".encode() + bytes(row[4])
    for service in SERVICES:
        yield from _tables(land, service)
        yield from pages(land, service, looked)
        yield (service, "log", "log"), "\n".join(land.logs[service]).encode()
        yield (service, "document", "/openapi.json"), land.ask(service, "GET", "/openapi.json").content
    yield ("", "metrics", "metrics"), metrics.page()[0]
    for path in folder.rglob("*"):
        if path.is_file():
            yield ("", "file", str(path.relative_to(folder))), str(path).encode() + path.read_bytes()


def _tables(land: Land, service: str) -> Iterator[tuple[Place, bytes]]:
    for schema, table in land.rows(service, "SELECT table_schema, table_name FROM information_schema.tables"
                                            " WHERE table_schema NOT IN ('pg_catalog', 'information_schema')"):
        rows = land.rows(service, f"SELECT to_jsonb(t) FROM {schema}.{table} t")
        yield (service, "table", f"{schema}.{table}"), "\n".join(json.dumps(row, ensure_ascii=False) for (row,) in rows).encode()
    if service == "police_intake":
        yield (service, "opened", "tables"), opened.everything(land.dsns[service]).encode()
        yield (service, "opened", "letters"), opened.letters(land.dsns[service])


def pages(land: Land, service: str, looked: set[Place]) -> Iterator[tuple[Place, bytes]]:
    """Every page in every language; `looked` gets those before which it was written down who looks."""
    before = _end_of_audit(land, service)
    for path in paths(land, service):
        for kind, answer in shown(land, service, path):
            place = (service, "page", f"{path} {kind}")
            before, end = _end_of_audit(land, service), before
            looked.update([place] if before > end else [])
            heads = " ".join(f"{name}: {value}" for name, value in answer.headers.items())
            yield place, heads.encode() + answer.content


def _end_of_audit(land: Land, service: str) -> int:
    return int(land.rows(service, "SELECT sequence FROM audit_head")[0][0])


def standing(everything: Sequence[tuple[Place, bytes]], texts: Sequence[str]) -> dict[str, list[Place]]:
    """text → the places in which it stands. Every window of a few bytes is looked up, which is as fast for many as for one."""
    begins: dict[bytes, set[tuple[bytes, str]]] = {}
    for text in texts:
        for needle in encodings(text):
            begins.setdefault(needle[:SHORTEST], set()).add((needle, text))
    found: dict[str, list[Place]] = {text: [] for text in texts}
    for place, hay in everything:
        windows = begins.keys() & {hay[start:start + SHORTEST] for start in range(len(hay) - SHORTEST + 1)}
        for text in {text for window in windows for needle, text in begins[window] if needle in hay}:
            found[text].append(place)
    return found


def encodings(text: str) -> set[bytes]:
    """The word as every writer of ours, or of anybody, might write it; what is too short to be told from chance is left out."""
    return {one for one in _encodings(text) if len(one) >= SHORTEST}


def _encodings(text: str) -> Iterator[bytes]:
    for form in {text, text.casefold(), text.upper()}:
        for code in ("utf-8", "cp1251", "utf-16-le", "utf-16-be"):
            raw = form.encode(code, "ignore")
            yield raw
            yield raw.hex().encode()
            yield from (_inside_base64(raw, place) for place in range(3))
        yield json.dumps(form)[1:-1].encode()
        yield quote(form).encode()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        yield f"{text[8:]}.{text[5:7]}.{text[:4]}".encode()


def _inside_base64(raw: bytes, place: int) -> bytes:
    """What base64 makes of the word when it begins `place` bytes after a group of three: its middle, which is always the same."""
    coded = base64.b64encode(b"\0" * place + raw)
    return coded[4 if place else 0:-4]
