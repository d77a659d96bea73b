"""May they reconcile, and is the second time refused with the rule that refuses it? Cases for a lawyer."""

import tomllib
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from plumbing.service import CommandRefused
from services.police_intake.measures.lives import MeasureKept
from tests.police_intake.measured import HIM, LAW, LIVES, after, do, known, measure

CASES = sorted((Path(__file__).parent / "cases").glob("reconciliation_*.toml"))
RECONCILE = LIVES["administrative_case"].acts["reconcile"]


def facts_of(given):
    """A case before a court, and the lines of the ledger that were written on reports before this one."""
    began = given["case_began"].astimezone(UTC)
    lines = [
        measure("reconciliation", line["state"], measure_id=f"line {place}", report_id=f"earlier {place}", person_id=line["row"])
        for place, line in enumerate(given.get("ledger", ()))
    ]
    facts = known(measure("administrative_case", "in_court", began_at=began, since=began), *lines)
    facts["person", "same"] = replace(HIM, person_id="same", same_as="he")
    facts["members", "he"] = ("same",)
    return facts


def standing(facts):
    rows = [one for row in ("he", "same") for one in facts.get(("measures about", row), ())]
    return [one for one in rows if (one.kind, one.state) == ("reconciliation", "recorded")]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_ends_as_it_was_written_for_a_lawyer(path):
    case = tomllib.loads(path.read_text("utf-8"))
    facts, then = facts_of(case["given"]), case["then"]
    events = do(RECONCILE, facts)
    kept = after([one for one in events if isinstance(one, MeasureKept)], facts)
    assert kept["measure", "measure"].state == then["state"], case["title"]
    if "refused_by" not in then:
        assert len(standing(kept)) == then["lines_of_the_ledger"], case["title"]
        return
    [refused] = events
    assert isinstance(refused, CommandRefused) and refused.kind == "against-a-rule" and refused.state == then["refused_by"]
    day = case["given"]["case_began"].date()
    cited = LAW.measures.terms.version(then["refused_by"], day).citation
    assert (cited.act, cited.certainty) == (then["cites"], then["certainty"]) and not cited.verified_by
    assert str(cited) in refused.detail and then["certainty"] in refused.detail and then["seen"] in refused.detail


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_says_in_one_sentence_what_it_is_about(path):
    case = tomllib.loads(path.read_text("utf-8"))
    assert set(case) == {"title", "given", "then"} and case["title"].endswith(".")


def test_there_is_a_case_on_both_sides_of_the_hour_on_which_a_second_one_ended():
    began = {tomllib.loads(path.read_text("utf-8"))["given"]["case_began"].isoformat() for path in CASES}
    assert {"2023-06-30T23:59:00+05:00", "2023-07-01T00:00:00+05:00"} <= began
    once, again = sorted((r for r in LAW.measures.terms.rules if r.id == "reconciliation/once"), key=lambda r: r.in_force_from)
    assert once.in_force_until == again.in_force_from
    assert [once.parameters["first_time_only"], again.parameters["first_time_only"]] == [False, True]
