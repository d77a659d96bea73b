"""How does what she chose on the form become terms within the notice, and what will each receiver then see?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from plumbing.languages import NAMES
from services.police_intake.consent.contract import GIVEN, RECIPIENT, Contract, Terms
from services.police_intake.consent.notices import LAW

PURPOSE_OF = {"crisis_centre": "shelter", "akimat": "family_support"}  # who reads it → for what
SHORTER = (30, 7)  # days, besides the notice's own


def terms_of(typed: Any) -> Terms:
    """All of the notice, or the part she chose; whether it is a part is decided where it is kept."""
    told = next((one for one in LAW.notices if one.name == typed.notice), None)
    language = typed.notice_language if typed.notice_language in NAMES else ""
    if told is not None and typed.scope == "whole":
        return Terms(told.name, language, told.purposes, told.recipients, told.data_classes, told.term_days, typed.how)
    days = typed.term_days or (told.term_days if told else 0)
    purposes = tuple(PURPOSE_OF.get(one, one) for one in typed.recipients)
    return Terms(typed.notice, language, purposes, tuple(typed.recipients), tuple(typed.classes), days, typed.how)


def as_typed(known: Contract | None, now: datetime) -> dict[str, Any]:
    """What she chose before stands in the form; else all of the notice."""
    notice = LAW.current(now)
    if known is None or known.state != GIVEN:
        return {"recipients": list(notice.recipients), "classes": list(notice.data_classes)}
    terms = known.terms
    part = set(terms.data_classes) != set(notice.data_classes) or set(terms.recipients) != set(notice.recipients)
    return {
        "scope": "part" if part or terms.term_days != notice.term_days else "whole", "recipients": list(terms.recipients),
        "classes": list(terms.data_classes), "term_days": str(terms.term_days), "notice_language": terms.language,
    }


def what_is_seen(now: datetime) -> dict[str, Any]:
    """The notice of today, and who would see what of it."""
    notice = LAW.current(now)
    readers = [one for one in RECIPIENT.values() if one in notice.recipients]
    return {"notice": notice, "readers": readers, "names_of_languages": NAMES, "terms": (notice.term_days, *SHORTER)}
