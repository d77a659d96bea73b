"""Where do two runs differ, first of all?"""

from __future__ import annotations

import json
import re
from typing import Any

from tests.noninterference.artefacts import Artefacts

TYPED = "(what police typed)"
# What police typed of her safe contact lies in these columns (what is sealed is compared opened), in the copy the officer reads, and in hashes of the whole.
TYPED_COLUMNS = {"content_hash", "content_index", "body_hash", "sealed"}
LOCKED_CONTENT = "[0-9a-f]{24}"  # a lock on a hash of all that was typed
CONTACT_LABELS = "Safe contact|How exactly|Безопасная связь|Как именно|Қауіпсіз байланыс|Нақты қалай"


def differing(one: Artefacts, other: Artefacts) -> list[str]:
    """Each artefact that is not equal, with the first place where it is not; missing ones, too."""
    names = sorted({*one, *other})
    return [f"{name}: {_first(one.get(name), other.get(name))}" for name in names if one.get(name) != other.get(name)]


def _first(one: bytes | None, other: bytes | None) -> str:
    if one is None or other is None:
        return f"only in the {'other' if one is None else 'first'} run"
    place = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"at byte {place}: {_around(one, place)!r} or {_around(other, place)!r}"


def _around(text: bytes, place: int) -> str:
    return text[max(0, place - 60):place + 60].decode("utf-8", "replace")


def without_typed(found: Artefacts) -> Artefacts:
    """Police's artefacts without the safe contact that police typed themselves: it is the one secret they hold by duty."""
    return {name: _untyped(name, value) for name, value in found.items()}


def _untyped(name: str, value: bytes) -> bytes:
    if name.startswith("table "):
        lines = [json.dumps(_masked(json.loads(line)), ensure_ascii=False, sort_keys=True) for line in value.decode().splitlines()]
        return "\n".join(sorted(lines)).encode()
    if re.search(r" /reports/[0-9a-f-]{36}(/answers)?$", name):
        return _page(value)
    return value


def _masked(row: Any) -> Any:
    if isinstance(row, list):
        return [_masked(one) for one in row]
    if not isinstance(row, dict):
        return row
    hidden = {"safe_contact", *TYPED_COLUMNS}
    if re.fullmatch(LOCKED_CONTENT, str(row.get("key", ""))):
        hidden.add("key")
    return {name: TYPED if name in hidden else _masked(value) for name, value in row.items()}


def _page(value: bytes) -> bytes:
    """The officer's copy of the report: the two rows of the summary, and the form they fill in, lose what was typed."""
    text = value.decode("utf-8", "replace")
    text = re.sub(r"(?s)<div class=\"govuk-summary-list__row\">.*?</div>", _row_without, text)
    text = re.sub(r"(<(?:input|textarea)[^>]*name=\"safe_contact[^>]*>)([^<]*)", TYPED, text)
    return text.encode()


def _row_without(row: re.Match[str]) -> str:
    return TYPED if re.search(CONTACT_LABELS, row.group()) else row.group()


