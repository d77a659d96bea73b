"""What does a report say as it stands, and what when her answers are added? Pure."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from json import dumps

from plumbing.plain import plain
from services.police_intake.facts import Stated
from services.police_intake.officer import acts as o
from services.police_intake.report import ReportFields, Wish


def answered(known: Stated, command: o.AddAnswers) -> Stated:
    """The report's content with what was added; the old content stays as its earlier version."""
    risk, answers = command.risk, command.answers
    fields: ReportFields = replace(
        known.fields, consent=answers.consent, safe_contact=answers.safe_contact, violence=risk.violence,
        injury=risk.injury, weapon_seen=risk.weapon_seen, children=risk.children,
        weapon=known.fields.weapon if risk.weapon_seen else None,
        wants_woman=known.fields.wants_woman if command.wants_woman is Wish.NOT_ASKED else command.wants_woman,
    )
    added = {"added/answers": dumps(plain(answers), ensure_ascii=False), "added/risk": dumps(plain(risk))}
    if command.wants_woman is not Wish.NOT_ASKED:
        added["added/wants_woman"] = str(command.wants_woman)
    content = {**known.content, **added}
    return Stated(fields, content, sha256(dumps(content, sort_keys=True).encode()).hexdigest(), known.doubts)
