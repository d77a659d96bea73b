"""Which forms does a person at a centre or akimat fill in, and what do they mean? One for referrals, one for entries."""

from __future__ import annotations

from typing import Any, Literal
from urllib.parse import urlencode

from plumbing.forms import Fields, Form, Name
from services.social_registry.messages import AcknowledgeSafety, RegisterAct, StaffAct


class ActFields(Fields):
    """What the button of a move of a referral sends; `channel` tells an act on this page from an answer by telephone."""

    need_id: str
    act: str
    by: Name
    code: str = ""
    channel: Literal["page", "telephone"] = "page"

    def order(self) -> tuple[StaffAct, str]:
        return StaffAct(self.need_id, self.act, self.by, self.code, self.channel), self.need_id


class SafetyFields(Fields):
    """What the button of a warning sends: she was told."""

    need_id: str
    kind: str
    by: Name

    def order(self) -> tuple[AcknowledgeSafety, str]:
        return AcknowledgeSafety(self.need_id, self.kind, self.by), self.need_id


class EntryFields(Fields):
    """What the button of a move of an entry sends; `seen` is the count of changes the page was drawn from."""

    entry_id: str
    act: str
    by: Name
    seen: int
    code: str = ""
    child: int = 0
    channel: Literal["page", "telephone"] = "page"

    def order(self) -> tuple[RegisterAct, str]:
        act = RegisterAct(self.entry_id, self.act, self.by, self.code, self.seen, self.child, self.channel)
        return act, self.entry_id


def wanted(query: Any) -> dict[str, Any]:
    """Region, facility and page as the address has them; nonsense is the first page."""
    page = query.get("page", "1")
    number = int(page) if page.isdecimal() and 0 < int(page) < 10_000 else 1
    return {"region": query.get("region", "")[:40], "facility": query.get("facility", "")[:40], "page": number}


def as_form(asked: dict[str, Any]) -> Form:
    """The filter's own fields, filled in as they were."""
    return Form(asked)


def path_of(page: str, asked: dict[str, Any]) -> str:
    """The address of this list with its filter, for the links to its other parts."""
    kept = urlencode({name: asked[name] for name in ("region", "facility") if asked[name]})
    return f"{page}?{kept}" if kept else page
