"""Do the cases written for a lawyer end as they say?"""

import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from services.referral_router import messages as m
from tests.referral_router.region import Region, report
from tests.stores import NOW

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))
PLACE = re.compile(r"(?P<code>[\w-]+): (?P<kind>crisis centre|detox|narcology|akimat) in (?P<region>KZ-\d\d)"
                   r"(?: with (?P<free>\d+) free)?(?P<men>, admits men)?")
TOLD = {
    "asked": "asked of {0.facility_code}", "held": "held at {0.facility_code}", "with_person": "with {0.queue}",
    "withdrawing": "withdrawn from {0.facility_code}, not yet acknowledged", "withdrawn": "withdrawn",
    "arrived": "arrived", "settled": "settled",
}


def told_report(words, as_="registered", version=1):
    """A report as the case words it; what it does not say is as usual."""
    words = dict(words)
    ago = timedelta(days=words.pop("days_ago", 0), hours=words.pop("hours_ago", 1))
    named = {"report_id": words.pop("id", "report"), "victim_ref": words.pop("victim", "she")}
    return report(as_=as_, version=version, recorded_at=NOW - ago, **named, **words)


def begin(given):
    region = Region()
    for line in given.get("places", ()):
        place = PLACE.fullmatch(line)
        kind = place["kind"].replace(" ", "_")
        men = {"admits_men": bool(place["men"])} if kind == "crisis_centre" else {}
        region.open(place["code"], kind, int(place["free"] or 0), region=place["region"], **men)
    for words in given.get("reports", ()):
        region.hear(told_report(words))
    return region


def happen(region, what):
    [(kind, words)] = what.items()
    if kind in ("report", "corrected"):
        region.hear(told_report(words, "registered" if kind == "report" else kind, 1 if kind == "report" else 2))
    elif kind == "taken_back":
        region.hear(m.ReportCancelled(words["id"], 2, words["reason"]))
    elif kind == "answer":
        region.answer(words["says"], region.need(words["need"]), more=words.get("code", ""))
    else:
        region.ring(words["runs_out"], region.need(words["need"]))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_ends_as_it_was_written_for_a_lawyer(path):
    case = tomllib.loads(path.read_text("utf-8"))
    region = begin(case["given"])
    for what in case["when"]:
        happen(region, what)
    needs = {need.kind: TOLD[need.state].format(need) for need in region.needs() if need.report_id == "report"}
    assert needs == case["then"]["needs"], case["title"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_says_in_one_sentence_what_it_is_about(path):
    case = tomllib.loads(path.read_text("utf-8"))
    assert set(case) == {"title", "given", "when", "then"} and case["title"].endswith(".")


def test_there_are_cases_enough_to_speak_about():
    assert len(CASES) >= 12
