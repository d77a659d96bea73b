"""Is law asked on the day it was in force, and is a pack that a lawyer would stumble over refused, with its line?"""

from datetime import date, timedelta

import pytest

from plumbing.rule_files import load_rules, pack_of
from plumbing.rule_order import LOCK, UnusableRule
from plumbing.rules import Answer, reformed

DAY = timedelta(days=1)
ACTS = {"code": '[code]\nen = "Code"\nru = "Кодекс"\nkk = "Кодекс"\n',
        "paper": '[paper]\nen = "Paper"\nru = "Доклад"\nkk = "Баяндама"\n'
                  '[paper.places]\n"page 7" = { en = "page 7", ru = "стр. 7", kk = "7-бет" }\n'}
GOOD = {
    "id": '"a/rule"', "citation": '{ act = "code", article = "art. 1-1(2)", certainty = "proposal" }', "dated_by": '"occurred"',
    "in_force_from": "2024-06-16", "in_force_until": "2025-01-01", "question": '"is_it_so"', "opens": '"something"',
    "window_days": "365",
}
UNLOCKED = "as_of = 2000-01-01\n[digests]\n"  # before any of these rules
LINE = {name: place for place, name in enumerate(GOOD, 2)}  # line 1 is [[rule]]
PROPOSAL = {"id": '"b/proposal"', "replaces": '"a/rule"', "in_force_until": None, "window_days": "25"}


def is_it_so(parameters, case):
    return Answer(case == "so", f"case={case} window_days={parameters['window_days']}", "case=so")


QUESTIONS = {"is_it_so": is_it_so}


def text_of(*rules):
    """A file of rules; each is what differs from a good one, None for left out."""
    entries = [{name: value for name, value in {**GOOD, **changes}.items() if value is not None} for changes in rules]
    return "".join("[[rule]]\n" + "".join(f"{name} = {value}\n" for name, value in entry.items()) for entry in entries)


def written(folder, *rules, proposals=(), **files):
    folder.mkdir(exist_ok=True)
    (folder / "acts.toml").write_text("".join(ACTS.values()), "utf-8")
    (folder / "law.toml").write_text(text_of(*rules), "utf-8")
    if proposals:
        (folder / "reform").mkdir()
        (folder / "reform/what_if.toml").write_text(text_of(*proposals), "utf-8")
    for name, text in {"lock": UNLOCKED, **files}.items():
        (folder / {"lock": LOCK}.get(name, f"{name}.toml")).write_text(text, "utf-8")
    return load_rules(folder, QUESTIONS)


def asked(pack, day, case="so"):
    return [finding for _, finding in pack.ask({"occurred": day, "recorded": date(1999, 1, 1)}, case)]


def refusal(folder, *rules, **files):
    with pytest.raises(UnusableRule) as refused:
        written(folder, *rules, **files)
    return str(refused.value)


def test_a_rule_is_in_force_on_its_first_day_and_not_on_the_until_day(tmp_path):
    pack, first, until = written(tmp_path, {}), date(2024, 6, 16), date(2025, 1, 1)
    assert [len(asked(pack, when)) for when in (first - DAY, first, until - DAY, until)] == [0, 1, 1, 0]


def test_a_rule_without_an_end_stays_in_force(tmp_path):
    assert len(asked(written(tmp_path, {"in_force_until": None}), date(2999, 1, 1))) == 1


def test_a_rule_is_dated_by_the_day_it_names(tmp_path):
    assert asked(written(tmp_path, {"dated_by": '"recorded"'}), date(2024, 7, 1)) == []


def test_a_finding_says_what_was_seen_and_what_would_have_changed_it(tmp_path):
    [yes], [no] = (asked(written(tmp_path, {}), date(2024, 7, 1), case) for case in ("so", "else"))
    assert tuple(yes) == (0, True, "case=so window_days=365", "case=so")
    assert tuple(no) == (0, False, "case=else window_days=365", "case=so")


def test_a_citation_is_the_act_by_its_name_and_the_place_in_it(tmp_path):
    two = '{ act = "paper", article = "page 7", also = ["code"], certainty = "proposal" }'
    [rule] = written(tmp_path, {"citation": two}).rules
    assert (str(rule.citation), rule.citation.words["ru"]) == ("Paper, page 7; Code", "Доклад, стр. 7; Кодекс")


@pytest.mark.parametrize(("article", "russian", "kazakh"), [
    ("art. 73-2", "Кодекс, ст. 73-2", "Кодекс, 73-2-бап"), ("about arts 172 to 177", "Кодекс, примерно ст. 172–177", "Кодекс, шамамен 172–177-баптар"),
])
def test_an_article_is_named_as_each_language_names_it(tmp_path, article, russian, kazakh):
    [rule] = written(tmp_path, {"citation": f'{{ act = "code", article = "{article}", certainty = "proposal" }}'}).rules
    assert (rule.citation.words["ru"], rule.citation.words["kk"]) == (russian, kazakh)


def test_a_changed_law_has_another_hash(tmp_path):
    assert written(tmp_path, {}).digest != written(tmp_path, {"window_days": "364"}).digest


def test_a_proposal_beside_the_law_leaves_its_hash(tmp_path):
    alone, beside = written(tmp_path, {}), written(tmp_path, {}, proposals=[PROPOSAL])
    assert alone.digest == beside.digest != reformed(beside).digest


def test_the_next_rule_follows_the_one_that_ended(tmp_path):
    pack = written(tmp_path, {}, {"in_force_from": "2025-01-01", "in_force_until": None, "window_days": "180"})
    days = [finding.seen for when in (date(2024, 12, 31), date(2025, 1, 1)) for finding in asked(pack, when)]
    assert days == ["case=so window_days=365", "case=so window_days=180"]
    assert [pack.version("a/rule", date(year, 1, 1)).parameters["window_days"] for year in (2020, 2025, 2030)] == [365, 180, 180]


def test_a_proposal_takes_the_place_of_the_rule_it_names_from_its_day_on(tmp_path):
    follower = {"in_force_from": "2025-01-01", "in_force_until": None, "window_days": "180"}
    pack = written(tmp_path, {}, follower, proposals=[{**PROPOSAL, "in_force_from": "2024-09-01"}])
    told = [asked(reformed(pack), day)[0].seen for day in (date(2024, 8, 31), date(2024, 9, 1), date(2026, 1, 1))]
    assert told == ["case=so window_days=365", "case=so window_days=25", "case=so window_days=25"]
    assert asked(pack, date(2026, 1, 1))[0].seen == "case=so window_days=180"


def test_a_proposal_can_begin_on_another_day_and_one_nobody_made_is_refused(tmp_path):
    pack = written(tmp_path, {}, proposals=[PROPOSAL])
    assert asked(reformed(pack, since=date(2024, 12, 31)), date(2024, 12, 30))[0].seen == "case=so window_days=365"
    with pytest.raises(LookupError, match="nobody has proposed c/other"):
        reformed(pack, ["c/other"])


@pytest.mark.parametrize(("changes", "sentence"), [
    ({"question": '"who_knows"'}, "it asks who_knows, which nobody can answer"),
    ({"citation": '{ act = "code", certainty = "sure" }'}, "certainty is one of text read, published source"),
    ({"citation": '{ act = "kode", certainty = "proposal" }'}, "the citation names 'kode', which is not in acts.toml"),
    ({"citation": '{ act = "code", also = ["kode"], certainty = "proposal" }'}, "the citation names 'kode', which is not"),
    ({"citation": '{ act = "code", article = "somewhere", certainty = "proposal" }'}, "'somewhere' is no place in code"),
    ({"citation": '{ act = "paper", article = "art. 1", certainty = "proposal" }'}, "'art. 1' is no place in paper"),
    ({"citation": '{ act = "code" }'}, "the citation has no certainty"),
    ({"citation": '"Code, art. 1"'}, "a citation holds act, also, article, certainty, verified_by, and nothing else"),
    ({"dated_by": '"today"'}, "dated_by is occurred or recorded"),
    ({"in_force_until": "2024-06-16"}, "it ends before it begins"),
    ({"in_force_from": '"2024-06-16"'}, "in_force_from is a day, written without quotes and without an hour"),
    ({"in_force_until": "2025-01-01T00:00:00Z"}, "in_force_until is a day, written without quotes and without an hour"),
])
def test_a_rule_a_lawyer_would_stumble_over_is_refused_with_its_line(tmp_path, changes, sentence):
    [field] = changes
    assert refusal(tmp_path, changes).startswith(f"law.toml:{LINE[field]}: rule a/rule: {sentence}")


@pytest.mark.parametrize("field", ["citation", "question", "opens", "dated_by", "in_force_from"])
def test_a_rule_that_lacks_a_field_is_refused_at_its_head(tmp_path, field):
    assert refusal(tmp_path, {}, {"id": '"c/rule"', field: None}) == f"law.toml:{len(GOOD) + 2}: rule c/rule: {field} is missing"


def test_a_day_that_never_was_is_refused_with_its_line(tmp_path):
    assert refusal(tmp_path, {"in_force_from": "2024-02-30"}) == f"law.toml:{LINE['in_force_from']}: impossible date"


@pytest.mark.parametrize(("first", "sentence"), [
    ("2024-12-31", "the rule is in force twice on 2024-12-31"),
    ("2025-01-02", "nothing is in force from 2025-01-01 to 2025-01-02"),
])
def test_versions_that_overlap_or_leave_a_day_out_are_refused(tmp_path, first, sentence):
    later = {"in_force_from": first, "in_force_until": None}
    assert refusal(tmp_path, {}, later) == f"law.toml:{len(GOOD) + 1 + LINE['in_force_from']}: rule a/rule: {sentence}"


def test_versions_that_are_dated_in_two_ways_are_refused(tmp_path):
    later = {"in_force_from": "2025-01-01", "in_force_until": None, "dated_by": '"recorded"'}
    assert "law.toml:13: rule a/rule: its version before is dated otherwise" in refusal(tmp_path, {}, later)


def test_a_question_no_rule_asks_is_refused(tmp_path):
    with pytest.raises(UnusableRule, match=r"test_rules.py:\d+: no rule asks is_it_so: an unused question is a forgotten rule"):
        load_rules(tmp_path, QUESTIONS)


def test_a_proposal_that_replaces_nothing_is_refused_and_so_is_law_that_replaces(tmp_path):
    lost = {"acts.toml": "".join(ACTS.values()), "law.toml": text_of({}), "reform/a.toml": text_of({**PROPOSAL, "replaces": '"no/rule"'})}
    with pytest.raises(UnusableRule, match=r"reform/a\.toml:9: rule b/proposal: a proposal names the rule it replaces, and 'no/rule' is none"):
        pack_of(lost, QUESTIONS)
    assert "law.toml:10: rule a/rule: only a proposal replaces a rule" in refusal(tmp_path, {"replaces": '"a/rule"'})


def test_an_act_without_a_name_in_each_language_is_refused(tmp_path):
    assert refusal(tmp_path, {}, acts='[code]\nen = "Code"\n') == "acts.toml: code has no name in ru, kk"
