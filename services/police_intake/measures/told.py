"""How is what is told with an act of a measure written?"""

from __future__ import annotations

# How what is told with an act is written. Bounds of the law are rules; these are bounds of a form.
FACTS = {
    "witnessed": r"yes", "consented": r"yes",
    "days": r"[1-9]\d?", "hours": r"[1-9]\d{0,2}", "hours_done": r"[1-9]\d{0,2}", "months": r"[1-9]\d?",
    "reports_a_month": r"[1-9]",
    "born": r"\d{4}-\d\d-\d\d|unknown", "erdr_number": r"\d{15}", "number": r"[\w/-]{1,32}",
    "basis": r"said|seen|medical|forensic",
    "until_day": r"\d{4}-\d\d-\d\d|none",
    "despite": r"yes",
    "bar": r"none_known|not_known|stated|child_under_14",
}
# Is there a bar on arrest? What the officer answers → what is kept of it. A pregnancy or a disability is somebody's health, and
# the rule asks only whether a bar was stated: which one is forgotten at the edge, and stands in no command, row or event.
BARS = {
    "none_known": "none_known", "pregnant": "stated", "child_under_14": "child_under_14", "minor": "stated",
    "disability": "stated", "age": "stated", "not_known": "not_known",
}


def kept_of_bar(answer: str) -> str:
    """What is kept of this answer; what is none of the list is not kept as it was typed."""
    return BARS.get(answer, "not_known")
