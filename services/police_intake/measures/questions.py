"""Which questions do the terms of measures ask? Pure; each answers yes or no and says what it looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from plumbing.rules import Answer
from services.police_intake.measures.days import years_of

if TYPE_CHECKING:
    from services.police_intake.measures.asked import Asked

Parameters = Mapping[str, Any]


def begun(parameters: Parameters, asked: Asked) -> Answer:
    """Does this act start the task or clock of this rule? Where the court has set no last day, none is awaited."""
    measure = asked.measure
    if "by_the_courts_day" in parameters and measure.told.get("until_day", "none") == "none":
        return Answer(False, "until_day=none")
    met = measure.kind == parameters["kind"] and asked.act.name in parameters["begun_by"]
    return Answer(met and measure.state in parameters["states"], f"state={measure.state}")


def old_enough(parameters: Parameters, asked: Asked) -> Answer:
    """On the day of the act here. Not known is no hindrance: who serves the order sees whom it is served on."""
    if not _is_about(parameters, asked):
        return Answer(True)
    years = years_of(asked)
    return Answer(None, "years=unknown") if years is None else Answer(years >= parameters["years_min"], f"years={years}")


def open_to(parameters: Parameters, asked: Asked) -> Answer:
    """May this act be done at all, under this article if one is named?"""
    if not _is_about(parameters, asked) or parameters.get("article", asked.measure.code) != asked.measure.code:
        return Answer(True)
    return Answer(parameters["is_open"], f"article={asked.measure.code}")


def first_time(parameters: Parameters, asked: Asked) -> Answer:
    if not _is_about(parameters, asked) or not parameters["first_time_only"]:
        return Answer(True)
    return Answer(asked.reconciled_before == 0, f"reconciled_before={asked.reconciled_before}")


def graded(parameters: Parameters, asked: Asked) -> Answer:
    """What was said or seen is no grade; who has no injury to grade has none."""
    if not _is_about(parameters, asked):
        return Answer(True)
    return Answer(asked.told["basis"] in parameters["bases"], f"basis={asked.told['basis']}")


def within(parameters: Parameters, asked: Asked) -> Answer:
    """Is the number that a court has set one that it may set?"""
    if not _is_about(parameters, asked):
        return Answer(True)
    fact = parameters["fact"]
    number = int(asked.told[fact])
    return Answer(parameters["least"] <= number <= parameters["most"], f"{fact}={number}")


def grown_up(parameters: Parameters, asked: Asked) -> Answer:
    """On the day of the act, as a clock here shows it. Not known is no hindrance."""
    if not _is_about(parameters, asked):
        return Answer(True)
    years = years_of(asked)
    if years is None:
        return Answer(None, "years=not_known")
    return Answer(years >= parameters["years_min"], f"years={years}")


def young_enough(parameters: Parameters, asked: Asked) -> Answer:
    """Sex lies sealed, so between the age of women and that of men nothing is answered; the officer may state a bar."""
    if not _is_about(parameters, asked):
        return Answer(True)
    years = years_of(asked)
    if years is None:
        return Answer(None, "years=not_known")
    if years >= parameters["men_from"]:
        return Answer(False, f"years={years}")
    return Answer(True if years < parameters["women_from"] else None, f"years={years}")


def unbarred(parameters: Parameters, asked: Asked) -> Answer:
    """Not asked, or not known, is no hindrance; nor is a bar that the law may have given up."""
    if not _is_about(parameters, asked):
        return Answer(True)
    bar = asked.told.get("bar", "not_asked")
    if bar in parameters["bars"]:
        return Answer(None if parameters["is_doubtful"] else False, f"bar={bar}")
    return Answer(None if bar in ("not_asked", "not_known") else True, f"bar={bar}")


def _is_about(parameters: Parameters, asked: Asked) -> bool:
    return asked.measure.kind == parameters["kind"] and asked.act.name in parameters["acts"]


_ASKED = (begun, old_enough, open_to, first_time, graded, within, grown_up, young_enough, unbarred)
QUESTIONS: dict[str, Callable[..., Answer]] = {function.__name__: function for function in _ASKED}
