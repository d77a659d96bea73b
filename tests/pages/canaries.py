"""Does any page show what its service may hold and nobody there may see? Marks are planted in the rows, pages are crawled."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

from starlette.testclient import TestClient

from plumbing import letters_page
from plumbing.pages import Desk
from plumbing.serving import application
from plumbing.vault.sealing import FORM
from tests.schemas import audiences

CANARY = "canary-7f3a"
HERS = "need_id IN (SELECT need_id FROM needs WHERE kind NOT IN ('detox', 'examination'))"
# The router may show who was asked for him: there only what stands in the rows of her needs is marked.
ONLY = {("referral_router", "needs"): HERS, ("referral_router", "attempts"): HERS}
MARKS = {
    "text": f"'{CANARY}-' || md5(random()::text)", "text[]": f"ARRAY['{CANARY}']::text[]", "bytea": f"convert_to('{CANARY}-' || md5(random()::text), 'UTF8')",
    "json": f"""'{{"{CANARY}": 1}}'::json""", "jsonb": f"""'{{"{CANARY}": 1}}'::jsonb""",
}
NO_PAGE_WITHOUT = ("audit_head", "vault.keys")  # the chain would break, or nothing open: whole pages would be missing
LINK = re.compile(r'(?:href|hx-get|action)="(/[^"#]*)"')
BEGIN = ("/worklist", "/dead-letters", "/metrics", "/openapi.json")
PAGES_MOST = 80


def forbidden(service: str) -> list[audiences.Column]:
    """Columns that this service holds and its pages may not show."""
    labels = [one for folder in ("plumbing", f"services/{service}") for one in audiences.labels_of(folder)]
    return [column for column, audience in labels if not audiences.may_show(service, audience)]


def plant(tx: Any, service: str) -> int:
    """Write a mark into every such column that can hold one; gives how many columns got one.

    tx: of a superuser, since nobody else may change what is only ever added to
    """
    tx.run("SET LOCAL session_replication_role = replica")
    types = {(schema, table, name): kind for schema, table, name, kind in tx.rows(
        "SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a JOIN pg_class c"
        " ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN ('public', 'keys', 'vault')"
    )}
    marked = 0
    for table, name in forbidden(service):
        schema, _, plain = table.rpartition(".")
        mark = MARKS.get(types[schema or "public", plain, name])
        if mark and table not in NO_PAGE_WITHOUT:
            open_ = f" AND get_byte({name}, 0) <> {FORM[0]}" if types[schema or "public", plain, name] == "bytea" else ""
            tx.run(f"UPDATE {table} SET {name} = {mark} WHERE {ONLY.get((service, table), 'true')}{open_}")
            marked += 1
    return marked


def lying_sealed(tx: Any, service: str) -> list[str]:
    """What lies sealed in such columns, in each form in which a page would show bytes: a mark in their place could not be opened."""
    found = [bytes(value) for table, name in forbidden(service) if _is_bytes(tx, table, name)
             for (value,) in tx.rows(f"SELECT {name} FROM {table} WHERE get_byte({name}, 0) = {FORM[0]}")]
    return [form for value in found for form in (value.hex()[:40], base64.b64encode(value).decode()[:30])]


def _is_bytes(tx: Any, table: str, name: str) -> bool:
    [(kind,)] = tx.rows("SELECT format_type(atttypid, -1) FROM pg_attribute WHERE attrelid = %s::regclass AND attname = %s", (table, name))
    return bool(kind == "bytea")


def crawled(desk: Desk) -> Iterator[tuple[str, str]]:
    """(path, text) of every page and answer that can be reached by a link, and of those a machine asks for."""
    app = application(desk)
    letters_page.add(app, desk)
    client = TestClient(app, headers={"Accept": "text/html", "Accept-Language": "en"})
    plain = [route.path for route in app.routes if "GET" in (getattr(route, "methods", None) or ()) and "{" not in route.path]
    waiting, seen = [*BEGIN, *plain], set()
    while waiting and len(seen) < PAGES_MOST:
        path = waiting.pop(0)
        if path in seen or path.startswith("/static"):
            continue
        seen.add(path)
        answer = client.get(path)
        assert answer.status_code < 500, f"{path} fell over, so nothing was looked at"
        yield path, answer.text
        waiting += [unescape(link) for link in LINK.findall(answer.text)]


def leaking(desk: Desk, sealed: Sequence[str] = ()) -> list[str]:
    """Every page on which a mark stands, or what lies sealed, in whichever form."""
    coded = CANARY.encode()
    forms = (CANARY, coded.hex(), base64.b64encode(coded).decode()[:14], *sealed)
    return [path for path, text in crawled(desk) if any(form in text for form in forms)]
