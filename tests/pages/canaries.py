"""Does any page show what its service may hold and nobody there may see? Marks are planted in the rows, pages are crawled."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from starlette.testclient import TestClient

from plumbing import letters_page
from plumbing.pages import Desk
from plumbing.serving import application
from tests.schemas import audiences

CANARY = "canary-7f3a"
HERS = "need_id IN (SELECT need_id FROM needs WHERE kind NOT IN ('detox', 'examination'))"
# The router may show who was asked for him: there only what stands in the rows of her needs is marked.
ONLY = {("referral_router", "needs"): HERS, ("referral_router", "attempts"): HERS}
MARKS = {
    "text": f"'{CANARY}-' || md5(random()::text)", "text[]": f"ARRAY['{CANARY}']::text[]", "bytea": f"'{CANARY}'::bytea",
    "json": f"""'{{"{CANARY}": 1}}'::json""", "jsonb": f"""'{{"{CANARY}": 1}}'::jsonb""",
}
LINK = re.compile(r'(?:href|hx-get|action)="(/[^"#]*)"')
STAY = ("audit", "audit_head", "consents")  # rows that nobody can change, not even a test
BEGIN = ("/worklist", "/dead-letters", "/metrics", "/openapi.json")
PAGES_MOST = 80


def forbidden(service: str) -> list[audiences.Column]:
    """Columns that this service holds and its pages may not show."""
    labels = [one for folder in ("plumbing", f"services/{service}") for one in audiences.labels_of(folder)]
    return [column for column, audience in labels if not audiences.may_show(service, audience)]


def plant(tx: Any, service: str) -> int:
    """Write a mark into every such column that can hold one; gives how many columns got one."""
    types = {(schema, table, name): kind for schema, table, name, kind in tx.rows(
        "SELECT n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a JOIN pg_class c"
        " ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN ('public', 'keys')"
    )}
    marked = 0
    for table, name in forbidden(service):
        schema, _, plain = table.rpartition(".")
        mark = MARKS.get(types[schema or "public", plain, name])
        if mark and table not in STAY:
            tx.run(f"UPDATE {table} SET {name} = {mark} WHERE {ONLY.get((service, table), 'true')}")
            marked += 1
    return marked


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
        yield path, answer.text
        waiting += [unescape(link) for link in LINK.findall(answer.text)]


def leaking(desk: Desk) -> list[str]:
    """Every page on which a mark stands, in whichever form."""
    coded = CANARY.encode()
    forms = (CANARY, coded.hex(), base64.b64encode(coded).decode()[:14])
    return [path for path, text in crawled(desk) if any(form in text for form in forms)]
