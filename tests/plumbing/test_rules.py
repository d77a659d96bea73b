"""Is law asked on the day it was in force, and is a pack that a lawyer would stumble over refused?"""

from datetime import date, timedelta

import pytest

from plumbing.rules import UnusableRule, load_rules

GOOD = {
    "id": '"a/rule"', "citation": '{ act = "Code", article = "art. 1", certainty = "proposal" }', "dated_by": '"occurred"',
    "in_force_from": "2024-06-16", "in_force_until": "2025-01-01", "question": '"is_it_so"', "opens": '"something"',
    "window_days": "365",
}


def is_it_so(parameters, case):
    return case == "so", f"case {case} within {parameters['window_days']} days"


QUESTIONS = {"is_it_so": is_it_so}


def written(folder, *rules):
    """A rule pack of one file; each rule is what differs from a good one, None for left out."""
    entries = [{name: value for name, value in {**GOOD, **changes}.items() if value is not None} for changes in rules]
    text = "".join("[[rule]]\n" + "".join(f"{name} = {value}\n" for name, value in entry.items()) for entry in entries)
    (folder / "law.toml").write_text(text, "utf-8")
    return load_rules(folder, QUESTIONS)


def asked(pack, day, case="so"):
    return [finding for _, finding in pack.ask({"occurred": day, "recorded": date(1999, 1, 1)}, case)]


def test_a_rule_is_in_force_on_its_first_day_and_not_on_the_until_day(tmp_path):
    pack, day = written(tmp_path, {}), timedelta(days=1)
    first, until = date(2024, 6, 16), date(2025, 1, 1)
    assert [len(asked(pack, when)) for when in (first - day, first, until - day, until)] == [0, 1, 1, 0]


def test_a_rule_without_an_end_stays_in_force(tmp_path):
    assert len(asked(written(tmp_path, {"in_force_until": None}), date(2999, 1, 1))) == 1


def test_a_rule_is_dated_by_the_day_it_names(tmp_path):
    assert asked(written(tmp_path, {"dated_by": '"recorded"'}), date(2024, 7, 1)) == []


def test_a_finding_says_what_was_seen_and_what_it_rests_on(tmp_path):
    [yes], [no] = (asked(written(tmp_path, {}), date(2024, 7, 1), case) for case in ("so", "else"))
    assert (yes.met, yes.seen, yes.citation, yes.certainty) == (True, "case so within 365 days", "Code, art. 1", "proposal")
    assert (no.met, no.seen, no.rule_id) == (False, "case else within 365 days", "a/rule")


def test_a_changed_law_has_another_hash(tmp_path):
    assert written(tmp_path, {}).digest != written(tmp_path, {"window_days": "364"}).digest


def test_the_next_rule_follows_the_one_that_ended(tmp_path):
    pack = written(tmp_path, {}, {"in_force_from": "2025-01-01", "in_force_until": None, "window_days": "180"})
    days = [finding.seen for when in (date(2024, 12, 31), date(2025, 1, 1)) for finding in asked(pack, when)]
    assert days == ["case so within 365 days", "case so within 180 days"]


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"question": '"who_knows"'}, "rule a/rule asks who_knows, which nobody can answer"),
    ({"citation": '{ act = "Code", certainty = "sure" }'}, "rule a/rule: certainty is one of text read, published source"),
    ({"dated_by": '"today"'}, "rule a/rule: dated_by is occurred or recorded"),
    ({"in_force_until": "2024-06-16"}, "rule a/rule ends before it begins"),
    *(({name: None}, f"law.toml: rule a/rule has no '{name}'") for name in ("citation", "question", "opens", "dated_by", "in_force_from")),
    ({"id": None}, r"law.toml: rule \? has no 'id'"),
    ({"citation": '{ act = "Code" }'}, "law.toml: rule a/rule has no 'certainty'"),
    ({"in_force_from": '"2024-06-16"'}, "rule a/rule: in_force_from is a day, written without quotes"),
    ({"in_force_until": "2025-01-01T00:00:00Z"}, "rule a/rule: in_force_until is a day, written without quotes"),
])
def test_a_rule_a_lawyer_would_stumble_over_is_refused(tmp_path, changes, sentence):
    with pytest.raises(UnusableRule, match=sentence):
        written(tmp_path, changes)


def test_a_rule_in_force_twice_on_one_day_is_refused(tmp_path):
    with pytest.raises(UnusableRule, match="rule a/rule is in force twice on 2024-12-31"):
        written(tmp_path, {}, {"in_force_from": "2024-12-31"})


def test_a_question_no_rule_asks_is_refused(tmp_path):
    (tmp_path / "law.toml").write_text("", "utf-8")
    with pytest.raises(UnusableRule, match="no rule asks is_it_so: an unused question is a forgotten rule"):
        load_rules(tmp_path, QUESTIONS)
