"""What stands on a contact card, and nothing more?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from plumbing.plain import plain
from services.police_intake.consent.contract import ALL_CLASSES
from services.police_intake.consent.possible import Say, Sealed, options
from services.police_intake.report import ReportFields

TEXT_MAX = 120
Seal = Callable[[dict[str, Any], bytes], bytes]


def card_of(kind: str, fields: ReportFields | dict[str, Any], classes: tuple[str, ...] = ALL_CLASSES) -> dict[str, Any]:
    """Hers: the classes of data she agreed to, a phone only if she may be called. His: who he is. Never a narrative."""
    known: dict[str, Any] = fields if isinstance(fields, dict) else plain(fields)
    if kind in ("detox", "examination"):
        return _cut({name: known["respondent"][name] for name in ("name", "birth_date", "iin")})
    card: dict[str, Any] = {name: known["victim"][name] for name in ("name", "birth_date") if name in classes}
    contact = known["safe_contact"] if "safe_contact" in classes else {"kind": "never", "detail": ""}
    card |= {"safe_contact": contact["kind"], "safe_contact_detail": contact["detail"]}
    if contact["kind"] == "only_at" and "phone" in classes:
        card["phone"] = known["victim"]["phone"]
    if kind == "child_notice":  # these two rest on the law
        card |= {"address": known["address"], "children": known["children"]}
    return _cut(card)


def cards_for(need: tuple[str, bytes], fields: Any, say: Say, seal: Seal) -> tuple[Sealed, ...]:
    """Each card that may come into question for this need (its kind, its one-time key), sealed."""
    kind, key = need
    return tuple(Sealed(seal(card_of(kind, fields, classes), key), ground, classes) for ground, classes in options(kind, say))


def _cut(card: dict[str, Any]) -> dict[str, Any]:
    return {name: value[:TEXT_MAX] if isinstance(value, str) else value for name, value in card.items()}
