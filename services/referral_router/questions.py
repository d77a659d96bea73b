"""Which questions does the law ask of a case? Pure; each answers, says what it looked at, and what would have changed it."""

from __future__ import annotations

from plumbing.rules import Answer
from services.referral_router import regime
from services.referral_router.case import Case, Parameters

INTOXICATED = ("alcohol", "drugs")


def victim_agreed_to_help(parameters: Parameters, case: Case) -> Answer:
    content = case.content
    met = content.consent == "yes" and content.victim_age != "child"
    return Answer(met, _consent(case), "consent=no" if met else _unless_child(case, "consent=yes"))


def victim_has_not_agreed(parameters: Parameters, case: Case) -> Answer:
    content = case.content
    met = content.consent != "yes" and content.victim_age != "child"
    return Answer(met, _consent(case), "consent=yes" if met else _unless_child(case, "consent=no"))


def disclosed_without_her_consent(parameters: Parameters, case: Case) -> Answer:
    """Asked of the report as it is agreed: agreeing.as_agreed puts the word in."""
    content = case.content
    met = content.consent == "disclosed" and content.victim_age != "child"
    return Answer(met, _consent(case), "consent=no" if met else _unless_child(case, "consent=disclosed"))


def victim_is_a_child(parameters: Parameters, case: Case) -> Answer:
    age = case.content.victim_age
    met = None if age == "unknown" else age == "child"
    return Answer(met, f"victim={age}", "victim=adult" if met else "victim=child")


def reported_the_other_way_round(parameters: Parameters, case: Case) -> Answer:
    met = case.content.mirrored
    return Answer(met, "mirrored=yes" if met else "mirrored=no", "mirrored=no" if met else "mirrored=yes")


def respondent_seen_intoxicated(parameters: Parameters, case: Case) -> Answer:
    content = case.content
    fresh = case.is_fresh(parameters["fresh_hours"])
    seen = f"intoxication={content.intoxication} respondent={_age(case)} fresh={'yes' if fresh else 'no'}"
    if change := _excused(case):
        return Answer(False, seen, change)
    if content.intoxication not in INTOXICATED:
        return Answer(_drunk(case), seen, "intoxication=alcohol")
    return Answer(fresh, seen, "intoxication=none" if fresh else "fresh=yes")


def repeated_under_influence(parameters: Parameters, case: Case) -> Answer:
    content, window = case.content, parameters["window_days"]
    drunk = content.intoxication in INTOXICATED
    count = drunk + sum(one.intoxication in INTOXICATED for one in case.earlier(window))
    seen = f"intoxication={content.intoxication} respondent={_age(case)} under_influence={count} window_days={window}"
    if change := _excused(case):
        return Answer(False, seen, change)
    if not drunk:
        return Answer(_drunk(case), seen, "intoxication=alcohol")
    wanted = parameters["reports_min"]
    met = count >= wanted
    return Answer(met, seen, f"under_influence={wanted - 1 if met else wanted}")


def deadlines_follow_a_grade(parameters: Parameters, case: Case) -> Answer:
    """Asked of every report alike: whether she was graded, and how, is no finding of the law."""
    return Answer(True, "grade=kept_apart")


def children_at_home(parameters: Parameters, case: Case) -> Answer:
    content = case.content
    met = bool(content.children) or content.victim_age == "child"
    children = "unknown" if content.children is None else content.children
    seen = f"children={children} victim={content.victim_age}"
    if met:
        return Answer(True, seen, "victim=adult" if content.victim_age == "child" else "children=0")
    return Answer(None if content.children is None else False, seen, "children=1")


QUESTIONS = {
    question.__name__: question
    for question in (
        victim_agreed_to_help, victim_has_not_agreed, disclosed_without_her_consent, victim_is_a_child,
        reported_the_other_way_round, respondent_seen_intoxicated, repeated_under_influence, children_at_home,
        deadlines_follow_a_grade,
        *regime.QUESTIONS,
    )
}


def _consent(case: Case) -> str:
    return f"consent={case.content.consent} victim={case.content.victim_age}"


def _unless_child(case: Case, change: str) -> str:
    return "victim=adult" if case.content.victim_age == "child" else change


def _drunk(case: Case) -> bool | None:
    """Nobody looked is not the same as sober."""
    return None if case.content.intoxication == "unknown" else case.content.intoxication in INTOXICATED


def _age(case: Case) -> str:
    return case.content.respondent_age if case.content.respondent_ref else "not_named"


def _excused(case: Case) -> str:
    """What would have to be otherwise before anything is asked of the respondent."""
    content = case.content
    if content.respondent_ref is None:
        return "respondent=adult"
    if content.mirrored:
        return "mirrored=no"
    return "respondent=adult" if content.respondent_age == "child" else ""
