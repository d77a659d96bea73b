"""How does police intake look when one woman's say is asked about: one report, her answers, a card that is asked for?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from plumbing.identity import Ids
from plumbing.service import Moment
from services.police_intake import messages as m
from services.police_intake.consent import messages as c
from services.police_intake.consent.contract import Terms, whole
from services.police_intake.consent.notices import LAW
from services.police_intake.consent.possible import Sealed
from services.police_intake.facts import ReportKept
from services.police_intake.officer.acts import AddAnswers, RiskSeen, VictimAnswered
from services.police_intake.report import Consent, Injury, SafeContact
from services.police_intake.stating import Stated
from services.police_intake.wiring import SERVICE
from tests.police_intake.intake import CODEC, NOW, Intake

DAY = timedelta(days=1)
KEY = b"k" * 32
AKIMAT = {"purposes": ("family_support",), "recipients": ("akimat",)}


def card(ground: str, *classes: str) -> Sealed:
    return Sealed(f"sealed on {ground} with {classes}".encode(), ground, classes)


class Police(Intake):
    """Facts folded as the step does; what a report says is at hand, as the store gives it."""

    def __init__(self) -> None:
        super().__init__()
        self.now, self.report_id, self.extracts = NOW, "", 0

    def hear(self, command: Any) -> list[Any]:
        self.heard += 1
        moment = Moment(self.now, Ids(self.heard.to_bytes(4, "big")), SERVICE.law)
        events = list(SERVICE.route(command).decided(command, dict(self.facts), moment))
        for event in events:
            self.facts.update(SERVICE.evolve(self.facts, event))
            if isinstance(event, ReportKept):
                stated = Stated(event.fields, event.content, event.content_hash, event.doubts)
                self.facts["stated", event.report.report_id] = stated
            if hasattr(event, "event"):
                CODEC.encode(event)
        return events

    def report(self, **changes: Any) -> list[Any]:
        """A record of a journal: the report, or a later extract of it."""
        self.extracts += 1
        events = self.record(self.extracts, NOW + self.extracts * timedelta(minutes=1), **changes)
        kept = [event for event in events if isinstance(event, ReportKept)]
        self.report_id = kept[0].report.report_id if kept else self.report_id
        return events

    def answer(self, consent: Consent, **more: Any) -> list[Any]:
        answers = VictimAnswered(self.report_id, True, consent, SafeContact(), "Aigul")
        return self.hear(AddAnswers(self.report_id, answers, RiskSeen((), Injury.LIGHT, None, 0), "Aigul", **more))

    def terms(self, **changes: Any) -> Terms:
        """All of the notice that she is given today, but for what is said."""
        return replace(whole(LAW.current(self.now), "ru", "spoken"), **changes)

    def withdraw(self) -> list[Any]:
        return self.hear(c.WithdrawConsent(self.report_id, "Aigul", request=m.Request("a form", "", "")))

    def request(self, cards: tuple[Sealed, ...], kind: str = "shelter") -> Any:
        """A holder's key asks for a card, of which the store has sealed these; gives on what the one that left rests."""
        self.facts["card", f"need/{KEY.hex()}"] = cards
        events = self.hear(m.CardRequested(self.report_id, "need", kind, KEY))
        grounds = [event for event in events if isinstance(event, c.CardGrounded)]
        assert len(grounds) == sum(isinstance(event, m.VictimCardSealed) for event in events)
        return grounds[0] if grounds else None


def state(police: Police, report_id: str = "") -> str:
    return str(police.facts["consent", report_id or police.report_id].state)


def of(events: list[Any], name: str) -> list[Any]:
    return [event for event in events if type(event).__name__ == name]
