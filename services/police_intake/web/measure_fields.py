"""What do the forms of measures send, and which command is each? The same step as Kafka."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from plumbing.forms import Fields, Name
from services.police_intake.journal.moments import in_kazakhstan
from services.police_intake.measures.lives import POLICE, PROSECUTOR, BeginMeasure, Measure, MoveMeasure, SettleParked
from services.police_intake.measures.told import FACTS, kept_of_bar

Short = Annotated[str, Field(max_length=40)]


class ToldFields(Fields):
    """What may be told with an act; each act asks for some of it."""

    act: Short
    by: Name
    code: Short = ""
    at: datetime | None = None
    witnessed: Short = ""
    consented: Short = ""
    days: Short = ""
    hours: Short = ""
    hours_done: Short = ""
    months: Short = ""
    reports_a_month: Short = ""
    born: Short = ""
    erdr_number: Short = ""
    number: Short = ""
    basis: Short = ""
    until_day: Short = ""
    despite: Short = ""
    bar: Annotated[Short, AfterValidator(kept_of_bar)] = ""

    @property
    def told(self) -> dict[str, str]:
        return {name: value for name in FACTS if (value := getattr(self, name))}

    @property
    def moment(self) -> datetime | None:
        """Typed in local time, which is one in the whole country."""
        return in_kazakhstan(self.at) if self.at else None


class BeginFields(ToldFields):
    report_id: str
    kind: Short

    def order(self) -> tuple[BeginMeasure, str]:
        return BeginMeasure(self.report_id, self.kind, self.act, self.by, self.code, self.told, self.moment), self.report_id


class AgainstFields(ToldFields):
    """What begins against a measure: it is on the same report."""

    measure_id: str
    kind: Short

    def against(self, measure: Measure) -> tuple[BeginMeasure, str]:
        told = (self.act, self.by, self.code, self.told, self.moment)
        return BeginMeasure(measure.report_id, self.kind, *told, about=measure.measure_id), measure.report_id


class ActFields(ToldFields):
    measure_id: str
    seen: int

    def order(self) -> tuple[MoveMeasure, str]:
        return self.ordered(POLICE)

    def prosecuted(self) -> tuple[MoveMeasure, str]:
        return self.ordered(PROSECUTOR)

    def ordered(self, office: str) -> tuple[MoveMeasure, str]:
        told = (self.seen, self.code, self.told, self.moment, office)
        return MoveMeasure(self.measure_id, self.act, self.by, *told), self.measure_id


class SettleFields(Fields):
    parked_id: str
    report_id: Short = ""
    by: Name

    def order(self) -> tuple[SettleParked, str]:
        return SettleParked(self.parked_id, self.report_id, self.by), self.parked_id
