"""Which forms does a person at a centre or akimat fill in, and what do they mean? One for referrals, one for entries."""

from __future__ import annotations

from typing import Any, Literal

from plumbing.forms import Fields, Form, Name
from services.social_registry.messages import RegisterAct, StaffAct
from services.social_registry.reading import Wanted


class ActFields(Fields):
    """What the button of a move of a referral sends; `channel` tells an act on this page from an answer by telephone."""

    need_id: str
    act: str
    by: Name
    code: str = ""
    channel: Literal["page", "telephone"] = "page"

    def order(self) -> tuple[StaffAct, str]:
        return StaffAct(self.need_id, self.act, self.by, self.code, self.channel), self.need_id


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


def wanted(query: Any) -> Wanted:
    """Region, facility and page as the address has them; nonsense is the first page."""
    page = query.get("page", "1")
    number = int(page) if page.isdecimal() and 0 < int(page) < 10_000 else 1
    return Wanted(query.get("region", "")[:40], query.get("facility", "")[:40], number)


def as_form(asked: Wanted) -> Form:
    """The filter's own fields, filled in as they were."""
    return Form({"region": asked.region, "facility": asked.facility})


def path_of(page: str, asked: Wanted) -> str:
    """The address of this list with its filter, for the links to its other parts."""
    given = {"region": asked.region, "facility": asked.facility}
    kept = "&".join(f"{name}={value}" for name, value in given.items() if value.replace("-", "").isalnum())
    return f"{page}?{kept}" if kept else page
