"""Which questions does the law ask of what police and courts may do? Pure; what no report says is unknown, never guessed."""

from __future__ import annotations

from plumbing.rules import Answer
from services.referral_router.case import Case, Parameters

SAID = {True: "yes", False: "no", None: "unknown"}
UNGRADED = ("unknown", "undetermined")
FAMILY = ("spouse", "former_spouse", "partner", "child", "parent", "sibling", "in_law")


def regime_of_the_day(parameters: Parameters, case: Case) -> Answer:
    return Answer(True, f"regime={parameters['regime']}")


def police_may_act(parameters: Parameters, case: Case) -> Answer:
    """May police act without, or because of, a signed complaint?"""
    signed = case.content.complaint
    seen = f"complaint={SAID[signed]}"
    if not parameters["complaint_needed"]:
        return Answer(True, seen)
    return Answer(signed, seen, "complaint=no" if signed else "complaint=yes")


def reconciliation_is_open(parameters: Parameters, case: Case) -> Answer:
    """The first time it is; what became of an earlier report is not known here, so a second time is unknown."""
    if case.content.respondent_ref is None:
        return Answer(None, "respondent=unknown", "respondent=known")
    earlier = len(case.earlier())
    if not parameters["first_time_only"]:
        return Answer(True, f"earlier={earlier}")
    return Answer(None, f"earlier={earlier}", "earlier=0") if earlier else Answer(True, "earlier=0", "earlier=1")


def penalised_before(parameters: Parameters, case: Case) -> Answer:
    """An earlier report is no penalty: with one the answer is unknown, without one it is no."""
    days = f"arrest_days_max={parameters['arrest_days_max']} window_days={parameters['window_days']}"
    if case.content.respondent_ref is None:
        return Answer(None, f"respondent=unknown {days}", "respondent=known")
    earlier = len(case.earlier(parameters["window_days"]))
    return Answer(None if earlier else False, f"earlier={earlier} {days}", "penalty=known" if earlier else "earlier=1")


def penalty_is_open(parameters: Parameters, case: Case) -> Answer:
    return Answer(parameters["is_open"], f"penalty={parameters['penalty']}")


def harm_of_this_grade(parameters: Parameters, case: Case) -> Answer:
    """Provisional while the grade rests on what was said or seen: the later grade may change the article."""
    content, wanted = case.content, parameters["injury"]
    physical = "physical" in content.violence
    told = physical or any(kind != "unknown" for kind in content.violence)
    violence = SAID[physical if told else None]
    seen = f"physical={violence} injury={content.injury} basis={content.injury_basis} branch={parameters['branch']}"
    if not physical:
        return Answer(False if told else None, seen, "physical=yes")
    if content.injury in UNGRADED:
        return Answer(None, seen, f"injury={wanted}")
    met = content.injury == wanted
    return Answer(met, seen, "injury=undetermined" if met else f"injury={wanted}")


def family_relation_aggravates(parameters: Parameters, case: Case) -> Answer:
    relation = case.content.relation
    seen = f"relation={relation}"
    if not parameters["aggravates"]:
        return Answer(False, seen)
    if relation == "unknown":
        return Answer(None, seen, "relation=spouse")
    met = relation in FAMILY
    return Answer(met, seen, "relation=other" if met else "relation=spouse")


QUESTIONS = (
    regime_of_the_day, police_may_act, reconciliation_is_open, penalised_before, penalty_is_open, harm_of_this_grade,
    family_relation_aggravates,
)
