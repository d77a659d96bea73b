"""What stands on a contact card, and nothing more?"""

from __future__ import annotations

from typing import Any

from plumbing.plain import plain
from services.police_intake.report import ReportFields

TEXT_MAX = 120


def card_of(kind: str, fields: ReportFields | dict[str, Any]) -> dict[str, Any]:
    """Hers: name, birth date, safe contact, and a phone only if she may be called. His: who he is. Never a narrative."""
    known: dict[str, Any] = fields if isinstance(fields, dict) else plain(fields)
    if kind in ("detox", "examination"):
        return _cut({name: known["respondent"][name] for name in ("name", "birth_date", "iin")})
    contact = known["safe_contact"]
    card = {name: known["victim"][name] for name in ("name", "birth_date")}
    card |= {"safe_contact": contact["kind"], "safe_contact_detail": contact["detail"]}
    if contact["kind"] == "only_at":
        card["phone"] = known["victim"]["phone"]
    if kind == "child_notice":
        card |= {"address": known["address"], "children": known["children"]}
    return _cut(card)


def _cut(card: dict[str, Any]) -> dict[str, Any]:
    return {name: value[:TEXT_MAX] if isinstance(value, str) else value for name, value in card.items()}
