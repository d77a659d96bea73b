"""Is nobody arrested whom the law spares, is she or he fined instead, and is nobody's health kept for it? Cases for a lawyer."""

import tomllib
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import pytest

from plumbing.service import CommandRefused, Moment
from services.police_intake.measures import moving
from services.police_intake.measures.lives import MeasureKept
from services.police_intake.measures.told import BARS
from services.police_intake.web.measure_fields import ActFields
from tests.police_intake.measured import HIM, LAW, LIVES, MOMENT, NOW, do, kept, known, measure

CASES = sorted((Path(__file__).parent / "cases").glob("arrest_*.toml"))
RULES = [rule for rule in LAW.measures.terms.rules if rule.id.startswith("arrest/")]
HEALTH = ("pregnan", "disab", "minor")


def decided(born=None, began=NOW, at=NOW, **typed):
    """A court arrests him for ten days, as the officer types it into the form; moments are as the database gives them."""
    began, at = began.astimezone(UTC), at.astimezone(UTC)
    facts = known(measure("administrative_case", "in_court", began_at=began, since=began))
    facts["person", "he"] = replace(HIM, birth_date=born)
    form = {"measure_id": "measure", "seen": 3, "act": "arrest", "by": "Aigul", "days": "10", "born": "unknown", **typed}
    command, _ = ActFields.model_validate(form).order()
    return command, list(moving.move(command, facts, Moment(at, MOMENT.ids, LAW)))


def version(rule_id, began):
    [one] = [rule for rule in LAW.measures.terms.rules if rule.id == rule_id and rule.in_force(began.date())]
    return one


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_ends_as_it_was_written_for_a_lawyer(path):
    case = tomllib.loads(path.read_text("utf-8"))
    given, when, then = case["given"], case["when"], case["then"]
    typed = {name: when[name] for name in ("bar", "days") if name in when}
    _, events = decided(given.get("born"), given["case_began"], when["decided"], **typed)
    if "refused_by" in then:
        [refused] = events
        assert (refused.kind, refused.state) == ("against-a-rule", then["refused_by"]), case["title"]
        rule = version(then["refused_by"], given["case_began"])
        assert f"{rule.citation.act} {rule.citation.article}" == then["cites"] and str(rule.citation) in refused.detail
        assert rule.citation.certainty in refused.detail and then["seen"] in refused.detail
        assert refused.detail.endswith(f"instead: {then['instead']}" if "instead" in then else then["seen"])
        return
    assert kept(events).state == "arrested", case["title"]
    assert kept(events).told.get("bar", "not_asked") == then["kept"]
    unanswered = events[0].moved.told.get("unanswered", "")
    assert unanswered.split("; ") == (then["unanswered"] or [""])
    assert "unanswered" not in kept(events).told, "it stands with the act, and not with all that follows"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_says_in_one_sentence_what_it_is_about(path):
    case = tomllib.loads(path.read_text("utf-8"))
    assert set(case) == {"title", "given", "when", "then"} and case["title"].endswith(".")


@pytest.mark.parametrize("path", [path for path in CASES if "refused_by" in path.read_text("utf-8")], ids=lambda path: path.stem)
def test_whom_a_court_arrests_all_the_same_is_written_down_as_arrested_with_the_rule_it_went_past(path):
    case = tomllib.loads(path.read_text("utf-8"))
    given, when, then = case["given"], case["when"], case["then"]
    typed = {name: when[name] for name in ("bar", "days") if name in when}
    _, events = decided(given.get("born"), given["case_began"], when["decided"], despite="yes", **typed)
    assert kept(events).state == "arrested" and then["refused_by"] in events[0].moved.told["overruled"]
    assert then["seen"] in events[0].moved.told["overruled"] and "overruled" not in kept(events).told


def test_nothing_is_gone_past_where_no_rule_said_no_or_the_court_did_not_say_so():
    _, events = decided(HIM.birth_date, despite="yes", bar="none_known")
    assert kept(events).state == "arrested" and "overruled" not in events[0].moved.told
    [refused] = decided(HIM.birth_date, despite="perhaps", bar="minor")[1]
    assert refused.kind == "missing-fact"


def test_there_is_a_case_on_both_sides_of_the_day_on_which_the_law_became_uncertain():
    began = {tomllib.loads(path.read_text("utf-8"))["given"]["case_began"].date().isoformat() for path in CASES}
    sure, doubtful = (rule for rule in RULES if rule.id == "arrest/not-with-a-child-under-14")
    assert {"2025-08-31", "2025-09-01"} <= began and sure.in_force_until == doubtful.in_force_from
    assert (sure.citation.certainty, doubtful.citation.certainty) == ("published source", "unsourced")


@pytest.mark.parametrize("answer", BARS)
def test_whose_health_it_is_leaves_the_form_in_no_command_refusal_or_event(answer):
    command, events = decided(HIM.birth_date, bar=answer)
    said = f"{dict(command.told)} {events}" + "".join(f"{one.detail}" for one in events if isinstance(one, CommandRefused))
    said += "".join(f"{dict(one.measure.told)} {dict(one.moved.told)}" for one in events if isinstance(one, MeasureKept))
    assert not [word for word in HEALTH if word in said]
    assert decided(HIM.birth_date, bar="pregnant")[1] == decided(HIM.birth_date, bar="disability")[1]


def test_what_somebody_types_into_the_form_by_hand_is_kept_as_not_known():
    command, events = decided(HIM.birth_date, bar="expects twins")
    assert command.told["bar"] == "not_known" and kept(events).state == "arrested"


def test_a_machine_that_names_a_bar_nobody_knows_is_refused_and_an_act_that_asks_for_none_takes_none():
    facts = known(measure("administrative_case", "in_court"))
    for act, told in (("arrest", {"days": "10", "born": "unknown", "bar": "pregnant"}), ("fine", {"born": "unknown", "bar": "stated"})):
        [refused] = do(LIVES["administrative_case"].acts[act], facts, told=told)
        assert refused.kind == "missing-fact"


def test_whoever_may_not_be_arrested_may_be_fined_in_the_same_case():
    case = LIVES["administrative_case"].acts
    for rule in RULES:
        assert rule.parameters["acts"] == ["arrest"] and set(case["arrest"].from_states) <= set(case[rule.parameters["instead"]].from_states)
        assert not rule.citation.verified_by and rule.citation.certainty in ("published source", "unsourced"), "no text was read"
