"""She said no at the scene: who asks her once more, and by when? Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from plumbing.service import Moment
from services.police_intake.consent.contract import REFUSED, Contract
from services.police_intake.measures.following import made
from services.police_intake.measures.lives import NOTHING, REPORT, BeginMeasure, Measure

if TYPE_CHECKING:
    from services.police_intake.facts import KnownReport

KIND = "second_contact"


def second_contacts(events: Sequence[Any], report: KnownReport, moment: Moment) -> Sequence[Any]:
    """What follows on a first refusal that a person took on the form; a journal's bare no was asked by nobody we know."""
    refusals = [one for one in events if isinstance(one, Contract) and one.state == REFUSED and one.source == "form"]
    return [event for one in refusals for event in _begun(one, report, moment)]


def _begun(refusal: Contract, report: KnownReport, moment: Moment) -> Sequence[Any]:
    none = Measure(
        moment.ids.new(), KIND, report.report_id, report.respondent_id, report.region, NOTHING, 0, moment.now, moment.now
    )
    begins = BeginMeasure(report.report_id, KIND, "refusal", refusal.by or REPORT)
    return made(moment.law.measures.lives[KIND].acts["refusal"], none, begins, ({}, moment))
