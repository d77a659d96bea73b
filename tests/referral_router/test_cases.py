"""Do the cases written for a lawyer end as they say, under the law they name?"""

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from plumbing.rules import reformed
from services.referral_router import messages as m
from tests.referral_router.region import Region, report
from tests.stores import NOW

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))
HOUR = timedelta(hours=1)
PLACE = re.compile(r"(?P<code>[\w-]+): (?P<kind>crisis centre|detox|narcology|akimat) in (?P<region>KZ-\d\d)"
                   r"(?: with (?P<free>\d+) free)?(?P<men>, admits men)?")
TOLD = {
    "asked": "asked of {0.facility_code}", "held": "held at {0.facility_code}", "with_person": "with {0.queue}",
    "withdrawing": "withdrawn from {0.facility_code}, not yet acknowledged", "withdrawn": "withdrawn",
    "arrived": "arrived", "left": "left", "settled": "settled",
}
MET = {True: "yes", False: "no", None: "unknown"}
# The days on which the law changed, by the rule that changed: a case stands on both sides of each.
TURNS = {"police/complaint-needed": "2023-07-01", "police/reconciliation-allowed": "2023-07-01",
         "police/no-reconciliation-over-a-child": "2024-06-16", "offence/battery": "2024-06-16", "offence/light-harm": "2024-06-16",
         "penalty/warning-for-a-breach": "2023-07-01", "penalty/community-service": "2025-09-01",
         "notice/children-at-home": "2024-07-06", "regime/of-the-day": "2026-03-02"}


def told_report(words, as_="registered", version=1):
    """A report as the case words it; what it does not say is as usual. `recorded` and `occurred` are moments."""
    words = dict(words)
    ago = timedelta(days=words.pop("days_ago", 0), hours=words.pop("hours_ago", 1))
    named = {"report_id": words.pop("id", "report"), "victim_ref": words.pop("victim", "she"),
             "recorded_at": words.pop("recorded", NOW - ago), "occurred_at": words.pop("occurred", None),
             "violence": tuple(words.pop("violence", ())), "injury_basis": words.pop("basis", "unknown")}
    if words.pop("respondent", "") == "nobody":
        named["respondent_ref"] = None
    if words.get("children") == "unknown":
        words["children"] = None
    return report(as_=as_, version=version, **named, **words)


def begin(case):
    region, given = Region(), case["given"]
    if "what_if" in case:
        region.law = reformed(region.law, case["what_if"])
    for line in given.get("places", ()):
        place = PLACE.fullmatch(line)
        kind = place["kind"].replace(" ", "_")
        men = {"admits_men": bool(place["men"])} if kind == "crisis_centre" else {}
        region.open(place["code"], kind, int(place["free"] or 0), region=place["region"], **men)
    for words in given.get("reports", ()):
        hear(region, told_report(words), words)
    return region


def hear(region, message, words):
    """A report with a date of its own is heard an hour after it was recorded, or when the case says."""
    if "recorded" in words:
        region.now = words["recorded"] + timedelta(hours=words.get("heard_hours_later", 1))
    return region.hear(message)


def happen(region, what):
    [(kind, words)] = what.items()
    if kind in ("report", "corrected"):
        told = {name: word for name, word in words.items() if name != "heard_hours_later"}
        as_, version = ("registered", 1) if kind == "report" else (kind, 2)
        return hear(region, told_report(told, as_, version), words)
    if kind == "taken_back":
        return region.hear(m.ReportCancelled(words["id"], 2, words["reason"]))
    if kind == "answer":
        return region.answer(words["says"], region.need(words["need"]), more=words.get("code", ""))
    return region.ring(words["runs_out"], region.need(words["need"]))


def played(path):
    """The case, the region at its end, and what the law last found in its report: rule id → (rule, finding)."""
    case, found = tomllib.loads(path.read_text("utf-8")), {}
    region = begin(case)
    for what in case["when"]:
        for event in happen(region, what):
            if getattr(event, "findings", ()) and event.report.content.report_id == "report":
                found = {region.law.rules[one.rule].id: (region.law.rules[one.rule], one) for one in event.findings}
    return case, region, found


@pytest.fixture(scope="module", params=CASES, ids=lambda path: path.stem)
def ended(request):
    return played(request.param)


def test_a_case_ends_as_it_was_written_for_a_lawyer(ended):
    case, region, _ = ended
    needs = {need.kind: TOLD[need.state].format(need) for need in region.needs() if need.report_id == "report"}
    if "needs" in case["then"]:
        assert needs == case["then"]["needs"], case["title"]


def test_a_case_finds_what_the_law_of_its_day_says_and_cites_it(ended):
    case, _, found = ended
    then = case["then"]
    answers = {name: MET[found[name][1].met] if name in found else "not asked" for name in then.get("found", {})}
    assert answers == then.get("found", {}), case["title"]
    cited = {name: f"{found[name][0].citation.act} {found[name][0].citation.article}".strip() for name in then.get("cites", {})}
    assert cited == then.get("cites", {}), case["title"]
    for name, words in then.get("seen", {}).items():
        assert set(words.split()) <= set(found[name][1].seen.split()), found[name][1].seen
    changes = {name: found[name][1].change for name in then.get("otherwise_if", {})}
    assert changes == then.get("otherwise_if", {}), case["title"]


def test_a_case_says_under_which_law_it_was_decided(ended):
    case, _, found = ended
    seen = found["regime/of-the-day"][1].seen if "regime/of-the-day" in found else "regime=none"
    assert seen == f"regime={case['under']}"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_says_in_one_sentence_what_it_is_about(path):
    case = tomllib.loads(path.read_text("utf-8"))
    assert set(case) - {"what_if"} == {"title", "under", "given", "when", "then"} and case["title"].endswith(".")
    assert set(case["then"]) & {"needs", "found"} and set(case["then"]) <= {"needs", "found", "cites", "seen", "otherwise_if"}


def test_there_are_cases_enough_and_on_both_sides_of_each_day_the_law_changed():
    assert len(CASES) >= 60
    said = {path: path.read_text("utf-8") for path in CASES}
    for rule, first in TURNS.items():
        for day in (date.fromisoformat(first) - timedelta(days=1), first):
            dated = [path.stem for path, text in said.items() if rule in text and re.search(rf"(recorded|occurred) = {day}", text)]
            assert dated, f"no case of {rule} on {day}"
