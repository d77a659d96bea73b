"""How does police intake look when one woman is asked about the danger: her report, answers, and what persons do with the grade?"""

from __future__ import annotations

from datetime import timedelta

from plumbing.service import CommandRefused
from plumbing.tasks import TaskClosed, TaskOpened
from services.police_intake.risk import messages as r
from services.police_intake.risk.loading import GRIDS
from tests.police_intake.consents import Police

NO = dict.fromkeys([one.id for one in GRIDS.versions[0].questions], "no")
HOUR = timedelta(hours=1)


class Asked(Police):
    """One registered report, about which she is asked."""

    def __init__(self):
        super().__init__()
        self.report()

    @property
    def stands(self):
        return self.facts.get(("risk", self.report_id))

    def seen(self):
        return self.stands.version if self.stands else 0

    def ask(self, by="Aigul", *, apart=True, leaves=False, **yes):
        answers = tuple({**NO, **yes}.items())
        return self.hear(r.AssessRisk(self.report_id, "KZ-RG/1", answers, apart, leaves, by, "", self.seen()))

    def up(self, grade, by="Aigul", reason="seen_at_scene"):
        return self.hear(r.RaiseRisk(self.report_id, grade, reason, by, "", self.seen()))

    def down(self, grade, by="Aigul", **more):
        return self.hear(r.ProposeLower(self.report_id, grade, "typed_wrongly", by, more.get("actor", ""), self.seen()))

    def second(self, by="Berik", *, lower=True, actor=""):
        return self.hear(r.DecideLower(self.report_id, self.seen(), lower, by, actor))


def refused(events):
    return [one.kind for one in events if isinstance(one, CommandRefused)]


def opened(events):
    return {one.kind: one for one in events if isinstance(one, TaskOpened)}


def closed(events):
    return {one.kind for one in events if isinstance(one, TaskClosed)}
