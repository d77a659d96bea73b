"""Does every act of every life happen, and is every other one refused with the state it was in? Made from the tables."""

from dataclasses import replace

import pytest

from plumbing.service import CommandRefused
from services.police_intake import figures
from services.police_intake.measures import moving
from services.police_intake.measures.following import tasks_of
from services.police_intake.measures.lives import CLOCK, NOTHING, REPORT, UNCHANGED, BeginMeasure, MeasureKept
from services.police_intake.measures.reasons import REASONS
from services.police_intake.measures.told import FACTS
from tests.police_intake import measure_diagrams
from tests.police_intake.measured import LAW, LIVES, MOMENT, after, do, kept, known, measure, running, told_with, tried

BACK, BEGUN_BY_IT = "report_withdrawn", ("court_notice",)
ACTS = [act for life in LIVES.values() for act in life.acts.values()]
PLACES = [(act, state) for act in ACTS for state in (NOTHING, *LIVES[act.kind].states)]
ALLOWED = [(act, state) for act, state in PLACES if state in act.from_states]
REFUSED = [(act, state) for act, state in PLACES if act.label and state not in act.from_states and state != NOTHING]
RULES = [rule for rule in LAW.measures.terms.rules if rule.question == "begun"]


def label(value):
    return f"{value.kind}-{value.name}" if hasattr(value, "name") else getattr(value, "id", getattr(value, "kind", value))


@pytest.mark.parametrize("act, state", ALLOWED, ids=label)
def test_every_act_of_the_table_leads_where_the_table_says(act, state):
    now = kept(tried(act, state))
    assert now.state == act.after(state)
    assert state == NOTHING or (now.version == 4 and (now.since == measure(act.kind, state).since) == (now.state == state))


@pytest.mark.parametrize("act, state", REFUSED, ids=label)
def test_every_act_not_in_the_table_is_refused_with_the_state_it_was_in(act, state):
    refused, = tried(act, state)
    assert isinstance(refused, CommandRefused) and (refused.kind, refused.state) == ("wrong-state", state)


@pytest.mark.parametrize("act", [act for act in ACTS if NOTHING not in act.from_states and act.label], ids=label)
def test_nothing_is_done_about_what_has_not_begun(act):
    command = BeginMeasure("report", act.kind, act.name, "Aigul", (*act.codes, "")[0], told_with(act), None, act.office)
    refused, = moving.begin(command, known(), MOMENT)
    assert (refused.kind, refused.state) == ("wrong-state", NOTHING)


def brought_late(life, state):
    """The tasks that a late act opens in this state, and that an act which can be done there ends."""
    late = {act.name for act in life.acts.values() if act.late and state in act.from_states}
    rules = [rule.parameters | {"opens": rule.opens} for rule in tasks_of(life.kind, MOMENT) if state in rule.parameters["states"]]
    return {f"task/{one['opens']}/" for one in rules if late & set(one["begun_by"]) and late & set(one.get("done_by", ()))}


@pytest.mark.parametrize("life", LIVES.values(), ids=label)
def test_every_open_life_has_a_clock_and_an_ended_one_only_a_task_that_a_late_act_brought_and_an_act_ends(life):
    """Walked from its beginning along every act, with what runs by then."""
    waiting = [(NOTHING, frozenset())]
    seen = set(waiting)
    while waiting:
        state, before = waiting.pop()
        for act in (act for act, from_state in ALLOWED if act.kind == life.kind and from_state == state):
            events = tried(act, state)
            now = kept(events)
            steps = running(events, before, now.measure_id)
            still = steps - (brought_late(life, now.state) if now.state in life.ends else frozenset())
            assert bool(still) == (now.state not in life.ends), (state, act.name, now.state, sorted(steps))
            if (place := (now.state, steps)) not in seen:
                seen.add(place)
                waiting.append(place)
    assert {state for state, _ in seen} == {NOTHING, *life.states}


@pytest.mark.parametrize("life", [life for life in LIVES.values() if life.kind not in BEGUN_BY_IT], ids=label)
def test_every_life_is_taken_back_with_its_report_from_every_state(life):
    back = life.acts[BACK]
    assert back.office == REPORT and set(back.from_states) == set(life.states) - {"withdrawn"}


@pytest.mark.parametrize("act", ACTS, ids=label)
def test_every_act_says_only_what_is_known_of_acts(act):
    life = LIVES[act.kind]
    assert {*act.from_states, act.to} <= {NOTHING, UNCHANGED, *life.states} and {*act.needs, *act.asks} <= set(FACTS)
    assert bool(act.label) or act.office in (CLOCK, REPORT)
    if act.begins:
        kind, name, *code = act.begins.split()
        assert NOTHING in LIVES[kind].acts[name].from_states and set(code) <= set(LIVES[kind].acts[name].codes)
    if act.supersedes:
        kind, name, code = act.supersedes.split()
        ends = LIVES[kind].acts[name]
        assert ends.to in LIVES[kind].ends and code in ends.codes and not ends.needs


@pytest.mark.parametrize("rule", RULES, ids=label)
def test_every_term_speaks_of_states_and_acts_that_there_are(rule):
    life, told = LIVES[rule.parameters["kind"]], rule.parameters
    assert set(told["states"]) <= set(life.states) and {*told["begun_by"], *told.get("done_by", ())} <= set(life.acts)
    is_clock = rule.opens.startswith("clock/")
    assert life.acts[rule.opens[6:]].office == CLOCK if is_clock else rule.opens in REASONS
    assert rule.citation.certainty in ("published source", "unsourced", "proposal"), "no text was read"


@pytest.mark.parametrize("act", [act for act in ACTS if act.codes and act.label], ids=label)
def test_an_act_with_codes_is_refused_without_one_of_them(act):
    state = next(state for state in act.from_states)
    refused, = tried(act, state, code="something else")
    assert refused.kind == "unknown-code"


@pytest.mark.parametrize("act", [act for act in ACTS if act.needs], ids=label)
def test_what_must_be_told_with_an_act_is_asked_for(act):
    refused, = tried(act, act.from_states[0], told={})
    assert refused.kind == "missing-fact" and act.needs[0] in refused.detail


@pytest.mark.parametrize("act, state", [(act, state) for act, state in ALLOWED if act.label and state != NOTHING], ids=label)
def test_who_looked_at_an_older_state_changes_nothing(act, state):
    refused, = tried(act, state, seen=2)
    assert (refused.kind, refused.state) == ("seen-otherwise", state)


def test_two_acts_in_one_batch_see_each_other():
    facts = known(measure("protection_order", "issued"))
    events = do(LIVES["protection_order"].acts["serve"], facts)
    assert type(events[0]) is MeasureKept
    now = after(events, facts)
    refused, = do(LIVES["protection_order"].acts["not_found"], now)
    assert (refused.kind, refused.state) == ("wrong-state", "served")
    assert replace(now["measures of", "report"][0]) == now["measure", "measure"]


def test_the_readme_draws_every_life_as_its_table_says():
    assert measure_diagrams.section() in measure_diagrams.README.read_text("utf-8"), "run `python -m tests.police_intake.measure_diagrams`"
    for life in LIVES.values():
        drawn = measure_diagrams.diagram(life)
        assert all(f" {state}" in drawn for state in life.states if state != "withdrawn")


def test_operations_count_every_life_in_every_state_there_is():
    assert set(figures.MEASURES) == set(LIVES)
    assert set(figures.MEASURE_STATES) == {state for life in LIVES.values() for state in life.states}
    assert {rule.opens for rule in RULES if not rule.opens.startswith("clock/")} <= set(figures.TASK_KINDS)
