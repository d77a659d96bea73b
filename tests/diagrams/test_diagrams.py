"""Does every service's README show its state tables as they are? Asked of the files themselves, not of what reads them."""

import tomllib

import pytest

from tests.diagrams import drawing
from tests.diagrams.readmes import SERVICES, TABLES, readme, sections, service

ACTS = [
    (table, name, told.get("kind", table.stem.removeprefix("transitions_of_")), told)
    for table in TABLES
    for name, told in tomllib.loads(table.read_text("utf-8")).items()
    if (name, told["to"]) != ("report_withdrawn", "withdrawn")  # of every state of a measure alike: the README says so in words
]


def drawn(name, kind):
    """The lines of one life's diagram, as they stand in the README."""
    _, _, after = readme(name).read_text("utf-8").partition(f"**{kind}**\n\n```mermaid\n")
    return after.partition("```")[0].splitlines()


def is_drawn(lines, act, before, after):
    arrow = f"    {before} --> {after}: "
    return any(act in [one.split(" (")[0] for one in line.removeprefix(arrow).split(", ")] for line in lines if line.startswith(arrow))


@pytest.mark.parametrize("name, made", sections().items())
def test_the_readme_of_a_service_shows_its_state_tables_as_they_are(name, made):
    assert made in readme(name).read_text("utf-8"), "run `python -m tests.diagrams`"


@pytest.mark.parametrize("table, act, kind, told", ACTS, ids=lambda value: getattr(value, "stem", value) if not isinstance(value, dict) else "")
def test_every_act_of_every_table_is_an_arrow_of_its_life(table, act, kind, told):
    lines = drawn(service(table), kind)
    for state in told["from"]:
        after = state if told["to"] == drawing.UNCHANGED else told["to"]
        before = drawing.START if state == drawing.NOTHING else state
        assert is_drawn(lines, act, before, after), (state, after)


def test_no_table_of_states_is_overlooked_by_its_name():
    """A file whose every part leads from somewhere to somewhere is a state table, whatever it is called."""
    found = [path for path in SERVICES.glob("**/*.toml") if _leads(tomllib.loads(path.read_text("utf-8")))]
    assert sorted(found) == TABLES


def _leads(told):
    return bool(told) and all(isinstance(part, dict) and {"from", "to"} <= set(part) for part in told.values())
