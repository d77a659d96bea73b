"""What is written in each field of a paper? None: a line to be filled in by hand, since nobody told us; nothing is invented.

What is not here can stand on no paper: not where she is or may be reached, no place that keeps her, no grade, no consent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from plumbing.moments import day, moment
from plumbing.texts import N_, NN_

if TYPE_CHECKING:
    from plumbing.languages import Speech
    from plumbing.rules import Rule
    from services.police_intake.measures.lives import Life, Measure, MeasureMoved

SERVED, REFUSED = ("serve", "serve_refused"), "serve_refused"
SANCTIONED, ANNOUNCED = ("sanction",), ("announce",)
_TERM = NN_("%(num)d day from the day it is served", "%(num)d days from the day it is served")
_MONTHS, _WITNESSED = N_("from %(least)d to %(most)d months"), N_("yes, before a witness")
_NO_DAY = N_("the court has set none")


@dataclass(frozen=True, repr=False)
class Known:
    """All that a paper may be written from. order: the protection order on the same report, if one is in force.

    base: what the measure rests on, as a no-approach order on its criminal case.
    """

    measure: Measure
    moves: Sequence[MeasureMoved]
    order: Measure | None
    base: Measure | None
    report: Mapping[str, Any]
    lives: Mapping[str, Life]

    @property
    def fields(self) -> Mapping[str, Any]:
        fields: Mapping[str, Any] = self.report["fields"]
        return fields

    @property
    def served(self) -> MeasureMoved | None:
        return self.done(SERVED)

    def done(self, acts: Sequence[str]) -> MeasureMoved | None:
        return next((moved for moved in self.moves if moved.act in acts), None)

    def breaches(self, kind: str) -> Sequence[str]:
        return self.lives[kind].acts["breach"].codes


@dataclass(frozen=True)
class Field:
    """How one field is written, in one language. of: the fields of the report that it shows, for the audit."""

    write: Callable[[Known, Speech, Rule | None], Any]
    of: str = ""


def by_hand(known: Known, say: Speech, rule: Rule | None) -> None:
    return None


def named(who: str) -> Field:
    return Field(lambda known, say, rule: (known.fields[who] or {}).get("name"), who)


def coded(name: str) -> Field:
    """A code of the report, in words; one that is not known is asked of who writes."""

    def write(known: Known, say: Speech, rule: Rule | None) -> str | None:
        code = known.fields[name]
        return say.word(code, name) if code and code != "unknown" else None

    return Field(write, name)


def _born(known: Known, say: Speech, rule: Rule | None) -> Any:
    born = (known.fields["respondent"] or {}).get("birth_date")
    return day(say, date.fromisoformat(str(born))) if born else None


def _occurred(known: Known, say: Speech, rule: Rule | None) -> Any:
    at = known.fields["occurred_at"]
    return moment(say, datetime.fromisoformat(str(at))) if at else None


def _violence(known: Known, say: Speech, rule: Rule | None) -> str:
    return ", ".join(say.word(kind, "violence") for kind in known.fields["violence"] or ())


def _children(known: Known, say: Speech, rule: Rule | None) -> str:
    return "" if known.fields["children"] is None else str(known.fields["children"])


def _measure(known: Known, say: Speech, rule: Rule | None) -> Any:
    return day(say, known.measure.began_at) + " · " + say.word(known.measure.kind, "measure")


def _forbidden(known: Known, say: Speech, rule: Rule | None) -> list[str]:
    return [say.word(code, "forbidden") for code in known.breaches("protection_order")]


def _required(known: Known, say: Speech, rule: Rule | None) -> list[str]:
    return ["☐ " + say.word(code, "required") for code in known.breaches("special_requirements")]


def _term(known: Known, say: Speech, rule: Rule | None) -> str | None:
    return say.plural(*_TERM, rule.parameters["due_hours"] // 24) if rule else None


def _months(known: Known, say: Speech, rule: Rule | None) -> str | None:
    return say.say(_MONTHS, least=rule.parameters["least"], most=rule.parameters["most"]) if rule else None


def _answers_for(known: Known, say: Speech, rule: Rule | None) -> str:
    kind, _, code = known.lives["protection_order"].acts["breach"].begins.split()
    return f"{say.word(kind, 'measure')}, {say.word(code, 'code')}"


def _until_day(known: Known, say: Speech, rule: Rule | None) -> str | None:
    told = known.measure.told.get("until_day")
    return say.say(_NO_DAY) if told == "none" else day(say, date.fromisoformat(told)) if told else None


def _sanctioned(known: Known, say: Speech, rule: Rule | None) -> Any:
    moved = known.done(SANCTIONED)
    return day(say, moved.at) if moved else None


def _announced(known: Known, say: Speech, rule: Rule | None) -> Any:
    moved = known.done(ANNOUNCED)
    return moment(say, moved.at) if moved else None


def _announced_by(known: Known, say: Speech, rule: Rule | None) -> str | None:
    moved = known.done(ANNOUNCED)
    return moved.by if moved else None


def _refused(known: Known, say: Speech, rule: Rule | None) -> str:
    return say.say(_WITNESSED) if known.served and known.served.act == REFUSED else "☐"


BLANKS = ("number", "rank", "respondent_lives", "protects_too", "appeal", "officer_signed", "to_head", "circumstances", "court",
          "case_number", "months_asked", "grounds", "attached", "receiver_signed", "witness", "witness_signed",
          "asked_to_forbid", "day_asked", "court_forbids")
LONG = {"circumstances": 6, "grounds": 4, "asked_to_forbid": 4, "court_forbids": 4}  # lines left for a hand
FIELDS: Mapping[str, Field] = {
    **dict.fromkeys(BLANKS, Field(by_hand)),
    "began_at": Field(lambda known, say, rule: day(say, known.measure.began_at)),
    "station": Field(lambda known, say, rule: known.report["station"]),
    "officer": Field(lambda known, say, rule: known.moves[0].by if known.moves else None),
    "kui_number": Field(lambda known, say, rule: known.fields["kui_number"], "kui_number"),
    "recorded_at": Field(lambda known, say, rule: moment(say, known.report["recorded_at"])),
    "occurred_at": Field(_occurred, "occurred_at"),
    "respondent": named("respondent"),
    "respondent_born": Field(_born, "respondent"),
    "victim": named("victim"),
    "relation": coded("relation"),
    "intoxication": coded("intoxication"),
    "violence": Field(_violence, "violence"),
    "children": Field(_children, "children"),
    "measure": Field(_measure),
    "forbidden": Field(_forbidden),
    "term": Field(_term),
    "until": Field(lambda known, say, rule: moment(say, known.measure.until) if known.measure.until else None),
    "answers_for": Field(_answers_for),
    "order_issued": Field(lambda known, say, rule: day(say, known.order.began_at) if known.order else None),
    "required": Field(_required),
    "months_possible": Field(_months),
    "served_at": Field(lambda known, say, rule: moment(say, known.served.at) if known.served else None),
    "refused": Field(_refused),
    "erdr_number": Field(lambda known, say, rule: known.base.told.get("erdr_number") if known.base else None),
    "sanctioned_at": Field(_sanctioned),
    "until_day": Field(_until_day),
    "announced_at": Field(_announced),
    "announced_by": Field(_announced_by),
}
